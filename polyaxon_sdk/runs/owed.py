"""Hashes of copies in a run that are computed after they were logged, of the contents that were logged."""

from __future__ import annotations

import os
from typing import NamedTuple

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.hashes import hash_of_path
from polyaxon_sdk.runs.state import RunState

__all__ = ["Owed", "complete", "hash_owed", "mark_of", "owed_in"]


class Owed(NamedTuple):
    """An artifact whose hash is still to come.

    Attributes:
        path: where it lies in the run.
        mark: what tells its contents from others that come to lie there.
    """

    name: str
    kind: str
    path: str
    mark: str


def mark_of(path: str) -> str:
    """What tells the file or folder that lies at `path` now from all that may lie there later.

    Raises:
        OSError: there is nothing.
    """
    return f"{os.urandom(4).hex()}-{_seen(path)}"


def owed_in(run: RunState) -> list[Owed]:
    """The artifacts of a run whose hashes are still to come."""
    return [
        Owed(name, kind, str(artifact.get("path")), mark)
        for (name, kind), artifact in run.artifacts.items()
        if isinstance(mark := artifact.get("pending"), str)
    ]


def hash_owed(folder: RunFolder, owed: Owed) -> str | None:
    """The hash; None where other contents lie there by now.

    Raises:
        OSError: it can't be read.
        InputError: its path leads out of the run.
    """
    path = str(folder.inside(owed.path))
    seen = owed.mark.partition("-")[2]
    if _seen(path) != seen:
        return None
    found = hash_of_path(path)
    return found if _seen(path) == seen else None


def complete(folder: RunFolder, run: RunState) -> RunState:
    """The same run with all hashes that can be computed now.

    Raises:
        OSError: a file can't be read.
    """
    for each in owed_in(run):
        run.complete(each.name, each.kind, each.mark, hash_owed(folder, each))
    return run


def _seen(path: str) -> str:
    found = os.stat(path)
    return f"{found.st_ino}-{found.st_size}-{found.st_mtime_ns}"
