"""Versions in folders of their own: brought out with the files that they name, and in again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from shutil import rmtree

from attrs import evolve

from polyaxon_sdk.client.files import copy_files
from polyaxon_sdk.exceptions import InputError, RunNotFoundError
from polyaxon_sdk.index.selector import resolve
from polyaxon_sdk.projects.shelf import Shelf
from polyaxon_sdk.projects.version import Version, VersionKind
from polyaxon_sdk.runs.drained import write_whole
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.hashes import hash_of_path
from polyaxon_sdk.settings import Settings

__all__ = ["place_of", "pull", "push"]

_FILE = "version.plx.json"


def pull(settings: Settings, version: Version, path: Path, *, takes_files: bool = True) -> Path:
    """Copy a version, and what it names of its run, to `<path>/<project>-<name>`; where the copy is.

    Raises:
        InputError: the run has no such file any more, or another one in its place.
        RunNotFoundError: the run is not here.
        OSError: the folder can't be written.
    """
    target = path / f"{version.project}-{version.name}"
    folder = _run_of(settings, version) if takes_files and version.run is not None else None
    target.mkdir(parents=True, exist_ok=True)
    if folder is not None:
        for place, _ in _files_of(version):
            copy_files(folder, place, target)
    write_whole(target / _FILE, json.dumps(version.view(), indent=1).encode("ascii"))
    return target


def place_of(path: Path, project: str, version: str | None) -> Path:
    """The folder of a version: this one, or the one in it that `pull` made.

    Raises:
        InputError: another version lies there.
    """
    if version is None or not (path / _FILE).exists():
        return path if version is None else path / f"{project}-{version}"
    if (found := _read(path).name) != version:
        raise InputError(f"version {found!r} lies there", where=str(path), expected=repr(version))
    return path


def push(
    settings: Settings,
    path: Path,
    kind: VersionKind,
    *,
    project: str | None = None,
    force: bool = False,
    clean: bool = False,
) -> Version:
    """Keep the version that lies in a folder, in its own project or another one.

    Args:
        settings: tell which hub.
        path: the folder.
        kind: of which kind it has to be.
        project: the other project.
        force: take the place of a version of its name.
        clean: take the folder away once the version is kept.

    Raises:
        InputError: none lies there, or the project has one of its name.
        OSError: the hub can't be written.
    """
    found = _read(path)
    if found.kind != kind:
        raise InputError(f"it is a version of a {found.kind}", where=str(path), expected=f"one of a {kind}")
    if project is not None:
        owner, _, name = project.rpartition("/")
        found = evolve(found, owner=owner or found.owner, project=name)
    Shelf(settings.home / "hub", found.owner, found.project).put(found, force=force)
    if clean:
        rmtree(path)
    return found


def _read(path: Path) -> Version:
    """The version that lies in a folder.

    Raises:
        InputError: there is none.
    """
    try:
        return Version.of(json.loads((path / _FILE).read_bytes()))
    except FileNotFoundError:
        raise InputError(
            "no version lies there", where=str(path), expected=f"a folder with {_FILE}"
        ) from None
    except (ValueError, TypeError, AttributeError) as error:
        raise InputError("no version is told in it", where=str(path / _FILE)) from error


def _run_of(settings: Settings, version: Version) -> RunFolder:
    """The run of a version, whose files are those that the version was made of."""
    try:
        folder = resolve(settings, version.run)
    except RunNotFoundError as error:
        raise RunNotFoundError(
            f"{version.kind} {version.name!r} is made of run {str(version.run)[:12]}, which was deleted or "
            f"never was in {settings.home}: only what is known of it can be had, without its files"
        ) from error
    for path, known in _files_of(version):
        found = hash_of_path(str(folder.inside(path)))
        if _OURS.fullmatch(known) and found is not None and found != known:
            raise InputError(
                f"{path!r} of run {folder.uuid[:12]} was changed after {version.kind} {version.name!r} was made of it "
                f"(it has hash {found})",
                expected=f"hash {known}; what is there now takes a version of its own",
            )
    return folder


_OURS = re.compile(r"[0-9a-f]{12}")
"""A hash as ours are: a script may have given one of another kind."""


def _files_of(version: Version) -> list[tuple[str, str]]:
    """The files and folders of the run that a version names, with their hashes; what lies elsewhere stays there."""
    told = version.meta_info.get("artifacts")
    known = [each for each in told if isinstance(each, Mapping)] if isinstance(told, list) else []
    found = [(str(each["path"]), str(each.get("hash") or "")) for each in known if each.get("path")]
    return [(path, digest) for path, digest in found if "://" not in path and not path.startswith("/")]
