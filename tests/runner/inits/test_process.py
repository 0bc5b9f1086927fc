"""Init steps with a container of their own: its command runs here before the main process."""

import os
import signal
from pathlib import Path
from threading import Event, Timer

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runner.inits.process import ProcessStep
from polyaxon_sdk.runner.inits.step import StepError, Work
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.logs import read_logs
from polyaxon_sdk.runs.writer import process_start
from polyaxon_sdk.settings import Settings
from tests.runner.conftest import Memory, shell
from tests.runner.inits.conftest import Prepare, RunInits


def said(script: str, folder: Path, given_up: Event | None = None) -> list[str]:
    """What a script of the shell says as an init step."""
    lines: list[str] = []
    work = Work(given_up or Event(), say=lines.append, note=lambda kind, /, **fields: None)
    ProcessStep(words=("/bin/sh", "-c", script), folder=folder).carry_out(work)
    return lines


@pytest.mark.system
def test_the_containers_run_in_order_before_the_main_process(run_inits: RunInits, watcher: Memory) -> None:
    place = "{{ globals.artifacts_path }}/a"
    first = {
        "container": {**shell(f"printf \"$WHO\" > '{place}'"), "env": [{"name": "WHO", "value": "first"}]}
    }
    second = {"container": shell(f"printf ' second' >> '{place}'")}
    run_inits({"file": {"filename": "b", "content": ""}}, first, second, script=f"cat '{place}'")
    assert watcher.printed == b"first second"


@pytest.mark.system
def test_a_container_that_fails_fails_the_run_and_its_words_are_in_the_logs(
    settings: Settings, run_inits: RunInits
) -> None:
    secret = {"env": [{"name": "MY_TOKEN", "value": "s3cr3t-of-the-step"}]}
    state = run_inits({"container": {**shell("echo no data: $MY_TOKEN; exit 3"), **secret}}).state
    assert state is not None
    assert state.conditions[-1].message == "run.init[0]: container sh: exit code 3"
    logs = " ".join(line.text for line in read_logs(RunFolder(settings.runs / state.uuid)))
    assert "no data" in logs
    assert "s3cr3t" not in logs


def test_a_container_with_an_image_alone_leaves_the_step_as_it_is(prepare: Prepare) -> None:
    step = {"file": {"filename": "a", "content": ""}, "container": {"image": "alpine"}}
    assert [each.title for each in prepare(step).steps] == ["file a"]


@pytest.mark.parametrize(
    ("container", "told"),
    [
        ({"command": ["no-such-program"]}, r"run.init\[0\].container.command\[0\]: no program"),
        ({"command": ["true"], "workingDir": "/no/where"}, r"run.init\[0\].container.workingDir: no folder"),
        ({"image": "alpine"}, r"run.init\[0\]: a step without a source"),
    ],
)
def test_a_container_that_can_not_run_here_is_refused(
    prepare: Prepare, container: dict[str, object], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        prepare({"container": container})


def test_what_a_program_prints_is_said_line_by_line(tmp_path: Path) -> None:
    assert said("echo a; echo; printf b", tmp_path) == ["a", "b"]


def test_what_goes_on_in_the_background_is_not_waited_for(tmp_path: Path) -> None:
    [pid] = said("sleep 600 & echo $!", tmp_path)
    assert process_start(int(pid)) is not None
    os.kill(int(pid), signal.SIGKILL)


def test_a_program_that_nobody_wants_any_more_is_ended(tmp_path: Path) -> None:
    given_up = Event()
    Timer(0.2, given_up.set).start()
    with pytest.raises(StepError, match="given up"):
        said("sleep 600", tmp_path, given_up)
