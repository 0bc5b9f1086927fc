"""What can go without anybody missing it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.client.deletion import size_of
from polyaxon_sdk.index.place import index_name
from polyaxon_sdk.runner.expiry import over_since
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import is_uuid
from polyaxon_sdk.runs.writer import process_start
from polyaxon_sdk.settings import Settings

__all__ = ["Waste", "clean", "waste_in"]

_DRAFT = re.compile(r"\.[0-9a-f]{32}\.(\d+)\.part")
_KEPT = frozenset({"spool"})
"""What of the cache's folder nobody can make anew: journals on their way to a home on a network."""

_MIRRORS, _UNPACKED = "stores", "archive-"
"""What of it lies below each home's mirrors of stores; how the folder of an archive that is read begins."""

_YOUNG = 3600.0
"""Seconds for which a folder may be what somebody just makes."""


class Waste(NamedTuple):
    """Something that can go.

    Attributes:
        kind: `orphan`, `ttl` or `cache`.
        why: for people.
        size: in bytes.
    """

    kind: str
    path: Path
    why: str
    size: int


def waste_in(settings: Settings, now: float, *, caches: bool = True, everyones: bool = False) -> list[Waste]:
    """What of a home and of this machine's cache can go; nothing is changed.

    Args:
        settings: tell which home and which cache.
        now: seconds since the epoch.
        caches: what can be made anew too, of this home.
        everyones: of all homes that have the same cache.

    >>> sum(each.size for each in waste_in(settings, time()))  # doctest: +SKIP
    0
    """
    found = [*_drafts(settings.runs, now), *_contexts(settings, now)]
    if caches:
        found += [
            Waste("cache", path, "can be made anew", size_of(path) if path.is_dir() else path.lstat().st_size)
            for path in sorted(_caches(settings, now, everyones=everyones))
        ]
    return found


def clean(waste: Iterable[Waste]) -> int:
    """Take it away; how many bytes that frees.

    Raises:
        OSError: something can't be deleted.
    """
    freed = 0
    for each in waste:
        if each.path.is_dir() and not each.path.is_symlink():
            shutil.rmtree(each.path)
        else:
            each.path.unlink(missing_ok=True)
        freed += each.size
    return freed


def _caches(settings: Settings, now: float, *, everyones: bool) -> Iterator[Path]:
    """What of the cache can be made anew: the home's own, or that of all who share it."""
    index = index_name(settings.home)
    for path in _entries(settings.cache):
        if path.name in _KEPT:
            continue
        if everyones or path.name.startswith(index):  # SQLite keeps files beside it
            yield path
        elif path.name == _MIRRORS:
            yield from (mirror for mirror in _entries(path) if _is_of(mirror, settings.home))
        elif path.name.startswith(_UNPACKED) and _age(path, now) > _YOUNG:
            yield path


def _is_of(mirror: Path, home: Path) -> bool:
    """Whether a mirror of a store has its settings from this home."""
    with suppress(OSError):
        return Path(os.readlink(mirror / "config.yaml")).parent == home
    return False


def _drafts(runs: Path, now: float) -> Iterator[Waste]:
    """Runs that were half brought in, or half deleted, by processes that are gone."""
    for path in sorted(_entries(runs)):
        draft = _DRAFT.fullmatch(path.name)
        if draft and process_start(int(draft[1])) is None and _age(path, now) > _YOUNG:
            yield Waste("orphan", path, "half a run, of a process that is gone", size_of(path))
        elif is_uuid(path.name) and not (path / "record").is_dir() and _age(path, now) > _YOUNG:
            yield Waste("orphan", path, "a run without a record", size_of(path))


def _contexts(settings: Settings, now: float) -> Iterator[Waste]:
    """The scratch folders of runs that are gone, or whose `termination.ttl` is over."""
    for path in sorted(_entries(settings.home / "contexts")):
        folder = RunFolder(settings.runs / path.name)
        if not folder.path.is_dir() and _age(path, now) > _YOUNG:
            yield Waste("orphan", path, "of a run that is gone", size_of(path))
        elif (over := over_since(folder, now)) is not None:
            yield Waste("ttl", path, f"its time to live is over for {over:.0f} s", size_of(path))


def _age(path: Path, now: float) -> float:
    try:
        return now - path.lstat().st_mtime
    except FileNotFoundError:
        return 0.0


def _entries(folder: Path) -> list[Path]:
    try:
        return [folder / name for name in os.listdir(folder)]
    except (FileNotFoundError, NotADirectoryError):
        return []
