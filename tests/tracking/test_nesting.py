"""Several runs in one process, beside and within each other."""

import pytest

from polyaxon_sdk.client.run_client import RunClient
from polyaxon_sdk.index.graph import Edge
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import RunState, read_run
from tests.scripts import Scripts

pytestmark = pytest.mark.system  # each run by hand has a sidecar

QUIET = ["POLYAXON_TRACK_CODE", "POLYAXON_TRACK_ENV", "POLYAXON_TRACK_LOGS", "POLYAXON_COLLECT_RESOURCES"]
BEGIN = "import os, sys, threading\nfrom polyaxon_sdk import tracking\n"


def track(scripts: Scripts, text: str, **variables: str) -> list[str]:
    """Run a script that tracks nothing but what it logs; the lines that it prints."""
    ended = scripts.run(BEGIN + text, **dict.fromkeys(QUIET, "false"), **variables)
    assert ended.code == 0, ended.err
    return ended.out.splitlines()


def run_of(scripts: Scripts, uuid: str) -> RunState:
    return read_run(RunFolder(scripts.home / "runs" / uuid))


def losses_of(scripts: Scripts, uuid: str) -> list[float]:
    return [point.value for point in read_series(RunFolder(scripts.home / "runs" / uuid)).get("loss", [])]


NESTED = """
parent = tracking.init(name="cv", project="digits")
tracking.log_metric("loss", 0.0)
for fold in range(2):
    with parent.child(f"fold {fold}", tags=["fold"]) as child:
        tracking.log_metric("loss", 1.0 + fold)
        parent.log_metric("loss", 10.0 + fold)
        print(child.uuid)
tracking.log_metric("loss", 20.0)
print(tracking.active_run() is parent)
print(parent.uuid)
"""


def test_runs_within_a_run_are_runs_of_their_own_under_it(scripts: Scripts, home: object) -> None:
    *children, is_parent, parent = track(scripts, NESTED)
    assert is_parent == "True"
    assert losses_of(scripts, parent) == [0.0, 10.0, 11.0, 20.0]
    assert [losses_of(scripts, child) for child in children] == [[1.0], [2.0]]
    runs = [run_of(scripts, child) for child in children]
    assert [(run.name, run.project, run.tags) for run in runs] == [
        ("fold 0", "digits", ["fold"]),
        ("fold 1", "digits", ["fold"]),
    ]
    assert {run.status for run in (*runs, run_of(scripts, parent))} == {"succeeded"}


def test_runs_within_a_run_are_found_under_it(scripts: Scripts, home: object) -> None:
    *children, _, parent = track(scripts, NESTED)
    graph = RunClient(run_uuid=parent).get_lineage()
    assert graph.edges == [Edge(parent, uuid, "run") for uuid in children]
    above = RunClient(run_uuid=children[0]).get_lineage()
    assert (above.edges, above.nodes[1].name) == ([Edge(parent, children[0], "run")], "cv")
    listed = RunClient(run_uuid=parent).list_children(sort="created_at")
    assert [row.uuid for row in listed.rows] == children
    assert {row.uuid for row in RunClient().list(query="mine:true").rows} == {parent, *children}


def test_a_run_within_a_run_fails_by_itself(scripts: Scripts) -> None:
    text = """
parent = tracking.init()
try:
    with parent.child() as child:
        raise ValueError("no digits")
except ValueError:
    print(child.uuid, parent.uuid)
"""
    child, parent = track(scripts, text)[0].split()
    assert (run_of(scripts, child).status, run_of(scripts, parent).status) == ("failed", "succeeded")
    assert run_of(scripts, child).conditions[-1].message == "ValueError: no digits"


def test_several_runs_are_open_at_a_time(scripts: Scripts) -> None:
    text = """
runs = [tracking.init(is_new=True) for _ in range(3)]
for step in range(3):
    for number, run in enumerate(runs):
        run.log_metric("loss", 1.0 * number, step=step)
runs[1].end()
print(tracking.active_run() is runs[2])
print(tracking.init(run_uuid=runs[0].uuid) is runs[0])
print(*(run.uuid for run in runs))
"""
    *same, uuids = track(scripts, text)
    assert same == ["True", "True"]
    assert [losses_of(scripts, uuid) for uuid in uuids.split()] == [[0.0] * 3, [1.0] * 3, [2.0] * 3]
    assert {run_of(scripts, uuid).status for uuid in uuids.split()} == {"succeeded"}


def test_a_run_that_is_begun_after_an_end_is_another_one(scripts: Scripts) -> None:
    text = """
for step in range(2):
    print(tracking.init().uuid)
    tracking.log_metric('loss', 1.0)
    tracking.end()
"""
    first, second = track(scripts, text)
    assert first != second
    assert losses_of(scripts, first) == losses_of(scripts, second) == [1.0]


def test_threads_that_begin_at_once_have_one_run(scripts: Scripts) -> None:
    text = """
found = []
threads = [threading.Thread(target=lambda: found.append(tracking.init().uuid)) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(set(found)))
"""
    assert track(scripts, text) == ["1"]
    assert len(list((scripts.home / "runs").iterdir())) == 1


def test_threads_with_a_run_each_keep_them_apart(scripts: Scripts) -> None:
    text = """
parent = tracking.init()
def trial(number):
    with parent.child(f"trial {number}") as run:
        for step in range(500):
            run.log_metric("loss", float(number), step=step)
        print(f"{number} {run.uuid}\\n", end="")  # in one piece: the others print too
threads = [threading.Thread(target=trial, args=(number,)) for number in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""
    trials = [line.split() for line in track(scripts, text)]
    assert [losses_of(scripts, uuid) for _, uuid in trials] == [[float(number)] * 500 for number, _ in trials]
