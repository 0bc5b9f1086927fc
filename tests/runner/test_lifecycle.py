import json
import os
import shutil
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import pytest

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.runner.draft import Labels
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.lifecycle import Outcome, carry_out
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.settings import Settings
from tests.runner.conftest import MakePlan, Memory, shell

RunPlan = Callable[[Plan], Outcome]


def state_of(outcome: Outcome) -> RunState:
    assert outcome.state is not None
    return outcome.state


def test_a_run_that_ends_well_has_succeeded(plan_of: MakePlan, run_plan: RunPlan) -> None:
    state = state_of(run_plan(plan_of(shell("true"))))
    assert [condition.status for condition in state.conditions] == [
        "created",
        "compiled",
        "scheduled",
        "starting",
        "running",
        "succeeded",
    ]


@pytest.mark.parametrize(
    ("script", "reason", "message"),
    [
        ("exit 3", "ExitCode", "exit code 3"),
        ("kill -9 $$", "Signal", "killed by SIGKILL"),
        ("kill -35 $$", "Signal", "killed by signal 35"),
    ],
)
def test_a_run_that_ends_badly_has_failed_and_says_why(
    plan_of: MakePlan, run_plan: RunPlan, script: str, reason: str, message: str
) -> None:
    last = state_of(run_plan(plan_of(shell(script)))).conditions[-1]
    assert last[:3] == ("failed", reason, message)


def test_a_program_that_cannot_be_started_fails_the_run(
    plan_of: MakePlan, run_plan: RunPlan, tmp_path: Path
) -> None:
    script = tmp_path / "train"
    script.write_text("neither a script nor a program")
    script.chmod(0o755)
    last = state_of(run_plan(plan_of({"command": [str(script)]}))).conditions[-1]
    assert last[:3] == ("failed", "StartFailed", f"Exec format error: {script}")


def test_a_working_folder_that_is_not_there_is_told_as_such(plan_of: MakePlan, run_plan: RunPlan) -> None:
    plan = plan_of({**shell("true"), "workingDir": "{{ globals.run_artifacts_path }}/uploads"})
    last = state_of(run_plan(plan)).conditions[-1]
    place = plan.folder.path / "uploads"
    assert last.message == f"the working folder: No such file or directory: {place}"


def test_everything_that_was_printed_is_shown(plan_of: MakePlan, run_plan: RunPlan, watcher: Memory) -> None:
    run_plan(plan_of(shell("echo one; echo two >&2; printf three")))
    assert watcher.printed == b"one\ntwo\nthree"


def test_the_record_says_what_was_run(plan_of: MakePlan, run_plan: RunPlan) -> None:
    inputs = [{"name": "epochs", "type": "int"}]
    plan = plan_of(
        shell("true {{ epochs }}"),
        name="train",
        inputs=inputs,
        outputs=[{"name": "loss", "type": "float"}],
        params={"epochs": "3", "more": "x"},
        labels=Labels(project="me/digits", tags=("a",), description="größer"),
    )
    state = state_of(run_plan(plan))
    found = (
        state.name,
        state.owner,
        state.project,
        state.tags,
        state.description,
        state.inputs,
        state.outputs,
    )
    assert found == ("train", "me", "digits", ["a"], "größer", {"more": "x", "epochs": 3}, {"loss": None})


def test_the_compiled_operation_lies_in_the_run(plan_of: MakePlan, run_plan: RunPlan) -> None:
    plan = plan_of(shell("true"), name="train")
    run_plan(plan)
    document = json.loads(plan.folder.operation.read_text())
    assert (document["kind"], document["name"]) == ("compiled_operation", "train")


def test_the_script_finds_its_run_in_the_environment(
    plan_of: MakePlan, run_plan: RunPlan, watcher: Memory
) -> None:
    plan = plan_of(shell("echo $POLYAXON_RUN_UUID"))
    run_plan(plan)
    assert watcher.printed.decode().strip() == plan.folder.uuid


def test_the_artifacts_path_is_there_and_leads_to_the_run(
    plan_of: MakePlan, run_plan: RunPlan, watcher: Memory
) -> None:
    plan = plan_of(shell("ls {{ globals.artifacts_path }}/{{ globals.uuid }}"))
    run_plan(plan)
    assert b"operation.plx.json" in watcher.printed


@pytest.mark.parametrize(
    ("delayed", "status", "message"),
    [
        (False, "failed", "never set: loss"),
        (True, "succeeded", ""),
        (None, "succeeded", ""),
    ],
)
def test_only_an_output_that_must_be_there_fails_the_run(
    plan_of: MakePlan, run_plan: RunPlan, delayed: bool | None, status: str, message: str
) -> None:
    output = {"name": "loss", "type": "float", "isOptional": True} | (
        {} if delayed is None else {"delayValidation": delayed}
    )
    last = state_of(run_plan(plan_of(shell("true"), outputs=[output]))).conditions[-1]
    assert (last.status, last.message) == (status, message)


LOGS_A_METRIC = "from polyaxon_sdk import tracking; tracking.init(); tracking.log_metric('loss', 0.5, step=1)"


def test_the_last_value_of_a_metric_is_an_output(plan_of: MakePlan, run_plan: RunPlan) -> None:
    outputs = [{"name": "loss", "type": "float", "isOptional": True, "delayValidation": False}]
    state = state_of(run_plan(plan_of({"command": ["python", "-c", LOGS_A_METRIC]}, outputs=outputs)))
    assert (state.status, state.outputs) == ("succeeded", {"loss": 0.5})


FAILS = "from polyaxon_sdk import tracking; tracking.init(); raise ValueError('no digits')"


def test_the_scripts_own_error_goes_before_its_exit_code(plan_of: MakePlan, run_plan: RunPlan) -> None:
    last = state_of(run_plan(plan_of({"command": ["python", "-c", FAILS]}))).conditions[-1]
    assert (last.status, last.message) == ("failed", "ValueError: no digits")


class Sends(Memory):
    """A watcher that sends this process signals once the run prints."""

    def __init__(self, *signals: signal.Signals) -> None:
        super().__init__()
        self.signals = list(signals)

    def output(self, data: bytes) -> None:
        super().output(data)
        if self.signals:
            os.kill(os.getpid(), self.signals.pop(0))


SAYS_WHAT_IT_GETS = """
import signal, sys, time
def end(number, frame):
    print(signal.Signals(number).name)
    sys.exit(0)
signal.signal(signal.SIGINT, end)
signal.signal(signal.SIGTERM, end)
print("ready")
time.sleep(60)
"""


@pytest.mark.parametrize(
    ("sent", "received"),
    [(signal.SIGINT, b"SIGINT"), (signal.SIGTERM, b"SIGTERM"), (signal.SIGHUP, b"SIGTERM")],
)
def test_a_request_to_stop_reaches_the_run_once(
    plan_of: MakePlan, settings: Settings, sent: signal.Signals, received: bytes
) -> None:
    watcher = Sends(sent)
    outcome = carry_out(
        plan_of({"command": ["python", "-c", SAYS_WHAT_IT_GETS]}),
        settings=settings,
        executor=ProcessExecutor(),
        watcher=watcher,
    )
    last = state_of(outcome).conditions[-1]
    assert (last[:3], watcher.printed.split()) == (
        ("stopped", "Interrupted", f"stopped by {sent.name}"),
        [b"ready", received],
    )


class WaitsForTheStop(Sends):
    """A watcher that is told of a stop, and then waits until the run has noticed it."""

    def tell(self, line: str) -> None:
        deadline = monotonic() + 10
        while b"noticed" not in self.seen() and monotonic() < deadline:
            sleep(0.02)
        self.told += self.seen().decode().split()[-1:]

    def seen(self) -> bytes:
        assert self.plan is not None
        return self.plan.task.output.read_bytes()


def test_a_run_is_stopped_before_that_is_told(plan_of: MakePlan, settings: Settings) -> None:
    watcher = WaitsForTheStop(signal.SIGTERM)
    script = "trap 'echo noticed; exit' TERM; echo ready; while :; do sleep 0.05; done"
    carry_out(plan_of(shell(script)), settings=settings, executor=ProcessExecutor(), watcher=watcher)
    assert watcher.told == ["noticed"]


def test_a_second_request_kills_a_run_that_takes_no_notice(plan_of: MakePlan, settings: Settings) -> None:
    script = "trap 'echo noticed' INT; echo ready; while :; do sleep 0.05; done"
    watcher = Sends(signal.SIGINT, signal.SIGINT)
    outcome = carry_out(
        plan_of(shell(script)), settings=settings, executor=ProcessExecutor(), watcher=watcher
    )
    ended = outcome.exit.signal if outcome.exit else None
    assert (state_of(outcome).status, ended) == ("stopped", signal.SIGKILL)


def delete(path: Path) -> None:
    """Delete a folder at once: into one that is emptied file by file, others go on writing."""
    gone = path.rename(path.parent.parent / "gone")
    shutil.rmtree(gone, ignore_errors=True)


def test_a_deleted_run_folder_is_told_in_one_line(
    plan_of: MakePlan, run_plan: RunPlan, watcher: Memory
) -> None:
    plan = plan_of(shell("echo ready; sleep 2"))
    deleting = threading.Timer(0.7, lambda: delete(plan.folder.path))
    deleting.start()
    outcome = run_plan(plan)
    assert outcome.state is None
    assert [line.partition(":")[0] for line in watcher.told] == [
        "the run's folder was deleted while it runs; nothing more is kept"
    ]


def test_a_home_that_cannot_be_written_starts_nothing(
    plan_of: MakePlan, run_plan: RunPlan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plan = plan_of(shell(f"touch {tmp_path}/started"))
    (tmp_path / "home").write_text("a file stands in its place")
    with pytest.raises(
        PolyaxonError, match=r"the run can't be written to .*Not a directory; POLYAXON_HOME names"
    ):
        run_plan(plan)
    assert not (tmp_path / "started").exists()
