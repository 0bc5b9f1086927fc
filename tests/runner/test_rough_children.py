"""Runs whose processes behave badly end as they should, nothing hangs, and nothing is left of them."""

import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest

from polyaxon_sdk.runner.carrying import Nobody
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.lifecycle import carry_out
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.stop import stop
from polyaxon_sdk.runs.logs import read_logs
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.runs.writer import process_start
from polyaxon_sdk.settings import Settings
from tests.polling import eventually
from tests.runner.conftest import MakePlan, Memory, shell

pytestmark = pytest.mark.system

PRINTED = (1 << 30) if "POLYAXON_TEST_TRIALS" in os.environ else (4 << 20)
DEAF = "trap '' TERM INT; touch ready; while true; do sleep 0.1; done"
Carried = Callable[[Plan], RunState]


@pytest.fixture
def carried(settings: Settings, watcher: Memory, monkeypatch: pytest.MonkeyPatch) -> Carried:
    """Carries a plan out, in a home whose processes have half a second to end."""
    for name in ("TRACK_CODE", "TRACK_ENV", "COLLECT_RESOURCES"):
        monkeypatch.setenv(f"POLYAXON_{name}", "false")
    monkeypatch.setenv("POLYAXON_STOP_GRACE", "0.5")

    def carry(plan: Plan) -> RunState:
        executor = ProcessExecutor()
        outcome = carry_out(plan, settings=settings, executor=executor, watcher=watcher, patience=1500.0)
        assert outcome.state is not None
        return outcome.state

    return carry


def test_one_that_ignores_sigterm_is_killed(plan_of: MakePlan, carried: Carried) -> None:
    plan = plan_of(shell(DEAF))
    with ThreadPoolExecutor(1) as beside:
        running = beside.submit(carried, plan)
        eventually(Path("ready").exists, timeout=120)
        stop(plan.folder)
        assert running.result(120).status == "stopped"


def test_one_that_ignores_the_end_of_its_time_is_killed(plan_of: MakePlan, carried: Carried) -> None:
    state = carried(plan_of(shell(DEAF), termination={"timeout": 1, "maxRetries": 3}))
    assert (state.status, state.conditions[-1].reason, state.tries) == ("failed", "Timeout", 1)


class Interrupting(Nobody):
    """A watcher that presses Ctrl-C once, when the run prints."""

    def __init__(self) -> None:
        self.pressed = False

    def output(self, data: bytes) -> None:
        super().output(data)
        if not self.pressed:
            self.pressed = True
            os.kill(os.getpid(), signal.SIGINT)


def test_one_that_ignores_ctrl_c_is_killed_after_a_while(
    plan_of: MakePlan, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_STOP_GRACE", "0.5")
    plan = plan_of(shell(f"trap '' TERM INT; echo ready; {DEAF}"))
    outcome = carry_out(plan, settings=settings, executor=ProcessExecutor(), watcher=Interrupting())
    assert outcome.exit is not None
    assert outcome.exit.signal == signal.SIGKILL
    assert read_run(plan.folder).conditions[-1].message == "stopped by SIGINT"


def test_one_that_is_stopped_while_it_is_prepared_never_starts(plan_of: MakePlan, carried: Carried) -> None:
    init = [{"container": shell("touch preparing; sleep 600")}]
    run = {"kind": "job", "init": init, "container": shell("touch started")}
    plan = plan_of({}, run=run)
    with ThreadPoolExecutor(1) as beside:
        running = beside.submit(carried, plan)
        eventually(Path("preparing").exists, timeout=120)
        stop(plan.folder)
        assert running.result(120).status == "stopped"
    assert not Path("started").exists()


@pytest.mark.parametrize(
    "leaving",
    ["setsid sleep 600", "(setsid sh -c 'trap \"\" TERM; while true; do sleep 600; done' &)", "sleep 600"],
    ids=["setsid", "forked twice, ignores SIGTERM", "in the background"],
)
def test_nothing_is_left_of_one_that_leaves_a_daemon_behind(
    plan_of: MakePlan, carried: Carried, watcher: Memory, leaving: str
) -> None:
    mark = str(Path.cwd())
    state = carried(plan_of(shell(f"export MARK={mark}; {leaving} >/dev/null 2>&1 & sleep 0.3; echo done")))
    assert (state.status, watcher.printed) == ("succeeded", b"done\n")
    assert any("what it left behind is ended" in line for line in watcher.told)
    assert [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if is_marked(pid, mark)] == []


def is_marked(pid: int, mark: str) -> bool:
    """Whether a process that lives has a variable of this value."""
    try:
        environment = Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False
    return f"MARK={mark}".encode() in environment and process_start(pid) is not None


def test_a_run_that_it_started_goes_on(plan_of: MakePlan, carried: Carried, settings: Settings) -> None:
    Path("later.yml").write_text(
        "kind: component\nname: later\n"
        "run: {kind: job, container: {command: [sh, -c], args: ['sleep 2; touch later']}}\n"
    )
    detached = f"{sys.executable} -m polyaxon_sdk run -f later.yml --detach"
    plan = plan_of(shell(detached))
    assert carried(plan).status == "succeeded"
    assert eventually(Path("later").exists)
    others = [path.name for path in settings.runs.iterdir() if path.name != plan.folder.uuid]
    assert len(others) == 1


@pytest.mark.timeout(1800)  # at full count some 25 million lines are kept
def test_one_that_prints_without_end_is_kept_whole(plan_of: MakePlan, carried: Carried) -> None:
    plan = plan_of(shell(f"yes 'a line of a training that says too much' | head -c {PRINTED}"))
    assert carried(plan).status == "succeeded"
    kept = plan.folder.logs / "main.jsonl"
    assert kept.stat().st_size > PRINTED
    with kept.open("rb") as file:
        assert sum(b"a line of a training" in line for line in file) >= PRINTED // 43


class Slow(Interrupting):
    """A watcher that takes its time to show what it is shown, as a terminal far away does."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = 0

    def output(self, data: bytes) -> None:
        super().output(data)
        self.shown += len(data)
        sleep(0.01)


def test_one_that_prints_faster_than_it_is_shown_can_be_stopped(
    plan_of: MakePlan, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_STOP_GRACE", "0.5")
    plan, watcher = plan_of(shell(f"yes | head -c {16 << 20}; sleep 600")), Slow()
    outcome = carry_out(plan, settings=settings, executor=ProcessExecutor(), watcher=watcher, patience=0.0)
    assert outcome.state is not None
    assert (outcome.state.status, watcher.shown < 16 << 20) == ("stopped", True)


GREEDY = "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 28, 1 << 28)); bytearray(1 << 30)"


def test_one_that_runs_out_of_memory_has_failed_is_told_so_and_tried_again(
    plan_of: MakePlan, carried: Carried
) -> None:
    state = carried(plan_of({"command": [sys.executable, "-c", GREEDY]}, termination={"maxRetries": 1}))
    last = state.conditions[-1]
    assert last[:3] == ("failed", "OutOfMemory", "exit code 1: out of memory: MemoryError")
    assert state.tries == 2


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("kill -KILL $$", "killed by SIGKILL"),
        ("kill -SEGV $$", "killed by SIGSEGV"),
        ("sh -c 'kill -SEGV $$'; exit $?", "exit code 139 (SIGSEGV)"),
    ],
)
def test_one_that_is_killed_has_failed_and_names_the_signal(
    plan_of: MakePlan, carried: Carried, script: str, message: str
) -> None:
    assert carried(plan_of(shell(script))).conditions[-1].message == message


def test_each_attempt_is_found_in_statuses_and_output(plan_of: MakePlan, carried: Carried) -> None:
    plan = plan_of(shell("printf said; exit 1"), termination={"maxRetries": 1})
    state = carried(plan)
    assert [each.status for each in state.conditions if each.reason in ("Retry", "ExitCode")] == [
        "resuming",
        "retrying",
        "failed",
    ]
    assert [line.text for line in read_logs(plan.folder)] == ["said", "--- attempt 2 ---", "said"]
    assert state.tries == 2
