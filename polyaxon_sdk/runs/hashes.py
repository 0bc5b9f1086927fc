"""Hashes of what lies on a disk: the same for the same contents on every machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

__all__ = ["digits_of", "hash_of_path"]

_DIGITS = 12
_CHUNK = 1 << 20


def hash_of_path(path: str, progress: Callable[[], None] = lambda: None) -> str | None:
    """The first digits of the SHA-256 of a file, or of names and contents of all files in a folder; else None.

    Args:
        path: the file or folder.
        progress: called with each piece that was read.

    Raises:
        OSError: a file can't be read.
    """
    if not os.path.isfile(path) and not os.path.isdir(path):
        return None
    return digits_of(_watched(_pieces_of(path), progress))


def digits_of(pieces: Iterable[bytes]) -> str:
    """The first digits of the SHA-256 of what `pieces` make.

    >>> digits_of([b"dig", b"its"])
    'cc6b6bad31a0'
    """
    import hashlib  # links a library of cryptography: paid with the first hash

    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()[:_DIGITS]


def _watched(pieces: Iterable[bytes], progress: Callable[[], None]) -> Iterator[bytes]:
    for piece in pieces:
        progress()
        yield piece


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
