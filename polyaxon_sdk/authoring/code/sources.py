"""The source files that a run was made from, kept with it: it can be repeated where they are not."""

from __future__ import annotations

import os
import sys
from collections.abc import Set
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from sysconfig import get_paths
from typing import TYPE_CHECKING, NamedTuple, Protocol

from polyaxon_sdk.authoring.code.imported import imported_now
from polyaxon_sdk.runs.alias_path import ALIAS_FOLDER
from polyaxon_sdk.runs.masking import masker_here
from polyaxon_sdk.secrets.masker import Masker
from polyaxon_sdk.settings import load
from polyaxon_sdk.types import Json

if TYPE_CHECKING:
    from polyaxon_sdk.runs.folder import RunFolder

__all__ = [
    "SOURCES",
    "Source",
    "copy_sources",
    "imported_sources",
    "keep_in",
    "keep_sources",
    "kept_sources",
    "lineage_of_sources",
]

SOURCES = "assets/coderef/sources"
"""The folder in a run; below it each file has the path by which it is imported."""

_PACKAGES = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Keeping(Protocol):
    """A run, or what is written of one: all that sources are kept with."""

    @property
    def is_kept(self) -> bool:
        """Whether anything is kept of it."""

    @property
    def folder(self) -> Path:
        """Its folder."""

    @property
    def masker(self) -> Masker | None:
        """What takes secrets out of what is kept."""

    def log_artifact_lineage(self, body: dict[str, Json], /) -> None:
        """Note what is kept."""


def keep_sources(run: Keeping) -> None:
    """Keep the person's own modules that are imported by now, as they were then: those of no installed package.

    May be called again, when more are imported. What can't be read or is larger than 1 MiB is left out, secrets are
    masked, and with the setting `track_code` off nothing is kept.

    >>> keep_sources(tracking.init())  # doctest: +SKIP
    """
    if run.is_kept and _is_more(run.folder) and load().flag("track_code") and keep_in(run.folder, run.masker):
        run.log_artifact_lineage(lineage_of_sources())


def keep_in(folder: Path, masker: Masker | None) -> bool:
    """Keep those modules in the folder of a run; whether that is to be noted, since none were kept in it before.

    Args:
        masker: takes the secrets out of them; by default that of this process.
    """
    kept = f"{folder}/{SOURCES}"
    there = os.path.isdir(kept)
    copy_sources(folder, masker)
    _LAST[:] = f"{folder}", imported_sources()
    return not there and os.path.isdir(kept)


def copy_sources(folder: Path, masker: Masker | None = None) -> None:
    """Write those modules, as they were imported, into the folder of a run, where they aren't yet.

    Args:
        masker: takes the secrets out of them; by default that of this process.
    """
    masker = masker or masker_here()
    for source in imported_sources():
        kept = f"{folder}/{SOURCES}/{source.relative}"
        if not os.path.exists(kept):
            with suppress(OSError):
                _make_folder(folder, source)
                _keep(source, kept, masker)


def _make_folder(folder: Path, source: Source) -> None:
    """Make the folder of a copy; with a call for each part, as none is there in a run that begins."""
    path = str(folder)
    for part in os.path.dirname(f"{SOURCES}/{source.relative}").split("/"):
        path = f"{path}/{part}"
        with suppress(FileExistsError):
            os.mkdir(path)


def lineage_of_sources(function: str | None = None) -> dict[str, Json]:
    """What the record says of the sources of a run.

    Args:
        function: as `FILE.py:NAME`, of a run that nothing else says it of.
    """
    named: dict[str, Json] = {} if function is None else {"function": function}
    body: dict[str, Json] = {"name": "sources", "kind": "dir", "is_input": True, "path": SOURCES}
    return {**body, "summary": {**named, "path": SOURCES}}


class Source(NamedTuple):
    """A file of the person's own, as it was imported.

    Attributes:
        file: where it is.
        relative: its path on the import path.
        text: what it held.
    """

    file: str
    relative: str
    text: str


class _Copy(NamedTuple):
    """What this process has written for a run, without the secrets that it knew then."""

    text: str
    masker: Masker
    kept: str
    data: bytes


_LAST: list[object] = []
"""The folder of the run that sources were kept in last, and which."""

_COPIES: dict[str, _Copy] = {}
"""The last copy of each file: a run that follows links to it."""


def _keep(source: Source, kept: str, masker: Masker) -> None:
    """Write a text without its secrets; link to the copy of an earlier run of this process where there is one."""
    known = _COPIES.get(source.file)
    if known is not None and known.text is source.text and known.masker is masker:
        with suppress(OSError):  # it was deleted, or lies on another disk
            os.link(known.kept, kept)
            return
        data = known.data
    else:
        data = masker.text(source.text).encode("utf-8", "surrogateescape")
    with open(kept, "wb") as file:
        file.write(data)
    _COPIES[source.file] = _Copy(source.text, masker, kept, data)


def _is_more(folder: Path) -> bool:
    """Whether anything is imported that was not kept in the folder just before."""
    return [f"{folder}", imported_sources()] != _LAST


def imported_sources() -> list[Source]:
    """The person's own modules that are imported by now, as they were then.

    What is imported already when a process is forked is not looked at again in it.
    """
    found = [_own(each.file, each.text) for each in imported_now() if each.text is not None]
    return [*{each.file: each for each in found if each is not None}.values()]


def kept_sources(folder: RunFolder) -> Path | None:
    """The folder with the kept sources of a run, each under its path on the import path; None where none are.

    >>> kept_sources(RunFolder(home / "runs" / uuid))  # doctest: +SKIP
    PosixPath('.../assets/coderef/sources')
    """
    root = folder.path / SOURCES
    return root if root.is_dir() else None


@cache
def _own(file: str, text: str) -> Source | None:
    """A module's file with its path on the import path; None where it belongs to a package."""
    foreign, roots = _places(tuple(sys.path), os.getcwd())
    path = os.path.realpath(file)
    if any(_is_foreign(each, foreign) for each in (file, path)):
        return None
    root = next((entry for entry in roots if _is_below(path, entry)), None)
    return None if root is None else Source(path, os.path.relpath(path, root), text)


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
