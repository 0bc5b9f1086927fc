"""Connections: stores by the names that specifications call them (semantics 1.18)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.polyflow import (
    V1BucketConnection,
    V1ClaimConnection,
    V1Connection,
    V1HostPathConnection,
    read,
)
from polyaxon_sdk.settings import Settings

__all__ = ["connection", "connections", "store_url"]

_SCHEMES: Mapping[str, tuple[str, ...]] = {
    "s3": ("s3", "s3a"),
    "gcs": ("gs", "gcs"),
    "wasb": ("wasb", "wasbs", "abfs", "abfss", "az"),
}
"""The schemes that a bucket of each kind may have; the first one is what a bucket without any gets."""


def connections(settings: Settings) -> list[V1Connection]:
    """Those of `POLYAXON_CONNECTIONS_CATALOG` and then of the home's `config.yaml`; of two of one name the first.

    Raises:
        InputError: one of them is none.

    >>> from polyaxon_sdk.settings import load
    >>> catalog = '[{"name": "models", "kind": "s3", "schema": {"bucket": "s3://models"}}]'
    >>> [each.name for each in connections(load({"POLYAXON_CONNECTIONS_CATALOG": catalog}))]
    ['models']
    """
    found = dict[str, V1Connection]()
    for name in ("connections_catalog", "connections"):
        for each in _read(settings.texts[name], settings.sources[name]):
            found.setdefault(each.name, each)
    return list(found.values())


def connection(name: str, known: Iterable[V1Connection]) -> V1Connection:
    """The connection of that name.

    Raises:
        InputError: there is none.
    """
    by_name = {each.name: each for each in known}
    if name not in by_name:
        names = ", ".join(by_name) or "none are configured"
        raise InputError(f"unknown connection {name!r}", expected=names, hint=did_you_mean(name, by_name))
    return by_name[name]


def store_url(place: str | V1Connection, known: Iterable[V1Connection] = ()) -> str:
    """The URL of the store that a connection, its name, or a URL stands for.

    Raises:
        InputError: no connection has the name, or it is no store.

    >>> store_url(V1Connection(name="models", kind="s3", schema=V1BucketConnection(bucket="models/team")))
    's3://models/team'
    """
    if isinstance(place, str):
        if not _is_name(place):
            return place
        place = connection(place, known)
    schema, kind = place.schema, str(place.kind)
    if isinstance(schema, V1BucketConnection) and kind in _SCHEMES:
        return _bucket_url(place.name, kind, schema.bucket)
    if isinstance(schema, (V1ClaimConnection, V1HostPathConnection)):
        path = schema.mount_path if isinstance(schema, V1ClaimConnection) else schema.host_path
        return f"file://{quote(path)}"
    raise InputError(
        f"connection {place.name!r} is no store",
        path="kind",
        expected="host_path, volume_claim, s3, gcs or wasb",
    )


def _is_name(text: str) -> bool:
    return bool(text) and "/" not in text and ":" not in text


def _bucket_url(name: str, kind: str, bucket: str) -> str:
    scheme, separator, _ = bucket.partition("://")
    if not separator:
        return f"{_SCHEMES[kind][0]}://{bucket}"
    if scheme.lower() not in _SCHEMES[kind]:
        raise InputError(
            f"bucket {bucket!r} is none of {kind}",
            where=f"connection {name}",
            path="schema.bucket",
            expected=" or ".join(f"{each}://..." for each in _SCHEMES[kind]),
        )
    return bucket


def _read(text: str, where: str) -> list[V1Connection]:
    if not text:
        return []
    expected = "a list of {name, kind, schema}"
    try:
        found = json.loads(text)
    except ValueError as error:
        raise InputError(f"no JSON: {error}", where=where, path="connections", expected=expected) from error
    if isinstance(found, dict):
        found = found.get("connections", [])
    if not isinstance(found, list):
        raise InputError(f"{found!r} is no list", where=where, path="connections", expected=expected)
    return [_read_one(each, f"connections[{index}]", where) for index, each in enumerate(found)]


def _read_one(found: object, path: str, where: str) -> V1Connection:
    try:
        return read(V1Connection, found)
    except InputError as error:
        name = found.get("name") if isinstance(found, dict) else None
        path += f" ({name})" if name else ""
        raise InputError(str(error), where=where, path=path) from error
