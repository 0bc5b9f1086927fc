"""Keys: the names of objects in a store, which never lead out of it."""

from __future__ import annotations

from typing import NamedTuple

from polyaxon_sdk.exceptions import InputError, printable

__all__ = ["Copy", "Stored", "checked", "is_text", "place"]


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


def is_text(key: str) -> bool:
    """Whether a key is UTF-8, as the names of objects in buckets are; a file of this machine may have any bytes.

    >>> is_text("0f/outputs/größe"), is_text("0f/outputs/gr\\udcf6")
    (True, False)
    """
    try:
        key.encode()
    except UnicodeEncodeError:
        return False
    return True


def place(url: str, key: str) -> str:
    """How messages name an object of a store, or the store itself.

    >>> place("s3://team/runs", "0f/run.plx.json"), place("s3://team/runs", "")
    ('store s3://team/runs: 0f/run.plx.json', 'store s3://team/runs')
    """
    return f"store {url}: {printable(key)}" if key else f"store {url}"
