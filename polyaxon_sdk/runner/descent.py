"""Which run another comes from, and what of its files comes with it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from typing import Literal

from attrs import frozen

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["OWN", "WHOLE", "Descent", "copy_into", "descent_from", "paths_in"]

WHOLE = ("outputs", "assets")
"""What of a run's files a copy takes; its series and its output are its own."""

OWN = frozenset({"record", "journal", "events", "resources", "plxlogs", "contexts"})
"""What of a run's folder the run itself writes."""


@frozen
class Descent:
    """That a run is started again.

    Args:
        original: the run that was there first.
        kind: `restart`, `copy` where files come with it, `resume` where it is the same run, `cache` where all that came
            of it is taken from it.
        copies: the files and folders, relative to the run, that come with it.
    """

    original: RunFolder
    kind: Literal["restart", "copy", "resume", "cache"]
    copies: tuple[str, ...] = ()

    @property
    def facts(self) -> dict[str, str]:
        """What the record of the new run says of it."""
        return {"original": self.original.uuid, "cloning_kind": self.kind}


def paths_in(folder: RunFolder, paths: Iterable[str]) -> tuple[str, ...]:
    """Files and folders of a run that may be copied, relative to it.

    Raises:
        InputError: one is not there, or belongs to that run alone.

    >>> paths_in(folder, ["outputs/net.bin"])  # doctest: +SKIP
    ('outputs/net.bin',)
    """
    found = []
    for path in paths:
        relative = os.path.relpath(folder.inside(path), folder.path)
        if relative.partition(os.sep)[0] in OWN or relative.endswith(".plx.json") or relative == os.curdir:
            raise InputError(f"{path!r} belongs to one run alone", expected="a path in outputs or assets")
        if not (folder.path / relative).exists():
            raise InputError(f"run {folder.uuid[:12]} has no file {path!r}")
        found.append(relative)
    return tuple(found)


def descent_from(folder: RunFolder) -> Descent:
    """That a run goes on from another one: it begins with its outputs and assets, so with its checkpoints.

    >>> descent_from(RunFolder("runs/0f")).copies
    ()
    """
    return Descent(folder, "copy", tuple(each for each in WHOLE if (folder.path / each).is_dir()))


def copy_into(folder: RunFolder, descent: Descent) -> None:
    """Copy the files that come with a run; a link stays one.

    Raises:
        OSError: one can't be read, or the disk is full.
    """
    for relative in descent.copies:
        source, target = descent.original.path / relative, folder.path / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True, copy_function=_copy_if_there)
        else:
            shutil.copy2(source, target, follow_symlinks=False)


def _copy_if_there(source: str, target: str) -> str:
    """Copy a file; one that is gone by now was the draft of another, which whoever finishes the run put in place."""
    with suppress(FileNotFoundError):
        shutil.copy2(source, target)
    return target
