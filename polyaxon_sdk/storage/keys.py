"""Keys: the names of objects in a store, which never lead out of it."""

from __future__ import annotations

from typing import NamedTuple

from polyaxon_sdk.exceptions import InputError

__all__ = ["Copy", "Stored", "checked"]


class Stored(NamedTuple):
    """One object in a store: its key, its size in bytes, when the store last changed it."""

    key: str
    size: int
    mtime_ns: int


class Copy(NamedTuple):
    """What a copy took from its source: bytes, the source's time of change, `sha256:<hex>` of those bytes.

    `stored` is what the store keeps of them (see `Store.checksum`), `sent` how many bytes it really took where
    that is less than all.
    """

    size: int
    mtime_ns: int
    checksum: str
    stored: str = ""
    sent: int | None = None


def checked(key: str) -> str:
    """`key`, if it names something inside a store.

    Raises:
        InputError: the key is empty or absolute, or has an empty, `.` or `..` part.

    >>> checked("0f/outputs/model.keras")
    '0f/outputs/model.keras'
    """
    if "\0" in key or any(part in {"", ".", ".."} for part in key.split("/")):
        raise InputError(f"key {key!r} is not inside the store", expected="a relative path such as a/b.txt")
    return key
