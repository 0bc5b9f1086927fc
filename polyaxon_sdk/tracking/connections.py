"""What a script may ask of the stores and services around its run (semantics 1.18)."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Literal

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1BucketConnection, V1Connection, V1HostPathConnection, read
from polyaxon_sdk.settings import load
from polyaxon_sdk.tracking.interface import Place

__all__ = ["read_catalog", "refuse_artifacts_path", "store_connection"]

_NAME = "artifacts_store"
_BUCKETS: Mapping[str, Literal["s3", "gcs", "wasb"]] = {
    "s3": "s3",
    "gs": "gcs",
    "gcs": "gcs",
    "abfs": "wasb",
    "abfss": "wasb",
    "az": "wasb",
    "wasb": "wasb",
}
"""The kind of connection that a store's scheme stands for."""


def read_catalog() -> list[V1Connection] | None:
    """The connections that the environment names, or None where it names none.

    Raises:
        InputError: it is no catalog.
    """
    text = load().texts["connections_catalog"]
    if not text:
        return None
    try:
        found = json.loads(text)["connections"]
        return [read(V1Connection, each) for each in found]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{error!r} in it", where="POLYAXON_CONNECTIONS_CATALOG", expected='{"connections": [...]}'
        ) from error


def store_connection() -> V1Connection | None:
    """The configured store as a connection, or None where there is none."""
    url = load().artifacts_store
    if url is None:
        return None
    scheme, separator, path = url.partition("://")
    if separator and scheme in _BUCKETS:
        return V1Connection(name=_NAME, kind=_BUCKETS[scheme], schema=V1BucketConnection(bucket=url))
    place = path if separator else url
    return V1Connection(
        name=_NAME, kind="host_path", schema=V1HostPathConnection(host_path=place, mount_path=place)
    )


def refuse_artifacts_path(place: Place, path: str | None) -> None:
    """Tell that another folder than the run's own is not used."""
    own = os.path.realpath(place.folder.path)
    if path is not None and os.path.realpath(path) != own:
        place.trouble(f"artifacts path {os.fspath(path)!r} is not used: files lie in {own}, and are shipped")
