"""The records of a `.wandb` file, in its form of a log (LevelDB's, with checksums of zlib's).

| bytes | what |
| --- | --- |
| 0-6 | `:W&B`, a magic number, a version |
| then | blocks that end at multiples of 32 KiB, of pieces of records: checksum, length, type, data |

A piece is a whole record, or its first, a middle or its last part. Less than seven bytes at a block's end are filling.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from struct import Struct
from zlib import crc32

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.importing.left_out import LeftOut

__all__ = ["read_records"]

_MAGIC = b":W&B\xe1\xbe"
_FILE_HEADER = 7
_BLOCK = 1 << 15
_HEADER = Struct("<IHB")
_FULL, _FIRST, _MIDDLE, _LAST = 1, 2, 3, 4


def read_records(path: Path, left_out: LeftOut) -> Iterator[bytes]:
    """The whole records of the file; a damaged block is passed over and told, a torn end is where it ends.

    Raises:
        InputError: it is no such file.
        OSError: it can't be read.
    """
    with path.open("rb") as file:
        if not file.read(_FILE_HEADER).startswith(_MAGIC):
            raise InputError("it is no file of wandb's", where=str(path))
        file.seek(0)
        parts: list[bytes] | None = None
        start = _FILE_HEADER
        while block := file.read(_BLOCK):
            for kind, data in _pieces(block, start, left_out):
                if kind in {_FULL, _FIRST}:
                    parts = []
                if parts is None:
                    continue  # the first part of it was damaged
                parts.append(data)
                if kind in {_FULL, _LAST}:
                    yield b"".join(parts)
                    parts = None
                elif kind == 0:
                    parts = None
            start = 0


def _pieces(block: bytes, start: int, left_out: LeftOut) -> Iterator[tuple[int, bytes]]:
    """The pieces of one block, each with its type; 0 where the rest of the block is damaged."""
    while start + _HEADER.size <= len(block):
        check, length, kind = _HEADER.unpack_from(block, start)
        start += _HEADER.size
        data = block[start : start + length]
        if not kind and not length:
            return
        if len(data) < length and len(block) < _BLOCK:
            return
        if kind not in {_FULL, _FIRST, _MIDDLE, _LAST} or crc32(data, crc32(bytes([kind]))) != check:
            left_out.add("block of 32 KiB", "it is damaged")
            yield 0, b""
            return
        yield kind, data
        start += length
