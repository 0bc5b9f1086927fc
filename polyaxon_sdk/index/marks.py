"""Reading the change marks of a home, and sweeping old ones."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.runs.changes import read_changes
from polyaxon_sdk.runs.names import is_uuid

__all__ = ["Marks", "read_marks", "sweep"]

_KEPT = 3600 * 10**9
"""Nanoseconds for which every mark is kept: longer than clocks of several hosts differ."""

_MANY = 2000
"""Fewer marks than this are left alone."""


class Marks(NamedTuple):
    """The marks of a home at one moment.

    Attributes:
        uuids: the run of each mark, by the mark's name.
        swept: marks older than this, in nanoseconds of wall time, may be gone.
    """

    uuids: dict[str, str]
    swept: int

    def complete_since(self, listed: int) -> bool:
        """Whether a reader that last listed at `listed` finds a mark for all that changed since."""
        return listed - _KEPT // 2 > self.swept


def read_marks(home: Path) -> Marks:
    """The marks that lie in `home` now."""
    uuids = {name: uuid for _, uuid, name in read_changes(home) if is_uuid(uuid)}
    return Marks(uuids, max((clock for clock, _ in _floors(home)), default=0))


def sweep(home: Path, names: Iterable[str]) -> None:
    """Delete those of `names`, marks whose runs this reader has read, that are old, once there are many.

    What other readers may miss then is told by an empty file `swept-<clock>`, written first.
    """
    floor = time.time_ns() - _KEPT
    old = [name for name in names if int(name.partition("-")[0]) < floor]
    if len(old) < _MANY:
        return
    folder = home / "changes"
    earlier = [path for _, path in _floors(home)]
    try:
        (folder / f"swept-{floor:020d}").touch()
        for path in [*earlier, *(folder / name for name in old)]:
            path.unlink(missing_ok=True)
    except OSError:
        return  # a home that can't be written keeps its marks


def _floors(home: Path) -> list[tuple[int, Path]]:
    folder = home / "changes"
    try:
        names = [name for name in os.listdir(folder) if name.startswith("swept-")]
    except FileNotFoundError:
        return []
    return [(int(name[6:]), folder / name) for name in names if name[6:].isdigit()]
