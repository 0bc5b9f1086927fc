"""The source files that a run was made from, kept with it: it can be repeated where they are not."""

from __future__ import annotations

import os
import sys
from collections.abc import Set
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from sysconfig import get_paths
from types import ModuleType
from typing import TYPE_CHECKING

from polyaxon_sdk.runs.alias_path import ALIAS_FOLDER
from polyaxon_sdk.runs.masking import masker_here
from polyaxon_sdk.settings import load
from polyaxon_sdk.types import Json

if TYPE_CHECKING:
    from polyaxon_sdk.runs.folder import RunFolder
    from polyaxon_sdk.tracking.run import Run

__all__ = [
    "SOURCES",
    "copy_sources",
    "imported_sources",
    "keep_sources",
    "kept_sources",
    "lineage_of_sources",
]

SOURCES = "assets/coderef/sources"
"""The folder in a run; below it each file has the path by which it is imported."""

_LARGEST = 1 << 20
_PACKAGES = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def keep_sources(run: Run) -> None:
    """Keep the person's own modules that are imported by now: those of no installed package.

    May be called again, when more are imported. What can't be read or is larger than 1 MiB is left out, secrets are
    masked, and with the setting `track_code` off nothing is kept.

    >>> keep_sources(tracking.init())  # doctest: +SKIP
    """
    if not run.is_kept or not load().flag("track_code"):
        return
    there = (run.folder / SOURCES).is_dir()
    copy_sources(run.folder)
    if not there and (run.folder / SOURCES).is_dir():
        run.log_artifact_lineage(lineage_of_sources())


def copy_sources(folder: Path) -> None:
    """Copy those modules into the folder of a run, where they aren't yet."""
    for file, relative in imported_sources():
        kept = f"{folder}/{SOURCES}/{relative}"
        if not os.path.exists(kept):
            with suppress(OSError):
                os.makedirs(os.path.dirname(kept), exist_ok=True)
                _keep(file, kept)


def lineage_of_sources(function: str | None = None) -> dict[str, Json]:
    """What the record says of the sources of a run.

    Args:
        function: as `FILE.py:NAME`, of a run that nothing else says it of.
    """
    named: dict[str, Json] = {} if function is None else {"function": function}
    body: dict[str, Json] = {"name": "sources", "kind": "dir", "is_input": True, "path": SOURCES}
    return {**body, "summary": {**named, "path": SOURCES}}


_COPIES: dict[tuple[str, int], str] = {}
"""Where each file, as it was then, has been copied to by this process: a run that follows links to it."""


def _keep(file: str, kept: str) -> None:
    """Copy a file without its secrets; link to the copy of an earlier run of this process where there is one."""
    key = (file, os.stat(file).st_mtime_ns)
    try:
        os.link(_COPIES[key], kept)
    except (KeyError, OSError):  # there is none, it was deleted, or it lies on another disk
        Path(kept).write_bytes(masker_here().text(_read(file)).encode("utf-8", "surrogateescape"))
        _COPIES[key] = kept


_LOOKED: dict[str, tuple[ModuleType, tuple[str, str] | None]] = {}
"""What was found of each module, by its name: to look at all of them takes 10 ms."""


def imported_sources() -> list[tuple[str, str]]:
    """The files of the person's own modules that are imported by now, each with its path on the import path.

    What is imported already when a process is forked is not looked at again in it.
    """
    found = []
    for name, module in [*sys.modules.items()]:
        known = _LOOKED.get(name)
        if known is None or known[0] is not module:
            known = _LOOKED[name] = module, _own(module)
        if known[1] is not None:
            found.append(known[1])
    return list(dict.fromkeys(found))


def kept_sources(folder: RunFolder) -> Path | None:
    """The folder with the kept sources of a run, each under its path on the import path; None where none are.

    >>> kept_sources(RunFolder(home / "runs" / uuid))  # doctest: +SKIP
    PosixPath('.../assets/coderef/sources')
    """
    root = folder.path / SOURCES
    return root if root.is_dir() else None


def _own(module: ModuleType) -> tuple[str, str] | None:
    """The file of a module and its path on the import path; None where it belongs to a package."""
    file = getattr(module, "__file__", None)
    foreign, roots = _places(tuple(sys.path), os.getcwd())
    if not isinstance(file, str) or _is_foreign(file, foreign):
        return None  # most are: they are told apart before links are followed, which takes long
    path = os.path.realpath(file)
    if _is_foreign(path, foreign):
        return None
    root = next((entry for entry in roots if _is_below(path, entry)), None)
    return None if root is None else (path, os.path.relpath(path, root))


@lru_cache(maxsize=4)
def _places(path: tuple[str, ...], here: str) -> tuple[frozenset[str], list[str]]:
    """The folders of installed packages, and those that others are imported from, the deepest first."""
    installed = {get_paths()[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    foreign = {path for each in installed for path in (each, os.path.realpath(each))}
    foreign |= {_PACKAGES, os.path.realpath(ALIAS_FOLDER)}
    return frozenset(foreign), sorted(
        (os.path.realpath(entry or here) for entry in path), key=len, reverse=True
    )


def _is_foreign(path: str, folders: Set[str]) -> bool:
    is_installed = "site-packages" in path or "dist-packages" in path
    return is_installed or not path.endswith(".py") or any(_is_below(path, folder) for folder in folders)


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(folder + os.sep)


def _read(file: str) -> str:
    with open(file, "rb") as source:
        data = source.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise OSError(f"{file} is larger than {_LARGEST} bytes")
    return data.decode("utf-8", "surrogateescape")
