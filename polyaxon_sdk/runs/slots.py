"""Reading the slots of a journal of scalars while a writer is at work."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.runs.scalars import NO_STEP, RECORD, SEGMENT_SIZE, VOID

__all__ = ["Batch", "Scalar", "marks", "parse_batch", "read_batch", "read_slots", "settled_slots"]


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
