"""The variables that a connection brings: its `env`, and what lies where its secret and config map are mounted."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.polyflow import V1Connection, V1ConnectionResource

__all__ = ["variables_of"]

_NAME = re.compile(r"[A-Z][A-Z0-9_]*")
_MOST = 64 << 10
"""Bytes of a file that holds the value of a variable, at most."""
_GOOGLE_KEY = "GOOGLE_APPLICATION_CREDENTIALS"
_OTHER_NAMES = {
    "AWS_SECURITY_TOKEN": "AWS_SESSION_TOKEN",
    "AWS_REGION": "AWS_DEFAULT_REGION",
    "AZURE_ACCOUNT_NAME": "AZURE_STORAGE_ACCOUNT",
    "AZURE_STORAGE_ACCOUNT_NAME": "AZURE_STORAGE_ACCOUNT",
    "AZURE_ACCOUNT_KEY": "AZURE_STORAGE_ACCOUNT_KEY",
    "AZURE_STORAGE_KEY": "AZURE_STORAGE_ACCOUNT_KEY",
    "AZURE_CONNECTION_STRING": "AZURE_STORAGE_CONNECTION_STRING",
}
"""What some tools, and the secrets made for them, call a variable."""


def variables_of(connection: V1Connection) -> dict[str, str]:
    """The variables, by the names that this project knows; `env` goes before the secret, that before the config map.

    A file in a mounted folder is a variable where its name is written like one, and where `items` names it or
    names none; a JSON file of a secret of Google's is named by its path. A secret that is not mounted is what
    this process' own environment holds.

    Raises:
        StoreError: a mounted folder can't be read.

    >>> from polyaxon_sdk.polyflow import V1BucketConnection
    >>> schema, env = V1BucketConnection(bucket="s3://models"), [{"name": "AWS_PROFILE", "value": "team"}]
    >>> variables_of(V1Connection(name="models", kind="s3", schema=schema, env=env))
    {'AWS_PROFILE': 'team'}
    """
    found = dict[str, str]()
    for resource in (connection.config_map, connection.secret):
        if resource is not None and resource.mount_path:
            found |= _mounted(connection, resource, resource.mount_path)
    for entry in connection.env or []:
        if isinstance(entry, dict) and "name" in entry and entry.get("value") is not None:
            found[str(entry["name"])] = str(entry["value"])
    return {_OTHER_NAMES.get(name, name): value for name, value in found.items()}


def _mounted(
    connection: V1Connection, resource: V1ConnectionResource, folder: str
) -> Iterator[tuple[str, str]]:
    try:
        paths = [path for path in sorted(Path(folder).iterdir()) if path.is_file()]
        wanted = [path for path in paths if not resource.items or path.name in resource.items]
        for path in wanted:
            if _NAME.fullmatch(path.name) and path.stat().st_size <= _MOST:
                yield path.name, path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "no text"
        raise StoreError(
            f"connection {connection.name!r}: {resource.name}: {folder} can't be read: {why}"
        ) from error
    keys = [path for path in wanted if path.suffix == ".json"]
    if str(connection.kind) == "gcs" and len(keys) == 1:
        yield _GOOGLE_KEY, os.fspath(keys[0])
