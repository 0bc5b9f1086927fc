"""The files of a run folder that a store gets."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from polyaxon_sdk.exceptions import printable
from polyaxon_sdk.storage.keys import is_text

__all__ = ["RunFile", "RunTree", "scan"]

Kind = Literal["series", "view", "free"]

_DRAINED = frozenset({"events", "plxlogs", "resources"})
_GROWING = frozenset({"record"})
_PRIVATE = frozenset({"journal"})


class RunFile(NamedTuple):
    """A file of a run: its path in the run, where its bytes are, how many are shipped, its time of change.

    A `series` only grows, and its first `size` bytes are final; a `view` is replaced whole by its writer; a
    `free` one is written by anybody in any way.
    """

    name: str
    path: str
    size: int
    mtime_ns: int
    kind: Kind

    @property
    def limit(self) -> int | None:
        """How many bytes a transfer takes; None where it takes the whole file."""
        return self.size if self.kind == "series" else None


class RunTree(NamedTuple):
    """What was found: the files, and a line on each thing that can't be shipped."""

    files: list[RunFile]
    left_out: list[str]


def scan(folder: str, lengths: Mapping[str, int], *, is_text_only: bool = False) -> RunTree:
    """The files of the run in `folder`; nothing is opened.

    What draining writes (events, samples, logs) is taken up to `lengths`, by path inside the run; a file that
    it does not name is not taken. The journal, drafts, and at the top names that begin with a dot are left
    out; a link is followed to a file of the same run only. With `is_text_only`, names that are not UTF-8 are
    left out too: no bucket takes them.

    >>> scan("/home/me/.polyaxon/runs/0f", {"events/metric/loss.plx": 120}).files  # doctest: +SKIP
    """
    root = os.path.realpath(folder)
    found = RunTree([], [])
    for name, entry in _entries(root, "", found.left_out):
        try:
            if is_text_only and not is_text(name):
                found.left_out.append(f"{printable(name)}: stays here, its name is not UTF-8")
            elif entry.is_symlink():
                _add_link(found, root, name)
            elif entry.is_file(follow_symlinks=False):
                _add(found, name, entry.path, lengths)
        except FileNotFoundError:  # deleted since it was listed
            continue
        except OSError as error:
            found.left_out.append(f"{name}: {error.strerror}")
    return found


def _entries(folder: str, prefix: str, left_out: list[str]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        left_out.append(f"{prefix or folder}: {error.strerror}")
        return
    for entry in entries:
        if not prefix and (entry.name in _PRIVATE or entry.name.startswith(".")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(entry.path, f"{prefix}{entry.name}/", left_out)
        elif not _is_draft(entry.name):
            yield f"{prefix}{entry.name}", entry


def _is_draft(name: str) -> bool:
    return name.startswith(".") and name.endswith(".part")


def _add(found: RunTree, name: str, path: str, lengths: Mapping[str, int]) -> None:
    stat = os.lstat(path)
    top, inside, _ = name.partition("/")
    size, kind = stat.st_size, _kind(top, inside)
    if top in _DRAINED:
        size = lengths.get(name, 0)
        if not size:
            return
    found.files.append(RunFile(name, path, size, stat.st_mtime_ns, kind))


def _kind(top: str, inside: str) -> Kind:
    if top in _DRAINED or top in _GROWING:
        return "series"
    return "view" if not inside and top.endswith(".plx.json") else "free"


def _add_link(found: RunTree, root: str, name: str) -> None:
    target = os.path.realpath(os.path.join(root, name))
    inside = os.path.relpath(target, root)
    top = inside.partition("/")[0]
    if top == os.pardir or not os.path.isfile(target):
        found.left_out.append(f"{name}: a link that leads to no file of this run")
    elif top not in _PRIVATE:
        stat = os.stat(target)
        found.files.append(RunFile(name, target, stat.st_size, stat.st_mtime_ns, "free"))
