"""A small model of the specification of dags (semantics 1.17), and a simulation of the scheduler without runs."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

from polyaxon_sdk.polyflow import V1CompiledOperation, V1Dag, read
from polyaxon_sdk.runner.draft import Draft
from polyaxon_sdk.runner.pipelines.dag import DagSchedule
from polyaxon_sdk.runner.pipelines.schedule import Ended, Next, Verdict
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.runs.status import Condition
from polyaxon_sdk.settings import load

TRIGGERS = ("all_succeeded", "all_failed", "all_done", "one_succeeded", "one_failed", "one_done")
STATUSES = ("running", "succeeded", "failed", "skipped", "upstream_failed")
JOB = {"run": {"kind": "job", "container": {"command": ["true"]}}}


class Node(NamedTuple):
    """An operation.

    Attributes:
        upstream: those that it waits for.
        trigger: how they have to end.
        skips: whether it is skipped where one of them was.
        outcome: how it ends where it starts.
        events: for others that it waits for, a status that each has to have had.
    """

    upstream: tuple[int, ...]
    trigger: str
    skips: bool
    outcome: str
    events: tuple[tuple[int, str], ...] = ()


@st.composite
def dags(draw: st.DrawFn, most: int = 40) -> list[Node]:
    """Dags whose operations wait for some of those before them.

    Whether an operation with a `one_` trigger is skipped with one before it hangs on which of them ends first: such
    are left out.
    """
    nodes: list[Node] = []
    for at in range(draw(st.integers(1, most))):
        before = st.integers(0, max(0, at - 1))
        upstream = draw(st.sets(before, max_size=4)) if at else set()
        trigger = draw(st.sampled_from(TRIGGERS))
        skips = trigger.startswith("all") and draw(st.booleans())
        outcome = draw(st.sampled_from(("succeeded", "succeeded", "failed", "skipped", "stopped")))
        events = draw(st.dictionaries(before, st.sampled_from(STATUSES), max_size=2)) if at else {}
        nodes.append(Node(tuple(sorted(upstream)), trigger, skips, outcome, tuple(sorted(events.items()))))
    return nodes


def dag_of(
    random: Random, most: int, outcomes: tuple[str, ...], *, events: tuple[str, ...] = STATUSES[:3]
) -> list[Node]:
    """A dag of so many operations, without a strategy: those are slow where there are many."""
    nodes: list[Node] = []
    for at in range(most):
        upstream = tuple(sorted(random.sample(range(at), min(at, random.randrange(4)))))
        trigger = random.choice(TRIGGERS)
        skips = trigger.startswith("all") and random.random() < 0.3
        watched = random.sample(range(at), min(at, random.choice((0, 0, 0, 1))))
        waits = tuple((each, random.choice(events)) for each in watched)
        nodes.append(Node(upstream, trigger, skips, random.choice(outcomes), waits))
    return nodes


def expected(nodes: list[Node]) -> list[str]:
    """How each operation ends, as the specification says."""
    ends: list[str] = []
    ran: list[bool] = []
    for node in nodes:
        watched = {at for at, _ in node.events}
        before = [ends[at] for at in node.upstream if at not in watched]
        how, _, what = node.trigger.partition("_")
        met = [what in ("done", end) for end in before]
        starts = False
        if not all(ends[at] == status or (status == "running" and ran[at]) for at, status in node.events):
            ends.append("upstream_failed")
        elif node.skips and "skipped" in before:
            ends.append("skipped")
        elif not before or (any(met) if how == "one" else all(met)):
            starts = True
            ends.append(node.outcome)
        else:
            ends.append("upstream_failed")
        ran.append(starts and node.outcome != "skipped")
    return ends


def verdict_of(ends: list[str]) -> str:
    """How a dag ends, as the specification says."""
    if any(end == "failed" for end in ends):
        return "failed"
    return "stopped" if all(end == "stopped" for end in ends) else "succeeded"


class Simulated(NamedTuple):
    """What a simulation came to.

    Attributes:
        ends: how each operation ended; empty for one that never began.
        most: how many ran at once at most.
        verdict: how the dag ended.
        began: how often each operation that succeeded was begun, whatever attempt it was.
    """

    ends: list[str]
    most: int
    verdict: Verdict
    began: list[int]


class Simulation:
    """The runs of a dag, which end in a random order.

    Args:
        nodes: of the dag.
        width: how many run at once at most.
        kills: how often the runner is killed meanwhile; what runs then comes to its end by itself.
        percent: the share of failures at which the dag stops early; None for none.
    """

    def __init__(
        self, nodes: list[Node], *, width: int, random: Random, kills: int = 0, percent: int | None = None
    ) -> None:
        self._nodes = nodes
        self._width = width
        self._random = random
        self._kills = kills
        self._drafted = _draft(nodes, percent)
        self._past: dict[str, str] = {}
        self._began = dict.fromkeys((f"n{at}" for at in range(len(nodes))), 0)
        self._most = 0

    def run(self) -> Simulated:
        """Go through all of it."""
        while True:
            schedule, ends = DagSchedule(self._drafted), dict[str, str]()
            verdict = self._attempt(schedule, ends)
            if verdict is not None:
                names = [f"n{at}" for at in range(len(self._nodes))]
                began = [self._began[name] for name in names if ends.get(name) == "succeeded"]
                return Simulated([ends.get(name, "") for name in names], self._most, verdict, began)

    def _attempt(self, schedule: DagSchedule, ends: dict[str, str]) -> Verdict | None:
        """Go on until all is over; None where the runner is killed before."""
        running: list[str] = []
        over: list[tuple[str, str]] = []
        while not schedule.is_over:
            for each in schedule.next(self._width - len(running)):
                status = self._begun(each, running)
                over += [(each.key, status)] if status else []
            self._most = max(self._most, len(running))
            if self._kills and self._random.random() < 0.1:
                self._kills -= 1
                self._past |= {**ends, **{key: self._outcome(key) for key in running}}
                return None
            for key in self._random.sample(running, self._random.randint(0, len(running))):
                schedule.saw(key, self._seen(key, "running"))
            if not over:
                key = running.pop(self._random.randrange(len(running)))
                over = [(key, self._outcome(key))]
            for key, status in over:
                assert key not in ends
                ends[key] = status
                if (verdict := schedule.ended(Ended(key, status, self._seen(key, status)))) is not None:
                    return verdict
            over = []
        return schedule.verdict()

    def _begun(self, wanted: Next, running: list[str]) -> str:
        """How a run that doesn't start ended; empty for one that does."""
        if wanted.operation is None:
            return wanted.status
        if self._past.get(wanted.key) == "succeeded":
            return "succeeded"
        self._began[wanted.key] += 1
        running.append(wanted.key)
        return ""

    def _outcome(self, key: str) -> str:
        return self._nodes[int(key[1:])].outcome

    def _seen(self, key: str, status: str) -> RunState:
        """The run as it is by then: one whose condition is false, or that never started, never ran."""
        if status == "running":
            return _state("created" if self._outcome(key) == "skipped" else status)
        runs = self._began[key] and status not in ("skipped", "upstream_failed")
        return _state("running", status) if runs else _state(status)


def _state(*statuses: str) -> RunState:
    state = RunState("0f" * 16)
    state.conditions = [Condition(status, "", "", float(at)) for at, status in enumerate(statuses)]
    return state


def _draft(nodes: list[Node], percent: int | None) -> Draft:
    operations = [
        {
            "name": f"n{at}",
            "dependencies": [f"n{each}" for each in node.upstream],
            "trigger": node.trigger,
            "skipOnUpstreamSkip": node.skips,
            "component": JOB,
            "events": events_of(node) or None,
        }
        for at, node in enumerate(nodes)
    ]
    rules = [] if percent is None else [{"kind": "failure_early_stopping", "percent": percent}]
    dag = {"kind": "dag", "operations": operations, "earlyStopping": rules or None}
    operation = V1CompiledOperation(run=read(V1Dag, dag))
    folder = RunFolder(Path("nowhere") / "runs" / ("0f" * 16))
    return Draft(
        folder=folder,
        context=Path("nowhere"),
        settings=load(),
        owner="me",
        project="p",
        operation=operation,
    )


def events_of(node: Node) -> list[dict[str, object]]:
    """The events of an operation, as a file has them."""
    return [{"ref": f"ops.n{at}", "kinds": [f"run_status_{status}"]} for at, status in node.events]
