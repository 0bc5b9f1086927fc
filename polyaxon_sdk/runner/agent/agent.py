"""Whoever keeps the schedules of a home, and goes on with pipelines whose process was killed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from time import monotonic

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.index.page import list_page
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.runner.agent.kept import Kept
from polyaxon_sdk.runner.agent.wall_clock import WallClock, since_boot
from polyaxon_sdk.runner.background import start
from polyaxon_sdk.runner.expiry import expire, expired
from polyaxon_sdk.runner.rerun import resume
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.abandoned import close_abandoned

__all__ = ["Agent", "alone"]

_SEARCHES_EVERY = 3.0
"""Seconds between two looks for what there is to keep."""

_RECENT = 86400.0
"""Seconds within which a pipeline has to be cut off for somebody to go on with it unasked."""

_MOST_RESUMED = 3
"""How often a pipeline is gone on with: one that takes its process down with it would be for ever."""

_CUT_OFF = frozenset({"ProcessGone", "BootOver"})
_PIPELINES = frozenset({"dag", "matrix"})


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Be the one agent of a home; a process that ends, however it does, leaves the place to the next one.

    Raises:
        PolyaxonError: there is another one.
        OSError: the home can't be written.
    """
    home.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(home / "agent.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            flock(descriptor, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            who = os.read(descriptor, 200).decode("utf-8", "replace").strip()
            raise PolyaxonError(f"{who or 'another agent'} keeps the schedules of {home} already") from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()} on {os.uname().nodename}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


class Agent:
    """Looks at the clock again and again; what it starts goes on by itself.

    Args:
        settings: of the home.
        clock: tells the time, in seconds since the epoch.
        tell: is told what it does.
        steady: tells seconds that pass whatever the clock is set to.
        is_stopping: whether nothing more is to be started, which is asked between two starts.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], float],
        tell: Callable[[str], None],
        steady: Callable[[], float] = since_boot,
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._wall = WallClock(clock, steady)
        self._tell = tell
        self._is_stopping = is_stopping
        self._kept: dict[str, Kept] = {}
        self._refused: set[str] = set()
        self._next_search = 0.0

    def look(self) -> None:
        """Start what is due, and go on with what was cut off."""
        if (change := self._wall.change()) is not None:
            self._tell(change)
        if monotonic() >= self._next_search:
            self._search()
            self._next_search = monotonic() + _SEARCHES_EVERY
        for uuid, kept in list(self._kept.items()):
            if self._is_stopping():
                return
            with self._apart(uuid, "is kept no longer"):
                self._look_at(uuid, kept)

    def _look_at(self, uuid: str, kept: Kept) -> None:
        try:
            for line in kept.look(self._clock()):
                self._tell(line)
                if self._is_stopping():
                    return
            if kept.is_over:
                del self._kept[uuid]
        except OSError as error:  # of the home: it may be there again
            self._tell(f"{uuid[:12]}: {error}")

    @contextmanager
    def _apart(self, uuid: str, told: str) -> Iterator[None]:
        """Let what is wrong with one run concern that run alone: it is told, and left from then on."""
        try:
            yield
        except Exception as error:  # the edge of a run: whatever it is, the others are to go on
            self._refused.add(uuid)
            self._kept.pop(uuid, None)
            is_told = isinstance(error, PolyaxonError | OSError)
            self._tell(f"{uuid[:12]} {told}: {error if is_told else f'{type(error).__name__}: {error}'}")

    def _search(self) -> None:
        for uuid in self._asked("kind:schedule, status:~succeeded|failed|stopped|skipped"):
            if uuid not in self._kept and uuid not in self._refused:
                self._keep(uuid)
        for uuid in self._asked("kind:dag|matrix, status:~succeeded|stopped|skipped"):
            if uuid not in self._refused and not self._is_stopping():
                self._go_on(RunFolder(self._settings.runs / uuid))

        for folder in expired(self._settings, self._clock()):
            expire(folder)
            self._tell(f"{folder.uuid[:12]}: its time to live is over, its scratch folder is gone")

    def _asked(self, query: str) -> list[str]:
        try:
            return [row.uuid for row in list_page(self._settings, Question(query)).rows]
        except (PolyaxonError, OSError) as error:  # of the index, or the home: the next look may see more
            self._tell(str(error))
            return []

    def _keep(self, uuid: str) -> None:
        with self._apart(uuid, "is not kept"):
            self._kept[uuid] = Kept(RunFolder(self._settings.runs / uuid), self._settings)
            self._tell(f"{uuid[:12]} is kept")

    def _go_on(self, folder: RunFolder) -> None:
        """Resume a pipeline that was cut off lately."""
        with self._apart(folder.uuid, "can't be gone on with"):
            close_abandoned(folder, self._clock())
            state = read_run(folder)
            if not self._is_cut_off(state):
                return
            start(resume(self._settings, folder))
            self._tell(
                f"{state.name or 'pipeline'} {folder.uuid[:12]} goes on: {state.conditions[-1].message}"
            )

    def _is_cut_off(self, state: RunState) -> bool:
        last = state.conditions[-1] if state.conditions else None
        if last is None or last.status != "failed" or last.reason not in _CUT_OFF:
            return False
        is_within = any(each.kind == "pipeline" for each in state.upstream)  # that one goes on with it
        return not is_within and state.attempt < _MOST_RESUMED and self._clock() - last.time < _RECENT
