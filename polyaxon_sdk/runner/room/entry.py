"""What a run says of itself to those who share its machine: what it takes, or waits for."""

from __future__ import annotations

import json
import os
from typing import NamedTuple

__all__ = ["Entry", "read_entry", "write_entry"]


class Entry(NamedTuple):
    """One run that goes on, or waits for room.

    Attributes:
        uuid: of the run.
        since: when it began to wait, in nanoseconds of the clock.
        lacks: the kinds of room that it waits for; none where it goes on.
        host: the machine whose cpus, memory and GPUs it takes.
        gpus: those that it has.
    """

    uuid: str
    since: int
    lacks: tuple[str, ...] = ()
    host: str = ""
    queue: str = ""
    cpu: float = 0.0
    memory: float = 0.0
    gpus: tuple[str, ...] = ()

    @property
    def goes_on(self) -> bool:
        """Whether it has its room."""
        return not self.lacks


def write_entry(descriptor: int, entry: Entry) -> None:
    """Say `entry` in a file that nobody reads meanwhile.

    Raises:
        OSError: the disk is full.
    """
    data = json.dumps(entry._asdict()).encode("utf-8")
    os.pwrite(descriptor, data, 0)
    os.ftruncate(descriptor, len(data))
    os.utime(descriptor)


def read_entry(descriptor: int) -> Entry | None:
    """What a file says; None where that is nothing."""
    try:
        found = json.loads(os.pread(descriptor, 1 << 16, 0))
        return Entry(**{**found, "lacks": tuple(found["lacks"]), "gpus": tuple(found["gpus"])})
    except (ValueError, TypeError, KeyError):
        return None
