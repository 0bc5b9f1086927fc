"""Hashes that tell what a run read and made: the same for the same contents on every machine."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

from polyaxon_sdk.tracking.values import plain

__all__ = ["hash_of_content", "hash_of_path"]

_DIGITS = 12
_CHUNK = 1 << 20


def hash_of_content(content: object) -> str:
    """The first digits of the SHA-256 of bytes, a text, an array, a table, or whatever JSON can show.

    >>> hash_of_content("digits")
    'cc6b6bad31a0'
    """
    return _digits(iter([_bytes_of(content)]))


def hash_of_path(path: str) -> str | None:
    """The same of a file's contents, or of names and contents of all files in a folder; None where there is neither.

    Raises:
        OSError: a file can't be read.
    """
    return _digits(_pieces_of(path)) if os.path.isfile(path) or os.path.isdir(path) else None


def _digits(pieces: Iterator[bytes]) -> str:
    import hashlib  # links a library of cryptography: paid with the first hash

    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()[:_DIGITS]


def _bytes_of(content: object) -> bytes:
    if isinstance(content, str):
        return content.encode("utf-8", "surrogatepass")
    if callable(to_csv := getattr(content, "to_csv", None)):
        return _bytes_of(to_csv())
    try:
        return bytes(memoryview(content))  # type: ignore[arg-type]  # whether it is a buffer is what this asks
    except TypeError:
        return json.dumps(plain(content), sort_keys=True).encode("ascii")


def _pieces_of(path: str) -> Iterator[bytes]:
    """The contents of a file, or for a folder the name and contents of every file in it."""
    if not os.path.isdir(path):
        with open(path, "rb") as file:
            while piece := file.read(_CHUNK):
                yield piece
        return
    for folder, names, files in os.walk(path):
        names.sort()
        for name in sorted(files):
            whole = os.path.join(folder, name)
            if not os.path.isfile(whole):  # a pipe would wait for its writer
                continue
            yield os.path.relpath(whole, path).encode("utf-8", "surrogateescape") + b"\0"
            yield from _pieces_of(whole)
