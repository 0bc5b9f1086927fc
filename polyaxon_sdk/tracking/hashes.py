"""Hashes that tell what a run read and made: the same for the same contents on every machine."""

from __future__ import annotations

import json

from polyaxon_sdk.runs.hashes import digits_of, hash_of_path
from polyaxon_sdk.tracking.values import plain

__all__ = ["hash_of_content", "hash_of_path"]


def hash_of_content(content: object) -> str:
    """The first digits of the SHA-256 of bytes, a text, an array, a table, or whatever JSON can show.

    >>> hash_of_content("digits")
    'cc6b6bad31a0'
    """
    return digits_of([_bytes_of(content)])


def _bytes_of(content: object) -> bytes:
    if isinstance(content, str):
        return content.encode("utf-8", "surrogatepass")
    if callable(to_csv := getattr(content, "to_csv", None)):
        return _bytes_of(to_csv())
    try:
        return bytes(memoryview(content))  # type: ignore[arg-type]  # whether it is a buffer is what this asks
    except TypeError:
        return json.dumps(plain(content), sort_keys=True).encode("ascii")
