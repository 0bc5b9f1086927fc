"""The layout of a journal of scalars: a header, then records of 32 bytes.

| bytes | record field |
| --- | --- |
| 0-7 | series, an unsigned number that a line of the journal of events names |
| 8-15 | step, signed; the lowest number stands for "no step" |
| 16-23 | value |
| 24-31 | time, seconds since the epoch, never zero: stored last, it is the mark of a whole record |

All fields are little-endian and aligned, so that the mark's eight bytes appear at once, behind the others. The
size divides a disk sector, so that a record is whole or absent after a power loss too. A file is allocated as
zeros: a slot without a mark was taken and not written yet, or is free. A full file is followed by the writer's
next one.
"""

from __future__ import annotations

import json
import os
import sys
from errno import ENOSPC
from struct import Struct
from typing import TYPE_CHECKING

from polyaxon_sdk.runs.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "EARLIEST",
    "HEADER_SIZE",
    "NO_STEP",
    "RECORD",
    "SEGMENT_SIZE",
    "VOID",
    "read_header",
    "write_header",
]

RECORD = Struct("@Qqdd" if sys.byteorder == "little" else "<Qqdd")
"""One record. The machine's own layout is the file's here, and the only one in which `struct` stores a number at
once: with `<` some builds of Python (Debian's) store a double byte by byte, so that half a mark could be seen.
"""
HEADER_SIZE = 512
SEGMENT_SIZE = 1 << 20
NO_STEP = -(2**63)
EARLIEST = 5e-324
"""The time that stands for zero: the least positive number."""
VOID = 2**64 - 1
"""The series of a slot whose point turned out not to be a number."""

_MAGIC = b"PLXJ0001"
_FIXED = Struct("<8sI")


def write_header(descriptor: int, writer: Writer) -> None:
    """Write the header at the start of a new journal.

    Raises:
        OSError: the disk is full or broken.
    """
    identity = json.dumps(writer).encode("ascii")
    data = _FIXED.pack(_MAGIC, len(identity)) + identity
    if os.pwrite(descriptor, data.ljust(HEADER_SIZE, b"\0"), 0) != HEADER_SIZE:
        raise OSError(ENOSPC, "the journal's disk is full")


def read_header(path: Path) -> Writer | None:
    """Who writes a journal; None where its header was never written whole."""
    with path.open("rb") as file:
        data = file.read(HEADER_SIZE)
    if len(data) < HEADER_SIZE or not data.startswith(_MAGIC):
        return None
    _, length = _FIXED.unpack_from(data)
    try:
        return Writer(*json.loads(data[_FIXED.size : _FIXED.size + length]))
    except (ValueError, TypeError):
        return None
