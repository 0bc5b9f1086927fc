"""Taking runs away for good: from the home, and from the store that they were shipped to."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.projects.project import read_projects
from polyaxon_sdk.projects.shelf import Shelf
from polyaxon_sdk.projects.version import KINDS
from polyaxon_sdk.runs.damage import read_anyway
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings

__all__ = ["Doomed", "delete", "doom", "size_of"]


class Doomed(NamedTuple):
    """A run that is to be deleted, and what that frees.

    Attributes:
        here: bytes on this machine.
        shipped: bytes in the store.
        versions: the versions that are made of it, as `kind project:name`.
    """

    folder: RunFolder
    name: str | None
    status: str
    here: int
    shipped: int
    versions: tuple[str, ...] = ()


def doom(settings: Settings, folders: Iterable[RunFolder]) -> list[Doomed]:
    """What deleting some runs would take away; nothing is changed.

    Raises:
        InputError: one of them goes on.
        StoreError: the store fails.
    """
    versions = _versions(settings.home / "hub")
    found = []
    for folder in folders:
        state = read_anyway(folder)
        if state.conditions and not state.is_done and state.status != "unknown":
            raise InputError(
                f"run {folder.uuid[:12]} is {state.status}",
                expected=f"polyaxon ops stop -uid {folder.uuid[:12]} first",
            )
        here = size_of(folder.path) + size_of(_context(folder))
        shipped = _shipped(settings, folder.uuid)
        found.append(
            Doomed(folder, state.name, state.status, here, shipped, tuple(versions.get(folder.uuid, ())))
        )
    return found


def delete(settings: Settings, doomed: Doomed) -> None:
    """Delete a run: first from the store, so that none is left that nothing here tells of.

    Raises:
        StoreError: the store fails; the run is here still.
        OSError: it can't be deleted.
    """
    folder = doomed.folder
    if settings.artifacts_store is not None:
        # asyncio costs 27 ms, which those whose runs are in the home alone needn't pay.
        from polyaxon_sdk.sidecar.mark import mark_deleted
        from polyaxon_sdk.storage.removal import remove_below
        from polyaxon_sdk.storage.store import open_store

        remove_below(settings.artifacts_store, folder.uuid)
        mark_deleted(open_store(settings.artifacts_store), folder.uuid, time.time())
    draft = folder.path.with_name(f".{folder.uuid}.{os.getpid()}.part")
    folder.path.rename(draft)  # gone at once for readers, however long the rest takes
    shutil.rmtree(draft)
    shutil.rmtree(_context(folder), ignore_errors=True)


def size_of(path: Path) -> int:
    """The bytes of the files below a folder; 0 where there is none.

    >>> size_of(Path("/nowhere"))
    0
    """
    total = 0
    for root, _, names in os.walk(path):
        for name in names:
            try:
                total += os.lstat(os.path.join(root, name)).st_size
            except FileNotFoundError:
                continue  # it went meanwhile
    return total


def _context(folder: RunFolder) -> Path:
    return folder.home / "contexts" / folder.uuid


def _shipped(settings: Settings, uuid: str) -> int:
    if settings.artifacts_store is None:
        return 0
    # The same cost.
    from polyaxon_sdk.storage.removal import size_below

    return size_below(settings.artifacts_store, uuid)


def _versions(hub: Path) -> dict[str, list[str]]:
    """The versions of all projects by the run that made them."""
    found: dict[str, list[str]] = {}
    for kind in KINDS:
        for owner, project in read_projects(hub, kind):
            for version in Shelf(hub, owner, project).versions(kind):
                if version.run:
                    found.setdefault(version.run, []).append(f"{kind} {project}:{version.name}")
    return found
