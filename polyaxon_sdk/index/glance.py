"""Which damage a run has, looked for again only where one of its files changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from polyaxon_sdk.index.rows import rows_of
from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["damage_at_a_glance"]

_RUNS = 500
_FILES = 500
"""Files of a run up to which asking when each changed takes less than reading the first of them."""

_TICK = 2 * 10**9
"""Nanoseconds within which a file may change twice and tell of one."""

_MAPPED = 120 * 10**9
"""Nanoseconds within which what is written into mapped memory is told of: that of a run that goes on."""

_LEFT_OUT = frozenset({"assets"})
_ENVIRONMENT = "env.json"
"""The only one of a script's own files of which is known how it has to be."""


_Change = tuple[str, int, int, int]
"""Path, number, size and change time, which no program can set, of a file or folder."""


def damage_at_a_glance(folder: RunFolder, now: int, *, looks: bool, is_over: bool) -> str | None:
    """What of a run is not what was written; None where all that was looked at is, or nothing is there.

    Args:
        folder: the run.
        now: in nanoseconds since the epoch.
        looks: whether all of its files are looked at, beside the record.
        is_over: whether nobody logs to it any more.

    >>> damage_at_a_glance(folder, time.time_ns(), looks=True, is_over=True)  # doctest: +SKIP
    'journal/drained.json: it is damaged'
    """
    changes = tuple(islice(_changes(folder), _FILES + 1))
    newest = max((changed for _, _, _, changed in changes), default=0)
    if len(changes) > _FILES or newest > now - (_TICK if is_over else _MAPPED):
        return _damage(folder.path, looks)
    return _known(folder.path, looks, changes)


@lru_cache(maxsize=_RUNS)
def _known(path: Path, looks: bool, changes: tuple[_Change, ...]) -> str | None:  # noqa: FBT001  # part of a key
    del changes
    return _damage(path, looks)


def _damage(path: Path, looks: bool) -> str | None:  # noqa: FBT001  # as above
    return "; ".join(rows_of(RunFolder(path), looks=looks).damage) or None if path.is_dir() else None


def _changes(folder: RunFolder) -> Iterator[_Change]:
    """Those of what is looked at, while it stands still."""
    waiting = [str(folder.path)]
    while waiting:
        for entry in _entries(waiting.pop()):
            yield _change(entry)
            if entry.name == folder.outputs.name:
                yield from map(_change, (each for each in _entries(entry.path) if each.name == _ENVIRONMENT))
            elif entry.is_dir(follow_symlinks=False) and entry.name not in _LEFT_OUT:
                waiting.append(entry.path)


def _entries(path: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(path) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:  # it is gone, or none can look
        return []


def _change(entry: os.DirEntry[str]) -> _Change:
    try:
        told = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return entry.path, 0, 0, sys.maxsize
    # What a link leads to changes by itself.
    return entry.path, told.st_ino, told.st_size, sys.maxsize if entry.is_symlink() else told.st_ctime_ns
