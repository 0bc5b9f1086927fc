"""The processes of a run: who they are, whether they live, and waiting until one is gone."""

from __future__ import annotations

import os
import select
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from time import sleep

from polyaxon_sdk.runs.fact import Fact
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import journal_writers
from polyaxon_sdk.runs.record import read_writers_of
from polyaxon_sdk.runs.status import DONE
from polyaxon_sdk.runs.writer import Life, Writer, process_start
from polyaxon_sdk.sidecar.exits import unrecorded
from polyaxon_sdk.sidecar.scribes import Scribes

__all__ = ["DISPERSED", "TELLING", "Crew", "Watch", "crew"]

TELLING = frozenset({"created", "imported", "joined", "left", "process", "resumed", "status"})
"""The kinds of facts that tell who works on a run."""

DISPERSED = ("succeeded", "Tracking", "its ranks have ended, none of which began it")
"""What becomes of a run whose ranks have dispersed."""


class Crew:
    """Who works on a run.

    Attributes:
        trainers: the processes that joined the run or log to it and have not left it, and those that a runner
            started.
        runner: the process that carries the run out and reports its end; None for a script run by hand.
        tasks: those trainers that a runner started.
        has_left: whether a process took its leave of the last attempt, as a script does that ends well.
        is_of_ranks: whether ranks joined the run and nobody began it or carried it out, who would say how it ended:
            the first rank tracks elsewhere, or not at all.
        is_kept: whether it is a schedule, whose runs are started by whoever keeps the schedules of its home.
        is_copy: whether it went on elsewhere when it was brought here, where nobody has worked on it.
    """

    def __init__(
        self,
        trainers: Iterable[Writer],
        runner: Writer | None,
        *,
        tasks: Iterable[Writer] = (),
        has_left: bool = False,
        is_of_ranks: bool = False,
        is_kept: bool = False,
        is_copy: bool = False,
        find_unrecorded: Callable[[], Iterable[Writer]] = tuple,
    ) -> None:
        self.trainers = list(dict.fromkeys(trainers))
        self.runner = runner
        self.tasks = list(tasks)
        self.has_left = has_left
        self.is_of_ranks = is_of_ranks
        self.is_kept = is_kept
        self.is_copy = is_copy
        self._find_unrecorded = find_unrecorded

    @property
    def trainer_life(self) -> Life:
        """`alive` while one trainer is, `unknown` while one may be."""
        lives = {trainer.life() for trainer in self.trainers}
        return "alive" if "alive" in lives else "unknown" if "unknown" in lives else "gone"

    def is_writing(self, journal: str) -> bool:
        """Whether the file of this name is the journal of a trainer that may still write to it.

        Output is named by its replica, and may be of any process that came late.
        """
        if journal.endswith(".out"):
            return self.trainer_life == "alive"
        writing = [trainer for trainer in self.trainers if journal.startswith(f"{trainer.name}.")]
        return any(trainer.life() != "gone" for trainer in writing)

    @property
    def has_dispersed(self) -> bool:
        """Whether ranks that nobody led all took their leave, as scripts do that end well."""
        return self.is_of_ranks and {*self.trainers} <= {*self.tasks}

    @property
    def is_untold(self) -> bool:
        """Whether a runner started all who work on the run, none of whom said a word to it."""
        tasks = {*self.tasks, *self._find_unrecorded()}
        return self.runner is not None and bool(tasks) and {*self.trainers} <= tasks

    @property
    def is_left(self) -> bool:
        """Whether whoever carried the run out is gone."""
        return self.runner is not None and self.runner.life() == "gone"

    @property
    def is_abandoned(self) -> bool:
        """Whether nobody is left who could say how the run ended; a schedule waits for whoever comes next."""
        if self.is_kept:
            return False
        runner = "gone" if self.runner is None else self.runner.life()
        if runner != "gone" or self.trainer_life != "gone":
            return False
        return all(each.life() == "gone" for each in self._find_unrecorded())


def crew(folder: RunFolder, facts: Iterable[Fact]) -> Crew:
    """Who works on the run, as its record and journals tell.

    Raises:
        OSError: a journal can't be read.
    """
    told = list(facts)
    facts, came = _of_this_home(told)
    writers = {writer.name: writer for writer in read_writers_of(told)}
    left = {fact.writer for fact in facts if fact.kind == "left"}
    joined = [writers.get(fact.writer) for fact in facts if fact.kind == "joined"]
    runner = None
    for fact in facts:
        if fact.kind in {"created", "resumed"} and fact.fields.get("is_managed"):
            runner = writers.get(fact.writer)
    over = _told_over(facts, writers, runner)
    started = (_started(fact, writers) for fact in facts if fact.kind == "process" and fact not in over)
    tasks = [task for task in started if task is not None]
    logging = (writer for writer in journal_writers(folder) if writer.name not in came)
    known = [*tasks, *(trainer for trainer in joined if trainer), *logging]
    trainers = [trainer for trainer in known if trainer.name not in left]
    parts = {str(fact.fields.get("part", "")) for fact in facts if fact.kind == "joined"}
    is_of_ranks = runner is None and "rank" in parts and "" not in parts
    return Crew(
        trainers,
        runner,
        tasks=tasks,
        has_left=_has_left(facts),
        is_of_ranks=is_of_ranks,
        is_kept=any(fact.kind == "created" and fact.fields.get("kind") == "schedule" for fact in told),
        is_copy=len(facts) < len(told) and not known and runner is None,
        find_unrecorded=partial(_unrecorded, folder, told, runner),
    )


def _unrecorded(folder: RunFolder, facts: Sequence[Fact], runner: Writer | None) -> list[Writer]:
    """The processes that a runner started, and that it was gone too soon to record."""
    begun = () if runner is None else unrecorded(folder, facts).values()
    return [runner._replace(pid=each.pid, start=each.start, token="") for each in begun if runner]


def _of_this_home(facts: list[Fact]) -> tuple[list[Fact], frozenset[str]]:
    """The facts that tell who works on a run here, and whose journals came with a copy of one that went on elsewhere:
    its processes work on the original."""
    for place in reversed(range(len(facts))):
        if facts[place].kind == "imported" and isinstance(
            came := facts[place].fields.get("unfinished"), list
        ):
            return facts[place + 1 :], frozenset(map(str, came))
    return facts, frozenset()


def _told_over(facts: Sequence[Fact], writers: Mapping[str, Writer], runner: Writer | None) -> list[Fact]:
    """The facts that tell of who wrote down what replicas print, and who had done so when the runner said how the run
    ended: they may be there still, for other runs."""
    found, waiting = list[Fact](), list[Fact]()
    for fact in facts if runner is not None else ():
        if fact.kind == "process" and fact.fields.get("is_console") is True:
            waiting.append(fact)
        elif fact.kind == "status" and fact.fields.get("status") in DONE and _is_by(fact, writers, runner):
            found += [each for each in waiting if each.writer == fact.writer]
    return found


def _is_by(fact: Fact, writers: Mapping[str, Writer], runner: Writer | None) -> bool:
    """Whether a fact is of the process of another writer."""
    writer = writers.get(fact.writer)
    return writer is not None and runner is not None and writer[:_PROCESS] == runner[:_PROCESS]


_PROCESS = Writer._fields.index("token")
"""So many fields tell one process from another."""


def _has_left(facts: Iterable[Fact]) -> bool:
    """Whether a process that began or carried out the last attempt left it; those that only joined don't count."""
    has_left, joined = False, set()
    for fact in facts:
        if fact.kind == "joined" and fact.fields.get("part"):
            joined.add(fact.writer)
        elif fact.kind == "left" and fact.writer not in joined:
            has_left = True
        elif fact.kind == "status" and fact.fields.get("status") == "resuming":
            has_left = False
    return has_left


class Watch:
    """Waits until time passes or one of the watched processes is gone, by pidfd: never by a bare pid."""

    def __init__(self) -> None:
        self._descriptors: dict[tuple[int, int], int] = {}
        self._poll = select.poll()

    def add(self, writers: Iterable[Writer]) -> None:
        """Watch those of `writers` that live here."""
        for writer in writers:
            key = (writer.pid, writer.start)
            if key not in self._descriptors and writer.life() == "alive" and hasattr(os, "pidfd_open"):
                self._open(key)

    def wait(self, seconds: float) -> None:
        """Wait for `seconds`, or less where a process goes."""
        if not self._descriptors:
            sleep(seconds)
            return
        for descriptor, _ in self._poll.poll(seconds * 1000):
            self._poll.unregister(descriptor)
            os.close(descriptor)
            self._descriptors = {key: each for key, each in self._descriptors.items() if each != descriptor}

    def _open(self, key: tuple[int, int]) -> None:
        pid, start = key
        try:
            descriptor = os.pidfd_open(pid)
        except OSError:  # it is gone by now, or the kernel has no pidfd; its life is looked at anyway
            return
        if process_start(pid) != start:
            os.close(descriptor)
            return
        self._descriptors[key] = descriptor
        self._poll.register(descriptor, select.POLLIN)


def _started(fact: Fact, writers: dict[str, Writer]) -> Writer | None:
    """The process that a `process` fact tells of: of the host that the fact was written on."""
    pid, start, starter = fact.fields.get("pid"), fact.fields.get("start"), writers.get(fact.writer)
    if starter is None or not isinstance(pid, int) or not isinstance(start, int):
        return None
    started = starter._replace(pid=pid, start=start, token="")
    return Scribes(*started) if fact.fields.get("is_console") is True else started
