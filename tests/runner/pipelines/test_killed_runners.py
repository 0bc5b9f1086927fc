"""Dags whose runner is killed again and again end as the model says, and nothing that succeeded runs twice."""

import os
from collections import Counter
from pathlib import Path
from random import Random

import pytest
import yaml

from polyaxon_sdk.settings import Settings
from tests.polling import eventually
from tests.runner.pipelines.conftest import started, states
from tests.runner.pipelines.kills import carried_through
from tests.runner.pipelines.model import Node, dag_of, events_of, expected, verdict_of

pytestmark = pytest.mark.system

TRIALS = int(os.environ.get("POLYAXON_TEST_TRIALS", "1"))
SCRIPT = """
import os, sys, time
if sys.argv[5] == "tracks":
    from polyaxon_sdk import tracking
    tracking.init()
time.sleep(float(sys.argv[3]))
if sys.argv[4] == "again" and not os.path.exists(f"tried-{sys.argv[1]}"):
    open(f"tried-{sys.argv[1]}", "w").close()
    sys.exit(1)
with open("ended.txt", "a") as file:
    print(sys.argv[1], file=file, flush=True)
sys.exit(int(sys.argv[2]))
"""
OUTCOMES = ("succeeded", "succeeded", "succeeded", "failed", "skipped")


def file_of(nodes: list[Node], random: Random) -> str:
    operations = []
    for at, node in enumerate(nodes):
        again = "again" if node.outcome == "succeeded" and random.random() < 0.2 else "once"
        code = str(int(node.outcome == "failed"))
        tracks = random.choice(["tracks", "says nothing"])
        words = ["python", "node.py", f"n{at}", code, f"{random.random():.2f}", again, tracks]
        operation = {
            "name": f"n{at}",
            "dependencies": [f"n{each}" for each in node.upstream],
            "trigger": node.trigger,
            "skipOnUpstreamSkip": node.skips,
            "events": events_of(node) or None,
            "termination": {"maxRetries": 1} if again == "again" else None,
            "conditions": "false" if node.outcome == "skipped" else "true",
            "component": {"run": {"kind": "job", "container": {"command": words}}},
        }
        operations.append(operation)
    run = {"kind": "dag", "concurrency": 3, "operations": operations}
    return yaml.safe_dump({"kind": "component", "name": "pipeline", "cache": {"disable": True}, "run": run})


@pytest.mark.parametrize("seed", range(TRIALS))
def test_a_dag_whose_runner_is_killed_ends_as_the_model_says(
    settings: Settings, tmp_path: Path, seed: int
) -> None:
    random = Random(seed)
    nodes = dag_of(random, min(200, 6 + 4 * seed), OUTCOMES, events=("running", "succeeded"))
    (tmp_path / "node.py").write_text(SCRIPT)
    (tmp_path / "dag.yml").write_text(file_of(nodes, random))
    carried_through(settings, "dag.yml", "pipeline", random=random, kills=3, most=2.0)
    ended = states(settings)
    assert [ended[f"n{at}"].status for at in range(len(nodes))] == expected(nodes)
    assert ended["pipeline"].status == verdict_of(expected(nodes))
    ran = (tmp_path / "ended.txt").read_text().split() if (tmp_path / "ended.txt").exists() else []
    succeeded = [name for name, state in ended.items() if state.status == "succeeded" and name in ran]
    assert {name: Counter(ran)[name] for name in succeeded} == dict.fromkeys(succeeded, 1)


def test_of_two_who_resume_at_once_one_goes_on(settings: Settings, tmp_path: Path) -> None:
    nodes = [Node((), "all_succeeded", False, "succeeded") for _ in range(4)]
    (tmp_path / "node.py").write_text(SCRIPT)
    (tmp_path / "dag.yml").write_text(file_of(nodes, Random(1)))
    runner = started("run", "-f", "dag.yml")
    eventually(lambda: "n0" in states(settings), timeout=120)
    runner.kill()
    runner.wait()
    uuid = states(settings)["pipeline"].uuid
    both = [started("ops", "resume", "-uid", uuid) for _ in range(2)]
    assert min(each.wait(300) for each in both) == 0
    assert Counter((tmp_path / "ended.txt").read_text().split()) == {f"n{at}": 1 for at in range(4)}
