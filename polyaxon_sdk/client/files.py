"""The files of a run: listed, read, copied."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.salvage import drained_anyway
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.runs.superseded import hidden_files
from polyaxon_sdk.sidecar.launch import launch
from polyaxon_sdk.sidecar.tree import RunFile, scan

__all__ = [
    "ArtifactsTree",
    "ListedFile",
    "check_place",
    "copy_files",
    "is_free",
    "list_files",
    "put_files",
    "read_file",
    "remove_files",
    "tree_of",
]

_KINDS = {"outputs": "file", "plxlogs": "logs", "resources": "resource"}


class ListedFile(NamedTuple):
    """A file of a run: its path in the run, its kind (semantics 5.9) and its size in bytes."""

    path: str
    kind: str
    size: int


class ArtifactsTree(NamedTuple):
    """What lies in one folder of a run: the sizes of its files in bytes by name, and its folders."""

    files: dict[str, int]
    dirs: list[str]


def list_files(folder: RunFolder, state: RunState) -> list[ListedFile]:
    """The files of a run, without its record and journal and those that a later attempt superseded, by path.

    Raises:
        OSError: the run can't be read.
    """
    hidden = hidden_files(folder, state)
    kinds = {str(artifact.get("path")): kind for (_, kind), artifact in state.artifacts.items()}
    return [
        ListedFile(file.name, _kind(file.name, kinds), file.size)
        for file in _files(folder)
        if not any(file.name == path or file.name.startswith(f"{path}/") for path in hidden)
    ]


def tree_of(folder: RunFolder, path: str = "") -> ArtifactsTree:
    """What lies in the folder `path` of a run.

    Raises:
        InputError: `path` leads out of the run.
        OSError: the run can't be read.
    """
    prefix = _relative(folder, path)
    inside = [
        (file.name.removeprefix(prefix), file.size) for file in _files(folder) if file.name.startswith(prefix)
    ]
    files = {name: size for name, size in inside if "/" not in name}
    return ArtifactsTree(files, sorted({name.partition("/")[0] for name, _ in inside if "/" in name}))


def read_file(folder: RunFolder, path: str) -> bytes:
    """A file of a run; of what is drained, the rows that count.

    Raises:
        InputError: there is no such file in the run.
        OSError: it can't be read.
    """
    (file,) = _found(folder, path, single=True)
    with open(file.path, "rb") as source:
        return source.read(file.size if file.limit is not None else -1)


def copy_files(folder: RunFolder, path: str, target: Path) -> Path:
    """Copy a file or a folder of a run into the folder `target`, which is made; where the copy is.

    A file that is there already is replaced.

    Raises:
        InputError: there is no such file or folder in the run.
        OSError: it can't be read, or not be written.
    """
    import shutil  # compression modules come with it: paid by those who copy

    base = os.path.dirname(_relative(folder, path).rstrip("/"))
    for file in _found(folder, path):
        copy = target / os.path.relpath(file.name, base or os.curdir)
        copy.parent.mkdir(parents=True, exist_ok=True)
        draft = copy.with_name(f".{copy.name}.{os.getpid()}.part")
        shutil.copyfile(file.path, draft)
        if file.limit is not None:
            os.truncate(draft, file.limit)
        draft.replace(copy)
    return target / os.path.basename(_relative(folder, path).rstrip("/"))


def put_files(
    folder: RunFolder, files: Iterable[Path], path: str, *, below: Path | None = None, overwrite: bool = True
) -> list[Path]:
    """Copy files and folders into the folder `path` of a run; where the copies are.

    Args:
        folder: the run.
        files: those that are copied.
        path: the folder.
        below: where they lie, with folders that are kept; None to put them side by side.
        overwrite: whether they may take the place of what is there.

    Raises:
        InputError: `path` leads out of the run, or to what the run itself writes; one of them is there already, or
            isn't below `below`.
        OSError: a file can't be read, or the disk is full.
    """
    import shutil  # the same cost

    target = _place(folder, path)
    named = [(file, target / _kept(file, below)) for file in files]
    for _, copy in named:
        if not overwrite and copy.exists():
            raise InputError(f"run {folder.uuid[:12]} has {_relative_name(folder, copy)!r} already")
    for file, copy in named:
        copy.parent.mkdir(parents=True, exist_ok=True)
        if file.is_dir():
            shutil.copytree(file, copy, dirs_exist_ok=True)
        else:
            shutil.copy2(file, copy)
    launch(folder)
    return [copy for _, copy in named]


def _kept(file: Path, below: Path | None) -> Path:
    if below is None:
        return Path(file.name)
    try:
        return Path(os.path.abspath(file)).relative_to(os.path.abspath(below))
    except ValueError as error:
        raise InputError(f"{str(file)!r} doesn't lie there", where=str(below)) from error


def _relative_name(folder: RunFolder, copy: Path) -> str:
    return copy.relative_to(folder.path).as_posix()


def remove_files(folder: RunFolder, path: str) -> None:
    """Take a file or a folder of a run away.

    Raises:
        InputError: there is none, or it is what the run itself writes.
    """
    import shutil  # the same cost

    place = _place(folder, path)
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
        return
    try:
        place.unlink()
    except FileNotFoundError:
        raise InputError(f"run {folder.uuid[:12]} has no file {path!r}") from None


_FREE = frozenset({"outputs", "assets", "uploads"})


def check_place(path: str) -> None:
    """Whether a path in a run lies in one of the folders that are a person's own.

    Raises:
        InputError: it doesn't.
    """
    if not is_free(path):
        raise InputError(f"{path!r} is no place for files", expected="a path in outputs, assets or uploads")


def is_free(path: str) -> bool:
    """Whether a path in a run lies in one of the folders that are a person's own, or is one.

    >>> is_free("outputs/model"), is_free("run.plx.json"), is_free("outputs/../record")
    (True, False, False)
    """
    top, *others = path.rstrip("/").split("/")
    return top in _FREE and not {"", ".", ".."}.intersection(others)


def _place(folder: RunFolder, path: str) -> Path:
    """A path of a run in one of the folders that are a person's own."""
    relative = _relative(folder, path).rstrip("/")
    check_place(relative)
    return folder.path / relative


def _files(folder: RunFolder) -> list[RunFile]:
    found = scan(str(folder.path), drained_anyway(folder).files).files
    kept = (_as_it_is(file) for file in found if not file.name.startswith("record/"))
    return sorted(kept, key=lambda file: file.name)


def _as_it_is(file: RunFile) -> RunFile:
    """A file with no more bytes than it has: of one that was cut off more are known to be drained."""
    if file.limit is None:
        return file
    with suppress(FileNotFoundError):
        return file._replace(size=min(file.size, os.stat(file.path).st_size))
    return file


def _relative(folder: RunFolder, path: str) -> str:
    """A folder's path in the run with a slash behind it; nothing for the run itself."""
    relative = os.path.relpath(folder.inside(path or os.curdir), folder.path)
    return "" if relative == os.curdir else f"{relative}/"


def _found(folder: RunFolder, path: str, *, single: bool = False) -> list[RunFile]:
    prefix = _relative(folder, path)
    files = _files(folder)
    found = [
        file
        for file in files
        if file.name == prefix.rstrip("/") or (not single and file.name.startswith(prefix))
    ]
    if not found:
        hint = did_you_mean(path, [file.name for file in files])
        raise InputError(f"run {folder.uuid[:12]} has no file {path!r}", hint=hint)
    return found


def _kind(path: str, logged: dict[str, str]) -> str:
    """The kind that was logged of the file or of a folder that it lies in, or else what its place tells."""
    parts = path.split("/")
    for length in range(len(parts), 0, -1):
        if (kind := logged.get("/".join(parts[:length]))) is not None:
            return kind
    top, *others = parts
    if top in {"events", "assets"} and len(others) > 1:
        return others[0]
    return _KINDS.get(top, "file" if others else "record")
