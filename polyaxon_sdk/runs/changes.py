"""Marks in a home's `changes/` that tell readers which runs changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Change", "ChangeMark", "read_changes", "read_mark"]

_ANCHOR = ".mark"
"""The file that the marks of a home are names of."""

Change = tuple[int, str, str]
"""A mark's clock in nanoseconds, the run's uuid, and its whole file name."""


class ChangeMark:
    """One writer's mark: an empty file named by clock, run and writer, renamed at each change.

    A writer has one mark at a time, so that many changes leave one file, and the last change is always marked.
    A home that can't be written has no marks; a full scan finds what they would have told.
    """

    __slots__ = ("_folder", "_held", "_tail")

    def __init__(self, home: str | Path, uuid: str, token: str) -> None:
        self._folder = f"{home}/changes"
        self._tail = f"-{uuid}-{token}"
        self._held = ""

    def renew(self, clock: int) -> None:
        """Say that the run changed at `clock`; call it after the change is written."""
        new = f"{self._folder}/{clock:020d}{self._tail}"
        try:
            if self._held and _rename(self._held, new):
                self._held = new
                return
            _touch(new)
            self._held = new
        except OSError:
            self._held = ""


def read_changes(home: Path) -> list[Change]:
    """All marks of a home, oldest first."""
    try:
        names = sorted(os.listdir(os.path.join(home, "changes")))
    except FileNotFoundError:
        return []
    return [change for name in names if (change := read_mark(name)) is not None]


def read_mark(name: str) -> Change | None:
    """What the name of a mark tells; None where it is none.

    >>> read_mark("00000000000000000007-0f-ab")
    (7, '0f', '00000000000000000007-0f-ab')
    """
    clock, _, rest = name.partition("-")
    uuid, _, _ = rest.partition("-")
    return (int(clock), uuid, name) if clock.isdecimal() and uuid else None


def _touch(file: str) -> None:
    """Make an empty file: another name of one that stays, as a file of its own costs a disk ten times as much."""
    anchor = f"{os.path.dirname(file)}/{_ANCHOR}"
    try:
        os.link(anchor, file)
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(os.path.dirname(file), exist_ok=True)
        _create(anchor)
        _create(file)
    except OSError:  # it has as many names as it may have, or the disk knows one name a file
        _create(file)


def _create(file: str) -> None:
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644))


def _rename(old: str, new: str) -> bool:
    try:
        os.rename(old, new)
    except FileNotFoundError:  # a reader swept it
        return False
    return True
