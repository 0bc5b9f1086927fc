"""Services in pipelines: told wherever they are, and looked after by whoever goes on with the pipeline."""

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.runs.writer import process_start
from polyaxon_sdk.settings import Settings
from tests.polling import eventually
from tests.runner.pipelines.conftest import nested, states
from tests.system.services import fetch

pytestmark = pytest.mark.system


class Told(NamedTuple):
    """A command that carries a pipeline out, with what it told of its service, and where that answers."""

    runner: subprocess.Popen[str]
    line: str
    url: str


Begin = Callable[..., Told]


def service(port: int) -> dict[str, object]:
    """An operation that serves until nobody uses it."""
    asked = ["{{ globals.ports[0] }}", "--bind", "127.0.0.1"]
    container = {"command": ["python", "-m", "http.server"], "args": asked}
    used = {"culling": {"timeout": 2}, "probe": {"exec": {"command": "test -e used"}}}
    run = {"kind": "service", "ports": [port], "container": container}
    return {"name": "web", "component": {"termination": used, "run": run}}


@pytest.fixture
def begin(settings: Settings) -> Iterator[Begin]:
    """Run a command until it tells where its service answers."""
    runners: list[subprocess.Popen[str]] = []

    def run(*words: str) -> Told:
        command = [sys.executable, "-m", "polyaxon_sdk", *words]
        runner = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
        runners.append(runner)
        assert runner.stdout is not None
        line = next(line for line in runner.stdout if " answers at " in line)
        return Told(runner, line, line.split()[-1])

    yield run
    for runner in runners:
        runner.send_signal(signal.SIGINT)
        runner.communicate(timeout=120)


@pytest.fixture
def flow(begin: Begin, tmp_path: Path) -> Told:
    """A pipeline within which a pipeline has a service that answers."""
    (tmp_path / "used").touch()
    (tmp_path / "flow.yml").write_text(nested(service(free_port())))
    return begin("run", "-f", "flow.yml")


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("", 0))
        number: int = found.getsockname()[1]
        return number


def web(settings: Settings) -> RunState:
    return states(settings)["web"]


def process_of(settings: Settings) -> int:
    """The process of the service that was begun last."""
    facts = read_facts(RunFolder(settings.runs / web(settings).uuid))
    return next(int(str(fact.fields["pid"])) for fact in facts if fact.kind == "process")


def left_alone(told: Told) -> None:
    """Kill whoever carries the pipeline out, and nobody else."""
    told.runner.kill()
    told.runner.wait()


def polyaxon(*words: str) -> str:
    command = [sys.executable, "-m", "polyaxon_sdk", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def test_one_of_a_pipeline_within_is_told_with_its_address(flow: Told, settings: Settings) -> None:
    service = web(settings)
    assert flow.line == f"polyaxon: inner/web {service.uuid[:12]} answers at {flow.url}\n"
    assert re.search(rf"^address +{flow.url}$", polyaxon("ops", "get", "-uid", service.uuid), re.MULTILINE)


def test_one_that_outlived_its_runner_is_kept_and_stopped_in_the_end(
    flow: Told, begin: Begin, settings: Settings
) -> None:
    before, pid = web(settings), process_of(settings)
    left_alone(flow)
    again = begin("ops", "resume", "-uid", states(settings)["pipeline"].uuid)
    assert (again.line, len(fetch(again.url)) > 0) == (flow.line, True)
    assert (web(settings).uuid, web(settings).started_at) == (before.uuid, before.started_at)
    again.runner.send_signal(signal.SIGINT)
    assert again.runner.wait(120) == 130
    assert {state.status for state in states(settings).values()} == {"stopped"}
    assert process_start(pid) is None


def test_one_that_died_with_its_runner_begins_again_at_its_port(
    flow: Told, begin: Begin, settings: Settings
) -> None:
    fetch(flow.url)
    before, pid = web(settings).uuid, process_of(settings)
    left_alone(flow)
    subprocess.run(["kill", "-9", str(pid)], check=True)
    again = begin("ops", "resume", "-uid", states(settings)["pipeline"].uuid)
    assert (again.url, len(fetch(again.url)) > 0, web(settings).uuid != before) == (flow.url, True, True)


def test_one_whose_port_was_taken_meanwhile_begins_again_at_another(
    flow: Told, begin: Begin, settings: Settings
) -> None:
    pid = process_of(settings)
    left_alone(flow)
    subprocess.run(["kill", "-9", str(pid)], check=True)
    eventually(lambda: process_start(pid) is None)
    with socket.create_server(("127.0.0.1", int(flow.url.rstrip("/").rpartition(":")[2]))):
        again = begin("ops", "resume", "-uid", states(settings)["pipeline"].uuid)
        assert (again.url != flow.url, len(fetch(again.url)) > 0) == (True, True)


def test_one_that_outlived_its_runner_ends_once_nobody_uses_it(
    flow: Told, begin: Begin, settings: Settings, tmp_path: Path
) -> None:
    left_alone(flow)
    again = begin("ops", "resume", "-uid", states(settings)["pipeline"].uuid)
    (tmp_path / "used").unlink()
    again.runner.wait(120)
    assert (web(settings).status, web(settings).conditions[-2].reason) == ("stopped", "Culling")
