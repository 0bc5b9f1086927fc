"""Files of this machine that a run takes along, before it starts (semantics 7.1)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from fnmatch import fnmatch
from pathlib import Path

from attrs import frozen

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runner.descent import OWN
from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["IGNORE_FILE", "Upload", "check_target", "take_along"]

IGNORE_FILE = ".polyaxonignore"
"""Names what stays behind, a pattern a line; it lies in the folder that is uploaded."""

_ALWAYS = (".git", ".polyaxon", "__pycache__", "*.pyc", IGNORE_FILE)


@frozen
class Upload:
    """What is taken along, and where to.

    Args:
        paths: folders, whose contents are taken, and files.
        target: the folder of the run that gets them, relative to it.

    >>> Upload((Path("."),)).target
    'uploads'
    """

    paths: tuple[Path, ...]
    target: str = "uploads"


def check_target(folder: RunFolder, upload: Upload) -> None:
    """Refuse a target that is no folder for a person's files.

    Raises:
        InputError: it leads out of the run, or to what the run writes itself.
    """
    relative = folder.inside(upload.target).relative_to(folder.path)
    if not relative.parts or relative.parts[0] in OWN:
        raise InputError(
            f"{upload.target!r} is the run's own", where="--upload-to", expected="a folder such as uploads"
        )


def take_along(folder: RunFolder, upload: Upload) -> None:
    """Copy files into a run; a link stays one, to where it leads.

    Raises:
        OSError: a file can't be read, or the disk is full.
    """
    target = folder.inside(upload.target)
    target.mkdir(parents=True, exist_ok=True)
    home = folder.home.resolve()
    for path in upload.paths:
        if path.is_dir():
            _copy_folder(path, target, patterns=(*_ALWAYS, *_patterns(path)), without=home)
        else:
            _copy(path, target / path.name, path.parent)


def _patterns(root: Path) -> list[str]:
    """What the folder's own file names, without comments."""
    try:
        lines = (root / IGNORE_FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _copy_folder(root: Path, target: Path, *, patterns: Sequence[str], without: Path) -> None:
    for place, folders, files in os.walk(root):
        here = Path(place)
        inner = here.relative_to(root)
        folders[:] = [
            name
            for name in folders
            if not _stays(inner / name, patterns) and (here / name).resolve() != without
        ]
        (target / inner).mkdir(parents=True, exist_ok=True)
        links = [name for name in folders if (here / name).is_symlink()]
        for name in (*links, *(name for name in files if not _stays(inner / name, patterns))):
            _copy(here / name, target / inner / name, root)


def _copy(source: Path, target: Path, root: Path) -> None:
    if not source.is_symlink():
        if source.is_file():  # a pipe or a socket has nothing to take
            shutil.copy2(source, target)
        return
    target.unlink(missing_ok=True)
    is_inside = source.resolve().is_relative_to(root.resolve()) and not os.path.isabs(os.readlink(source))
    target.symlink_to(os.readlink(source) if is_inside else source.resolve())


def _stays(relative: Path, patterns: Iterable[str]) -> bool:
    """Whether the last pattern that names a path leaves it behind; one with `!` before it takes it along.

    A pattern with a slash in it is meant from the root on, any other at every depth.
    """
    stays = False
    for pattern in patterns:
        bare = pattern.removeprefix("!").rstrip("/")
        name = relative.as_posix() if "/" in bare else relative.name
        if fnmatch(name, bare.lstrip("/")):
            stays = not pattern.startswith("!")
    return stays
