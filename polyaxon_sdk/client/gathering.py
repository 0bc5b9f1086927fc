"""The files of this machine that a person names by themselves or by their folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from errno import ELOOP, ENOENT
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple

__all__ = ["Gathered", "gathered"]


class Gathered(NamedTuple):
    """What was found.

    Attributes:
        files: each with its path as one of what was named; a link stands for the file it leads to.
        left_out: a line on each thing that is no file: pipes, sockets, devices, links that lead nowhere or round.
        unreadable: a line on each folder that can't be read.
    """

    files: list[tuple[Path, Path]]
    left_out: list[str]
    unreadable: list[str]


def gathered(named: Iterable[Path]) -> Gathered:
    """The files and those in the folders that are named, by path.

    >>> gathered([Path("/etc/hostname")]).files  # doctest: +SKIP
    [(PosixPath('/etc/hostname'), PosixPath('hostname'))]
    """
    found = Gathered([], [], [])
    for path in named:
        path = path.absolute()
        for each in _walk(path, found, frozenset()):
            found.files.append((Path(os.path.realpath(each)), each.relative_to(path.parent)))
    return found


def _walk(path: Path, found: Gathered, above: frozenset[tuple[int, int]]) -> Iterator[Path]:
    try:
        stat = os.stat(path)
        if S_ISREG(stat.st_mode):
            yield path
        elif not S_ISDIR(stat.st_mode):
            found.left_out.append(f"{path}: neither a file nor a folder")
        elif (place := (stat.st_dev, stat.st_ino)) in above:
            found.left_out.append(f"{path}: a link to a folder that it lies in")
        else:
            for name in sorted(os.listdir(path)):
                yield from _walk(path / name, found, above | {place})
    except OSError as error:
        if error.errno not in {ENOENT, ELOOP}:
            found.unreadable.append(f"{path}: {error.strerror}")
        elif path.is_symlink():  # else it went since it was listed
            found.left_out.append(f"{path}: a link that leads nowhere")
