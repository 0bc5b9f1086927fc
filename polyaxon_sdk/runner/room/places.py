"""Places for runs: who goes on and who waits, in files of the home that each run keeps locked while it lives."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, LOCK_UN, flock
from pathlib import Path

from polyaxon_sdk.runner.room.entry import Entry, read_entry, write_entry
from polyaxon_sdk.runner.room.limits import Limits, Wish

__all__ = ["Place"]

_LOCK = ".lock"
_RAREST = 10.0
"""Seconds between two looks at most."""
_SILENT = 60.0
"""Seconds after which a run that waits, and doesn't look, keeps nobody else waiting."""


class Place:
    """The place of one run: taken where all that it asks for is free, and given back.

    Runs that waited longer go first where they wait for the same. What a dead process had is free.

    Args:
        home: of the runs.
        uuid: of the run.
        wish: what it asks for.
        limits: what there is.

    >>> Place(home, "0f", Wish(), limits).take()  # doctest: +SKIP
    True
    """

    def __init__(self, home: Path, uuid: str, wish: Wish, limits: Limits) -> None:
        self._folder = home / "slots"
        self._wish = wish
        self._limits = limits
        # A name of its own: what a killed runner left going may still keep the place of an earlier attempt.
        self._path = self._folder / f"{uuid}.{os.urandom(4).hex()}"
        self._file: int | None = None
        self._entry = Entry(uuid, time.time_ns())
        self._next_look = 0.0
        self.is_taken = False
        self.waits_for = ""

    @property
    def gpus(self) -> tuple[str, ...]:
        """The GPUs that the run has, once the place is taken."""
        return self._entry.gpus

    @property
    def descriptor(self) -> int | None:
        """What keeps the place as long as a process has it open; None where nothing is limited."""
        return self._file

    def take(self) -> bool:
        """Take the place where it is free; whether the run has it then, else `waits_for` says what it lacks.

        Raises:
            OSError: the home can't be written.
        """
        if self.is_taken or not self._limits.kinds(self._wish):
            self.is_taken = True
            return True
        began = time.monotonic()
        if began < self._next_look:
            return False
        with self._alone():
            self._look()
        # Where many wait, each looks less often.
        now = time.monotonic()
        self._next_look = now + min(_RAREST, 20 * (now - began))
        return self.is_taken

    def give_back(self) -> None:
        """Let the next one have it."""
        if self._file is None:
            return
        with suppress(OSError):
            self._path.unlink()
        with suppress(OSError):
            flock(self._file, LOCK_UN)  # for those too that have it open: processes forked meanwhile
        os.close(self._file)
        self._file = None

    def _look(self) -> None:
        others = list(self._others())
        going = [each for each in others if each.goes_on]
        lacks = self._limits.lacking(self._wish, going)
        if not lacks:
            lacks = self._behind([each for each in others if not each.goes_on])
        self.waits_for = ", ".join(lacks.values())
        cpu, memory = self._limits.share(self._wish.needs)
        gpus = self._limits.free_gpus(going)[: self._wish.needs.gpus or 0]
        self._say(
            self._entry._replace(
                lacks=tuple(lacks),
                host=self._limits.host,
                queue=self._wish.queue,
                cpu=cpu,
                memory=memory,
                gpus=() if lacks else tuple(gpus),
            )
        )
        self.is_taken = not lacks

    def _behind(self, waiting: list[Entry]) -> dict[str, str]:
        """What runs that waited longer lack, and this one would take from them."""
        kinds, mine = self._limits.kinds(self._wish), self._entry
        before = [each for each in waiting if (each.since, each.uuid) < (mine.since, mine.uuid)]
        return {
            kind: f"its turn: run {each.uuid[:12]} waits for {kind} too, and longer"
            for each in before
            for kind in each.lacks
            if kind in kinds
        }

    def _others(self) -> Iterator[Entry]:
        """The other runs that live; what the dead left behind is taken away."""
        for path in self._folder.iterdir():
            if path.name in (_LOCK, self._path.name):
                continue
            try:
                descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
            except FileNotFoundError:
                continue  # given back at this moment
            try:
                flock(descriptor, LOCK_EX | LOCK_NB)
                path.unlink(missing_ok=True)
            except BlockingIOError:
                entry = read_entry(descriptor)
                if entry is not None and (
                    entry.goes_on or time.time() - os.fstat(descriptor).st_mtime < _SILENT
                ):
                    yield entry
            finally:
                os.close(descriptor)

    def _say(self, entry: Entry) -> None:
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            flock(self._file, LOCK_EX)
        write_entry(self._file, entry)
        self._entry = entry

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            flock(descriptor, LOCK_EX)
            yield
        finally:
            flock(descriptor, LOCK_UN)  # for a process too that was forked meanwhile
            os.close(descriptor)
