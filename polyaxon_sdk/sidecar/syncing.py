"""Syncing what is logged in groups, so that power loss costs the last seconds at most (docs/durability.md)."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import TypeAlias

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.sync import sync

__all__ = ["Syncing", "sync_logged"]

Seen: TypeAlias = "dict[Path, int]"
"""Files by the time of their last change."""


class Syncing:
    """Syncs a run's record and journals every so often, in a thread: a slow disk must not keep draining back.

    A disk that takes no sync is left to the draining, which meets it too.
    """

    def __init__(self, folder: RunFolder, every: float) -> None:
        self._folder = folder
        self._every = every
        self._synced: Seen = {}
        self._ended = Event()
        self._thread = Thread(target=self._work, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Wait until the sync under way is done, and begin no other."""
        self._ended.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._ended.wait(self._every):
            try:
                sync_logged(self._folder, self._synced)
            except OSError:
                continue


def sync_logged(folder: RunFolder, synced: Seen) -> None:
    """Bring the record, the journals, and before them what they name to the disk itself.

    Args:
        folder: the run.
        synced: the files that are there already, which are made once; those that are brought there now are added.

    Raises:
        OSError: the disk is full or broken.
    """
    for path in (each for kind in _listed(folder.path / "assets") for each in _listed(kind)):
        with suppress(FileNotFoundError):
            if synced.get(path) != (seen := path.stat().st_mtime_ns):
                sync(path)
                synced[path] = seen
    for path in (*_listed(folder.path / "assets"), folder.path / "assets", folder.path):
        sync(path)
    for part in (folder.record, folder.journal):
        for path in _listed(part):
            if path.suffix in {".jsonl", ".plxj", ".out", ".snapshot"}:
                sync(path)
        sync(part)
    for path in (folder.path.parent, folder.home):
        sync(path)


def _listed(part: Path) -> list[Path]:
    try:
        return list(part.iterdir())
    except FileNotFoundError:
        return []
