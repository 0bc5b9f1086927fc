"""The head of a run: all of its record in one object, for those who look at many runs."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from polyaxon_sdk.storage.keys import Stored

__all__ = ["HeadPart", "Marked", "decode_head", "encode_head", "newest_heads"]

_LARGEST = 256 << 10
"""Bytes of a head: one that is read beside many others is held in memory."""


class HeadPart(NamedTuple):
    """A file of the record: its bytes, and when the store last changed it."""

    data: bytes
    mtime_ns: int


class Marked(NamedTuple):
    """A mark in a store's `changes/`: its clock in nanoseconds, its run, and the head that it holds, if any."""

    clock: int
    uuid: str
    stored: Stored


def encode_head(parts: Mapping[str, HeadPart]) -> bytes:
    """The head that holds these files, by path in the run; empty where it would be large.

    >>> decode_head(encode_head({"record/a.jsonl": HeadPart(b"{}", 7)}))
    {'record/a.jsonl': HeadPart(data=b'{}', mtime_ns=7)}
    """
    document = {name: [part.mtime_ns, _text(part.data)] for name, part in parts.items()}
    data = zlib.compress(json.dumps(document).encode("ascii"))
    return data if len(data) <= _LARGEST else b""


def decode_head(data: bytes) -> dict[str, HeadPart]:
    """The files that a head holds, by path in the run; none where it is damaged."""
    try:
        found = json.loads(zlib.decompress(data))
        return {name: HeadPart(_bytes(text), int(mtime_ns)) for name, (mtime_ns, text) in found.items()}
    except (zlib.error, ValueError, TypeError, AttributeError):
        return {}


def newest_heads(marks: Iterable[Marked], *, skew: int) -> dict[str, Stored]:
    """The head of each run that nothing was stored of since, by uuid.

    Args:
        marks: those of the store.
        skew: nanoseconds by which clocks may differ: what is marked shortly before a head may have come after it.
    """
    found: dict[str, Stored] = {}
    newest: dict[str, int] = {}
    for mark in sorted(marks):
        if mark.clock - newest.get(mark.uuid, -skew) < skew or not mark.stored.size:
            found.pop(mark.uuid, None)
        else:
            found[mark.uuid] = mark.stored
        newest[mark.uuid] = mark.clock
    return found


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
