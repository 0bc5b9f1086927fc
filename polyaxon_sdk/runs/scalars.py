"""The layout of a journal of scalars: a header, then records of 32 bytes, and how they are read.

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

import json
import os
import sys
from collections.abc import Sequence
from errno import ENOSPC
from pathlib import Path
from struct import Struct
from typing import NamedTuple

from polyaxon_sdk.runs.writer import Writer

# Annotations here are no texts: typing would compile those of a named tuple, which takes a script a millisecond.

__all__ = [
    "EARLIEST",
    "HEADER_SIZE",
    "NO_STEP",
    "RECORD",
    "SEGMENT_SIZE",
    "VOID",
    "Batch",
    "Scalar",
    "marks",
    "parse_batch",
    "read_batch",
    "read_header",
    "read_slots",
    "settled_slots",
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


class Scalar(NamedTuple):
    """One record as it was read; `step` is None where the point has none."""

    series: int
    step: int | None
    time: float
    value: float


class Batch:
    """What one reading of a journal found.

    Args:
        scalars: the whole records, in the order of their slots.
        position: where the next reading goes on, in bytes.
        holes: the positions that were passed over: slots that were taken and not written yet.
    """

    def __init__(self, scalars: list[Scalar], position: int, holes: list[int]) -> None:
        self.scalars = scalars
        self.position = position
        self.holes = holes


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


def read_batch(path: Path, position: int, *, patient: bool, most: int = SEGMENT_SIZE) -> Batch:
    """Read up to `most` bytes of records from `position` on.

    Where a slot was taken and not written yet, a `patient` reading ends, so that points keep their order; one
    that is not passes over it where a whole record follows, and tells its position.

    Raises:
        OSError: the file can't be read.
    """
    return parse_batch(read_slots(path, position, most=most), position, patient=patient)


def read_slots(path: Path, position: int = 0, *, most: int = SEGMENT_SIZE) -> bytes:
    """The bytes of slots of which none is half a record, though a writer is at work.

    A copy may pass over a slot's fields just before they are stored and over its mark just after. So the bytes are
    copied twice: what had its mark in the first copy is whole in the second, and what had none counts as free.

    Raises:
        OSError: the file can't be read.
    """
    with path.open("rb", buffering=0) as file:
        first = os.pread(file.fileno(), most, position)
        second = os.pread(file.fileno(), len(first), position)
    return second if first == second else settled_slots(first, second)


def settled_slots(first: bytes, second: bytes) -> bytes:
    """The second of two copies, with the slots that have a mark only there taken as free."""
    settled = bytearray(second)
    for slot, (before, after) in enumerate(zip(marks(first), marks(second), strict=False)):
        if after and not before:
            settled[slot * RECORD.size : (slot + 1) * RECORD.size] = bytes(RECORD.size)
    return bytes(settled)


def marks(data: bytes) -> Sequence[float]:
    """The mark of each slot; zero where nothing was written yet."""
    whole = len(data) - len(data) % RECORD.size
    return memoryview(data)[:whole].cast("d")[3::4].tolist()


def parse_batch(data: bytes, position: int, *, patient: bool) -> Batch:
    """The same of records that are read already, the first of which stood at `position`."""
    if not data.strip(b"\0"):
        return Batch([], position, [])
    scalars: list[Scalar] = []
    holes: list[int] = []
    end, kept = position, 0
    whole = len(data) - len(data) % RECORD.size
    for slot, (series, step, value, time) in enumerate(RECORD.iter_unpack(memoryview(data)[:whole])):
        here = position + slot * RECORD.size
        if time:
            if series != VOID:
                scalars.append(Scalar(series, None if step == NO_STEP else step, time, value))
            end, kept = here + RECORD.size, len(holes)
        elif patient:
            break
        else:
            holes.append(here)
    return Batch(scalars, end, holes[:kept])
