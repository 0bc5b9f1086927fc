"""Runs of decorated functions that are forked from a process which has imported them are as those that are not."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from polyaxon_sdk.polyflow import V1Component, V1Operation, read
from polyaxon_sdk.runner.carrying import Nobody
from polyaxon_sdk.runner.draft import Labels, draft
from polyaxon_sdk.runner.executors.executor import Execution, Executor, Exit, Task
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.executors.warm import WARM
from polyaxon_sdk.runner.lifecycle import carry_out
from polyaxon_sdk.runner.plan import Plan, make_plan
from polyaxon_sdk.runner.sidecars import share
from polyaxon_sdk.runs.logs import read_logs
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.runs.writer import process_start
from polyaxon_sdk.settings import Settings
from tests.polling import eventually

pytestmark = pytest.mark.system

BOTH = ["cold", "warm"] if "POLYAXON_TEST_TRIALS" in os.environ else ["warm"]
"""Each is as the other: what a forked run has to be, a cold one is."""

FILE = """
import json, os, random, signal, sys, threading, time
from polyaxon_sdk import component
{top}
print("imported")

@component
def fit(x: int = 0) -> dict:
    warm = "polyaxon_sdk.authoring.warm" in open("/proc/self/cmdline").read()
    print("warm" if warm else "cold", file=open("how.txt", "a"))
    {body}
"""


class Warmed:
    """Starts tasks once what they are forked from is ready."""

    def start(self, task: Task) -> Execution:
        """Start a task."""
        eventually(lambda: WARM.is_ready(task), timeout=120)
        return ProcessExecutor().start(task)


@pytest.fixture
def warm() -> Iterator[None]:
    with WARM:
        yield


@pytest.fixture(params=BOTH)
def executor(request: pytest.FixtureRequest, warm: None) -> Executor:
    """What starts processes as ever, or forks them."""
    return Warmed() if request.param == "warm" else ProcessExecutor()


def planned(settings: Settings, body: str, *, top: str = "", **fields: object) -> Plan:
    Path("fit.py").write_text(FILE.format(body=body, top=top))
    container = {
        "command": ["python", "-m", "polyaxon_sdk.authoring"],
        "args": ["fit.py:fit"],
        "env": [{"name": "FRUIT", "value": "pear"}],
    }
    component = read(V1Component, {"kind": "component", "run": {"kind": "job", "container": container}})
    operation = read(V1Operation, {"kind": "operation", "name": "fit", **fields})
    operation = V1Operation(name="fit", component=component, termination=operation.termination)
    return make_plan(draft(operation, settings=settings, params={}, labels=Labels()))


def carried(plan: Plan, settings: Settings, executor: Executor) -> RunState:
    """The run once it is over, and drained."""
    carry_out(plan, settings=settings, executor=executor, watcher=Nobody(), patience=0.0, beside=share)
    eventually(lambda: (plan.folder.path / "run.plx.json").exists(), timeout=120)
    return read_run(plan.folder)


def printed(plan: Plan) -> str:
    return "".join(f"{line.text}\n" for line in read_logs(plan.folder))


def how(executor: Executor) -> str:
    return "warm\n" if isinstance(executor, Warmed) else "cold\n"


def test_what_it_prints_and_returns_is_kept(settings: Settings, executor: Executor) -> None:
    plan = planned(settings, 'print("called", x); print("told", file=sys.stderr); return {"loss": 1}')
    state = carried(plan, settings, executor)
    assert (state.status, state.outputs) == ("succeeded", {"result": {"loss": 1}})
    assert printed(plan) == "imported\ncalled 0\ntold\n"
    assert Path("how.txt").read_text() == how(executor)


def test_it_has_the_environment_and_the_folder_of_its_run(
    settings: Settings, executor: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VEGETABLE", "leek")
    body = (
        'e = os.environ; return {"is": [e["FRUIT"], e["VEGETABLE"], e["POLYAXON_RUN_UUID"], os.getcwd(),'
        ' os.getsid(0) == os.getpid(), sys.stdin.read(), len(sys.argv), e.get("POLYAXON_NO_OP")]}'
    )
    plan = planned(settings, body)
    found = carried(plan, settings, executor).outputs["result"]
    assert found == {"is": ["pear", "leek", plan.folder.uuid, os.getcwd(), True, "", 2, None]}


def test_numbers_are_random_where_the_file_leaves_them_so(settings: Settings, executor: Executor) -> None:
    body = 'return {"number": random.random()}'
    found = [
        json.dumps(carried(planned(settings, body), settings, executor).outputs["result"]) for _ in range(2)
    ]
    assert found[0] != found[1]


def test_numbers_are_those_of_the_seed_that_the_file_sets(settings: Settings, executor: Executor) -> None:
    plan = planned(settings, 'return {"number": random.random()}', top="random.seed(7)")
    assert carried(plan, settings, executor).outputs["result"] == {"number": 0.32383276483316237}


@pytest.mark.parametrize(
    ("made", "count"), [("random.Random()", 2), ("random.Random(7)", 1), ("numpy.random.default_rng()", 2)]
)
def test_a_generator_that_the_file_keeps_repeats_no_number_of_a_sibling_unless_it_is_seeded(
    settings: Settings, executor: Executor, made: str, count: int
) -> None:
    body = 'return {"number": KEPT.random()}'
    top = f"import numpy; KEPT = {made}"
    found = {
        str(carried(planned(settings, body, top=top), settings, executor).outputs["result"]) for _ in range(2)
    }
    assert len(found) == count


def test_what_it_does_to_its_process_is_of_no_matter_to_the_next(
    settings: Settings, executor: Executor
) -> None:
    body = (
        'found = {"is": [os.getcwd(), os.environ.get("LEFT"), getattr(sys, "left", None)]};'
        ' os.chdir("/"); os.environ["LEFT"] = "yes"; sys.left = 1; return found'
    )
    found = [carried(planned(settings, body), settings, executor).outputs["result"] for _ in range(2)]
    assert found == [{"is": [os.getcwd(), None, None]}] * 2


@pytest.mark.parametrize(("end", "code"), [("pass", 0), ("sys.exit(260)", 4), ("sys.exit('no')", 1)])
def test_how_it_ended_is_known_where_the_process_is_gone_that_it_was_forked_from(
    settings: Settings, warm: None, end: str, code: int
) -> None:
    plan = planned(settings, f"os.kill(os.getppid(), 9); time.sleep(0.5); {end}; return {{}}")
    plan.folder.create().operation.write_text("{}")
    execution = Warmed().start(plan.task)
    assert eventually(lambda: execution.wait(1.0)) == Exit(code=code)


def test_what_it_raises_is_told(settings: Settings, executor: Executor) -> None:
    plan = planned(settings, 'raise ValueError("too small")')
    assert carried(plan, settings, executor).status == "failed"
    assert "ValueError: too small" in printed(plan)


def test_what_is_left_for_its_end_is_done(settings: Settings, executor: Executor) -> None:
    body = (
        "import atexit; atexit.register(print, 'at the end');"
        " global kept; kept = open('kept.txt', 'w'); kept.write('whole');"
        " threading.Thread(target=lambda: (time.sleep(0.5), print('thread'))).start(); return {}"
    )
    plan = planned(settings, body)
    assert carried(plan, settings, executor).status == "succeeded"
    assert printed(plan) == "imported\nthread\nat the end\n"
    assert Path("kept.txt").read_text() == "whole"


def test_its_exit_code_is_the_one_that_it_asks_for(settings: Settings, executor: Executor) -> None:
    state = carried(planned(settings, "sys.exit(4)"), settings, executor)
    assert (state.status, state.conditions[-1].message) == ("failed", "exit code 4")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", "killed by SIGKILL"),
        ("os._exit(9)", "exit code 9"),
    ],
)
def test_how_its_process_ends_is_told(settings: Settings, executor: Executor, body: str, told: str) -> None:
    state = carried(planned(settings, body), settings, executor)
    assert (state.status, state.conditions[-1].message) == ("failed", told)


def test_it_is_stopped_where_its_time_is_over(settings: Settings, executor: Executor) -> None:
    plan = planned(settings, "time.sleep(600)", termination={"timeout": 3})
    state = carried(plan, settings, executor)
    assert (state.status, state.conditions[-1].reason) == ("failed", "Timeout")


@pytest.mark.parametrize(
    ("top", "told"),
    [
        (
            "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
            "it starts threads: Thread-1",
        ),
        ("from polyaxon_sdk import tracking; tracking.init()", "it begins to track"),
        ("import subprocess; P = subprocess.Popen(['sleep', '5'])", "it starts processes"),
        ("import socket; S = socket.socket()", "it opens connections"),
        ("F = open('log.txt', 'w')", "log.txt open to write"),
        ("1 / 0", "its import fails: ZeroDivisionError"),
        ("os._exit(3)", "it ends when it is imported"),
    ],
)
def test_it_starts_cold_where_forking_is_not_safe_and_tells_why_once(
    settings: Settings, warm: None, top: str, told: str
) -> None:
    task = planned(settings, "return {}", top=top).task
    WARM.is_ready(task)
    eventually(lambda: not WARM.is_ready(task) and not WARM.told.empty(), timeout=120)
    assert told in WARM.told.get()
    assert not WARM.is_ready(task)
    assert WARM.told.empty()


def test_why_it_starts_cold_is_told_to_nobody_who_comes_later(settings: Settings) -> None:
    task = planned(settings, "return {}", top="1 / 0").task
    with WARM:
        eventually(lambda: WARM.is_ready(task) or not WARM.told.empty(), timeout=120)
    assert WARM.told.empty()


def test_a_thread_that_ends_soon_keeps_nothing_from_being_forked(settings: Settings, warm: None) -> None:
    top = "import _thread; _thread.start_new_thread(time.sleep, (0.3,))"  # the system tells late of what has ended
    task = planned(settings, "return {}", top=top).task
    eventually(lambda: WARM.is_ready(task) or not WARM.told.empty(), timeout=120)
    assert WARM.is_ready(task)


def test_a_file_that_is_changed_meanwhile_is_imported_anew(settings: Settings, warm: None) -> None:
    found = [
        carried(planned(settings, f'return {{"version": {version}}}'), settings, Warmed()).outputs["result"]
        for version in (1, 22)
    ]
    assert found == [{"version": 1}, {"version": 22}]


def kept_of(settings: Settings, track_code: str, x: int) -> tuple[object, bool]:
    """What a run gives back with an input, and whether its sources are kept, with a setting of the home."""
    plan = planned(settings, 'return {"x": x}')
    plan.folder.create().operation.write_text(json.dumps({"inputs": [{"name": "x", "value": x}]}))
    (settings.home / "config.yaml").write_text(f"track_code: {track_code}\n")
    execution = Warmed().start(plan.task)
    assert eventually(lambda: execution.wait(1.0)) == Exit(code=0)
    return read_run(plan.folder).outputs["result"], plan.folder.sources.is_dir()


def test_what_was_changed_since_the_last_run_counts_for_the_next(settings: Settings, warm: None) -> None:
    found = [kept_of(settings, track_code, x) for track_code, x in (("true", 1), ("false", 2), ("true", 3))]
    assert found == [({"x": 1}, True), ({"x": 2}, False), ({"x": 3}, True)]


def test_an_operation_that_can_t_be_read_is_told_by_its_run(settings: Settings, warm: None) -> None:
    plan = planned(settings, "return {}")
    plan.folder.create().operation.write_text("{")
    execution = Warmed().start(plan.task)
    assert eventually(lambda: execution.wait(1.0)) == Exit(code=2)
    assert "can't be read as an operation" in printed(plan)


def test_none_is_forked_where_that_is_switched_off(
    settings: Settings, warm: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_WARM_STARTS", "false")
    task = planned(settings, "return {}").task
    assert not any(WARM.is_ready(task) for _ in range(3))


FORKED = (
    "if os.fork() == 0:\n        os.setsid()\n        if os.fork() == 0:\n"
    "            open('left.txt', 'w').write(str(os.getpid()))\n            [os.close(n) for n in (0, 1, 2)]\n"
    "            time.sleep(600)\n        os._exit(0)\n"
    "    while not os.path.exists('left.txt'): time.sleep(0.05)\n    return {}"
)


def test_a_daemon_that_it_forks_ends_with_it(settings: Settings, executor: Executor) -> None:
    assert carried(planned(settings, FORKED), settings, executor).status == "succeeded"
    left = int(Path("left.txt").read_text())
    eventually(lambda: process_start(left) is None)
