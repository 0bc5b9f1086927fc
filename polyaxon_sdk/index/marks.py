"""Reading the change marks of a home, and sweeping old ones."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Set
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.runs.changes import read_mark
from polyaxon_sdk.runs.names import is_uuid

__all__ = ["Marks", "read_marks", "sweep"]

_KEPT = 3600 * 10**9
"""Nanoseconds for which every mark is kept: longer than clocks of several hosts differ."""

_MANY = 2000
"""Fewer marks than this are left alone."""


class Marks(NamedTuple):
    """The marks of a home at one moment.

    Attributes:
        names: of all files there, which nearly all are marks.
        swept: marks older than this, in nanoseconds of wall time, may be gone.
    """

    names: frozenset[str]
    swept: int

    def new(self, known: Set[str]) -> dict[str, str]:
        """The run of each mark that is not among those known, by the mark's name."""
        # Only these are read: a look for changes comes with each answer, and finds a thousand that are known.
        read = (read_mark(name) for name in self.names - known)
        return {mark[2]: mark[1] for mark in read if mark is not None and is_uuid(mark[1])}

    def complete_since(self, listed: int) -> bool:
        """Whether a reader that last listed at `listed` finds a mark for all that changed since."""
        return listed - _KEPT // 2 > self.swept


def read_marks(home: Path) -> Marks:
    """The marks that lie in `home` now."""
    names = _names(home)
    return Marks(names, max((clock for clock, _ in _floors(names)), default=0))


def sweep(home: Path, names: Iterable[str]) -> None:
    """Delete those of `names`, marks whose runs this reader has read, that are old, once there are many.

    What other readers may miss then is told by an empty file `swept-<clock>`, written first.
    """
    floor = time.time_ns() - _KEPT
    old = [name for name in names if (mark := read_mark(name)) is not None and mark[0] < floor]
    if len(old) < _MANY:
        return
    folder = home / "changes"
    earlier = [name for _, name in _floors(_names(home))]
    try:
        (folder / f"swept-{floor:020d}").touch()
        for name in (*earlier, *old):
            (folder / name).unlink(missing_ok=True)
    except OSError:
        return  # a home that can't be written keeps its marks


def _names(home: Path) -> frozenset[str]:
    try:
        return frozenset(os.listdir(home / "changes"))
    except FileNotFoundError:
        return frozenset()


def _floors(names: Iterable[str]) -> list[tuple[int, str]]:
    return [(int(name[6:]), name) for name in names if name.startswith("swept-") and name[6:].isdigit()]
