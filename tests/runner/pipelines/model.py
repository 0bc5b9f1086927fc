"""A small model of the specification of dags (semantics 1.17), and a simulation of the scheduler without runs."""

from pathlib import Path
from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

from polyaxon_sdk.polyflow import V1CompiledOperation, V1Dag, read
from polyaxon_sdk.runner.draft import Draft
from polyaxon_sdk.runner.pipelines.dag import DagSchedule
from polyaxon_sdk.runner.pipelines.schedule import Ended
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import load

TRIGGERS = ("all_succeeded", "all_failed", "all_done", "one_succeeded", "one_failed", "one_done")
JOB = {"run": {"kind": "job", "container": {"command": ["true"]}}}


class Node(NamedTuple):
    """An operation: which ones it waits for, and how it ends where it starts."""

    upstream: tuple[int, ...]
    trigger: str
    skips: bool
    outcome: str


@st.composite
def dags(draw: st.DrawFn, most: int = 40) -> list[Node]:
    """Dags whose operations wait for some of those before them.

    Whether an operation with a `one_` trigger is skipped with one before it hangs on which of them ends first: such
    are left out.
    """
    nodes: list[Node] = []
    for at in range(draw(st.integers(1, most))):
        upstream = draw(st.sets(st.integers(0, at - 1), max_size=4)) if at else set()
        trigger = draw(st.sampled_from(TRIGGERS))
        skips = trigger.startswith("all") and draw(st.booleans())
        outcome = draw(st.sampled_from(("succeeded", "succeeded", "failed", "skipped", "stopped")))
        nodes.append(Node(tuple(sorted(upstream)), trigger, skips, outcome))
    return nodes


def expected(nodes: list[Node]) -> list[str]:
    """How each operation ends, as the specification says."""
    ends: list[str] = []
    for node in nodes:
        before = [ends[at] for at in node.upstream]
        how, _, what = node.trigger.partition("_")
        met = [what in ("done", end) for end in before]
        if node.skips and "skipped" in before:
            ends.append("skipped")
        elif not before or (any(met) if how == "one" else all(met)):
            ends.append(node.outcome)
        else:
            ends.append("upstream_failed")
    return ends


def verdict_of(ends: list[str]) -> str:
    """How a dag ends, as the specification says."""
    if any(end == "failed" for end in ends):
        return "failed"
    return "stopped" if all(end == "stopped" for end in ends) else "succeeded"


def simulated(nodes: list[Node], *, width: int, random: Random) -> tuple[list[str], int, str]:
    """How each operation ends where runs end in a random order; how many ran at once at most; the verdict."""
    schedule = DagSchedule(_draft(nodes))
    ends: dict[str, str] = {}
    running: list[str] = []
    most = 0
    while not schedule.is_over:
        found = schedule.next(width - len(running))
        started = [each.key for each in found if each.operation is not None]
        running += started
        most = max(most, len(running))
        over = {each.key: each.status for each in found if each.operation is None}
        if not over:
            key = running.pop(random.randrange(len(running)))
            over = {key: nodes[int(key[1:])].outcome}
        for key, status in over.items():
            assert key not in ends
            ends[key] = status
            schedule.ended(Ended(key, status, None))
    return [ends[f"n{at}"] for at in range(len(nodes))], most, schedule.verdict().status


def _draft(nodes: list[Node]) -> Draft:
    operations = [
        {
            "name": f"n{at}",
            "dependencies": [f"n{each}" for each in node.upstream],
            "trigger": node.trigger,
            "skipOnUpstreamSkip": node.skips,
            "component": JOB,
        }
        for at, node in enumerate(nodes)
    ]
    operation = V1CompiledOperation(run=read(V1Dag, {"kind": "dag", "operations": operations}))
    folder = RunFolder(Path("nowhere") / "runs" / ("0f" * 16))
    return Draft(
        folder=folder,
        context=Path("nowhere"),
        settings=load(),
        owner="me",
        project="p",
        operation=operation,
    )
