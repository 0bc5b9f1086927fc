"""A schedule as its record tells it, and its runs, each started when its time has come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import chdir, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

from attrs import evolve

from polyaxon_sdk.exceptions import InputError, PolyaxonError
from polyaxon_sdk.polyflow import Schedule, V1Component, V1Operation
from polyaxon_sdk.runner.background import start
from polyaxon_sdk.runner.draft import Labels, draft
from polyaxon_sdk.runner.life import look
from polyaxon_sdk.runner.rerun import compiled_of, source_of
from polyaxon_sdk.runner.reuse.anew import anew
from polyaxon_sdk.runner.schedules.coming import check_schedule
from polyaxon_sdk.runner.schedules.deciding import Done, Step, decide
from polyaxon_sdk.runner.schedules.missed import missed_of
from polyaxon_sdk.runner.schedules.ticks import Ticks
from polyaxon_sdk.runner.schedules.zone import zone_of
from polyaxon_sdk.runner.upstream import Edge
from polyaxon_sdk.runs.fact import Fact
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordReader, RecordWriter
from polyaxon_sdk.runs.state import RunState, fold, read_run
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.launch import launch

__all__ = ["Kept"]

T = TypeVar("T", V1Component, V1Operation)


class _Idle(NamedTuple):
    """From when until when nothing is to be done, as long as the record tells the same."""

    since: float
    until: float
    facts: list[Fact]


class Kept:
    """A schedule that waits for its times.

    What it did is in its record: the run of a tick is noted there before the tick counts as seen and before the run
    starts, and that it did start behind that, so that whoever comes next goes on from there: no tick is lost or gets
    two runs, at whichever moment this process is killed.

    Args:
        folder: its run.
        settings: of the home.

    Raises:
        InputError: it was written by hand, or a setting that schedules need is wrong.
        OSError: it can't be read.
    """

    def __init__(self, folder: RunFolder, settings: Settings) -> None:
        self.folder = folder
        self._settings = settings
        self._source = source_of(folder)
        self._missed = missed_of(settings)
        self._reader = RecordReader(folder)
        self._record = RecordWriter(folder)
        state = read_run(folder)
        self._place = Path(str(state.start.get("cwd") or "."))
        self._created = state.created_at or 0.0
        schedule = compiled_of(folder).schedule
        if schedule is None:
            raise InputError("no schedule", path="schedule")
        self._ticks = Ticks(schedule, created=self._created, zone=zone_of(settings))
        self._problem = _problem_of(schedule)
        self._started: set[float] = set()
        self._idle: _Idle | None = None

    def look(self, now: float) -> Iterator[str]:
        """Start what is due; what a person may be told of each start, as it comes.

        Whoever takes no more of it leaves the other starts to the next one, as one that is killed.

        Args:
            now: seconds since the epoch.

        Raises:
            OSError: the home can't be read, or not be written.
        """
        if not self.folder.record.is_dir() or self._is_idle(now):
            return
        state, begun, seen = self._read()
        if state.is_done or state.status == "stopping":
            return
        if self._problem is not None:
            yield f"{self._over('failed', self._problem)} is refused: {self._problem}"
            return
        unborn = [
            tick for tick, run in begun.items() if tick not in self._started and not run.record.is_dir()
        ]
        for tick in unborn:
            yield self._start(tick, begun[tick])
        step = self._step(begun, seen, now)
        fresh = {tick: RunFolder(self._settings.runs / new_uuid()) for tick in step.runs}
        if step.seen is not None or fresh or state.status == "on_schedule":
            self._note(state, step, fresh)
        for tick, run in fresh.items():
            yield self._start(tick, run)
        in_turn = getattr(self._ticks.schedule, "depends_on_past", None) is True
        if step.next is not None and not step.is_over and not in_turn:
            self._idle = _Idle(now, step.next, self._reader.read())
        if step.is_over and not step.runs and all(map(_is_done, begun.values())):
            name = self._over("succeeded", f"{len(begun)} runs; none is to come")
            yield f"{name} is over after {len(begun)} runs"

    def _is_idle(self, now: float) -> bool:
        """Whether the next tick is to come and nothing was said since, so that a look would find nothing to do."""
        idle = self._idle
        if idle is None or not idle.since <= now < idle.until or self._reader.read() is not idle.facts:
            return False
        self._idle = idle._replace(since=now)  # a clock that is put back is looked at
        return True

    @property
    def is_over(self) -> bool:
        """Whether it needs nobody any more; true where it was deleted."""
        return not self.folder.record.is_dir() or read_run(self.folder).is_done

    def _read(self) -> tuple[RunState, dict[float, RunFolder], float]:
        """What is known of it, its runs by their ticks, and the last tick that was looked at."""
        facts, begun, seen = self._reader.read(), dict[float, RunFolder](), self._created
        for fact in facts:
            tick = fact.fields.get("tick")
            if fact.kind == "began" and isinstance(tick, float | int):
                begun[float(tick)] = RunFolder(self.folder.path.parent / str(fact.fields.get("run")))
            elif fact.kind == "started" and isinstance(tick, float | int):
                self._started.add(float(tick))
            elif fact.kind == "ticked" and isinstance(tick, float | int):
                seen = float(tick)
        return fold(self.folder.uuid, facts), begun, seen

    def _step(self, begun: dict[float, RunFolder], seen: float, now: float) -> Step:
        schedule = self._ticks.schedule
        most, in_turn = getattr(schedule, "max_runs", None), getattr(schedule, "depends_on_past", None)
        last = list(begun.values())[-1] if begun else None
        is_running = bool(in_turn) and last is not None and look(last).life == "running"
        done = Done(frozenset(begun), seen, is_running)
        most = most if isinstance(most, int) else None
        return decide(self._ticks, done, now, missed=self._missed, most=most, in_turn=in_turn is True)

    def _note(self, state: RunState, step: Step, fresh: Mapping[float, RunFolder]) -> None:
        record = self._record
        record.saw(self._reader.read())
        for tick, run in fresh.items():
            record.append("began", key=_moment(tick), tick=tick, run=run.uuid)
        if state.status != "running":
            record.append(
                "status", status="running", reason="Agent", message="its runs are started when they are due"
            )
        if step.seen is not None:
            record.append("ticked", tick=step.seen)
        record.append("meta", values={"next_run_at": None if step.next is None else _moment(step.next)})
        record.close()

    def _start(self, tick: float, run: RunFolder) -> str:
        """Start the run of a tick; one that was noted before, and that nothing became of, too."""
        state = read_run(self.folder)
        name = f"{state.name or self.folder.uuid[:12]} at {_moment(tick)}"
        try:
            with chdir(self._place):
                drafted = draft(
                    anew(_without_schedule(self._source)),
                    settings=self._settings,
                    params={},
                    labels=Labels(project=f"{state.owner}/{state.project}"),
                    folder=run,
                    schedule_at=_moment(tick),
                )
                parent = Edge(self.folder.uuid, "pipeline", [])
                start(evolve(drafted, edges=(parent, *drafted.edges)))
        except (PolyaxonError, OSError) as error:
            self._failed(run, state, str(error))
            return f"{name} can't be started: {error}"
        self._record.append("started", tick=tick)
        self._record.close()
        return f"{name} {run.uuid[:12]} started"

    def _failed(self, run: RunFolder, state: RunState, problem: str) -> None:
        """Note a run that could not start, so that it is seen beside the others and not tried for ever."""
        with suppress(OSError):  # told by whoever looks
            record = RecordWriter(run.create())
            where = {"owner": state.owner, "project": state.project, "user": state.user}
            record.append("created", name=state.name, kind="job", runtime="job", managed_by="agent", **where)
            record.append("status", status="created", reason="Agent", message="")
            record.append("edge", upstream=self.folder.uuid, kind="pipeline", values=[])
            record.append("status", status="failed", reason="StartFailed", message=problem)
            record.close()
            launch(run)

    def _over(self, status: str, message: str) -> str:
        """Write down that it is over; what a person calls it."""
        self._record.append("status", status=status, reason="Schedule", message=message)
        self._record.close()
        launch(self.folder)
        return read_run(self.folder).name or self.folder.uuid[:12]


def _problem_of(schedule: Schedule) -> str | None:
    """Why there are no times of it; None where there are."""
    try:
        check_schedule(schedule)
    except InputError as error:
        return str(error)
    return None


def _is_done(run: RunFolder) -> bool:
    """Whether a run is over, or was deleted."""
    return not run.record.is_dir() or look(run).life != "running"


def _without_schedule(layer: T) -> T:
    inner = layer.component
    return evolve(layer, schedule=None, component=None if inner is None else _without_schedule(inner))


def _moment(tick: float) -> str:
    return datetime.fromtimestamp(tick, UTC).isoformat()
