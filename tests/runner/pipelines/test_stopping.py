"""Stopping a pipeline stops its runs."""

import os
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from polyaxon_sdk.runner.stop import stop
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings
from tests.polling import eventually
from tests.runner.pipelines.conftest import nested, started, states, step

pytestmark = pytest.mark.system

FILE = """
kind: component
name: pipeline
run:
  kind: dag
  operations:
  - name: long
    component: {run: {kind: job, container: {command: [sleep, "600"]}}}
  - name: after
    dependencies: [long]
    component: {run: {kind: job, container: {command: ["true"]}}}
"""


def is_running(settings: Settings) -> bool:
    state = states(settings).get("long")
    return state is not None and state.status == "running"


@contextmanager
def carried_out(settings: Settings, file: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`polyaxon run` of a file whose operation `long` runs."""
    with started("run", "-f", str(file)) as process:
        try:
            eventually(lambda: is_running(settings), timeout=120)
            yield process
        finally:
            process.kill()


@pytest.fixture
def running(settings: Settings, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`polyaxon run` of a dag whose first operation runs."""
    (tmp_path / "pipeline.yml").write_text(FILE)
    with carried_out(settings, tmp_path / "pipeline.yml") as process:
        yield process


@contextmanager
def beginning(settings: Settings, tmp_path: Path, heard: str) -> Iterator[subprocess.Popen[bytes]]:
    """The same, of a dag within a dag whose operation does `heard` where it is asked to end."""
    script = f"trap '{heard}' TERM; touch ready; while true; do sleep 0.1; done"
    (tmp_path / "deaf.yml").write_text(nested(step(script, name="long")))
    with carried_out(settings, tmp_path / "deaf.yml") as process:
        eventually((tmp_path / "ready").exists, timeout=120)
        yield process


@pytest.fixture
def deaf(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[subprocess.Popen[bytes]]:
    """One that would have to be killed, in ten minutes."""
    monkeypatch.setenv("POLYAXON_STOP_GRACE", "600")
    with beginning(settings, tmp_path, "") as process:
        yield process


@pytest.fixture
def slow(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[subprocess.Popen[bytes]]:
    """One that takes longer to end than is usual."""
    monkeypatch.setenv("POLYAXON_STOP_GRACE", "0.1")
    with beginning(settings, tmp_path, "sleep 2; touch whole; exit") as process:
        yield process


def outermost(settings: Settings) -> RunFolder:
    return RunFolder(settings.runs / states(settings)["pipeline"].uuid)


def test_ctrl_c_stops_the_runs_and_then_the_pipeline(
    running: subprocess.Popen[bytes], settings: Settings
) -> None:
    os.kill(running.pid, signal.SIGINT)
    assert running.wait(120) == 130
    assert {name: state.status for name, state in states(settings).items()} == {
        "pipeline": "stopped",
        "long": "stopped",
    }


def test_a_second_ctrl_c_kills_runs_that_take_no_notice(
    deaf: subprocess.Popen[bytes], settings: Settings
) -> None:
    os.kill(deaf.pid, signal.SIGINT)
    eventually(lambda: states(settings)["long"].status == "stopping")
    os.kill(deaf.pid, signal.SIGINT)
    assert deaf.wait(120) == 130
    assert {state.status for state in states(settings).values()} == {"stopped"}


def test_a_short_grace_time_is_that_of_its_runs(deaf: subprocess.Popen[bytes], settings: Settings) -> None:
    assert stop(outermost(settings), grace=0.2).status == "stopped"
    assert deaf.wait(120) == 130
    assert {state.status for state in states(settings).values()} == {"stopped"}


def test_a_long_grace_time_is_that_of_its_runs(
    slow: subprocess.Popen[bytes], settings: Settings, tmp_path: Path
) -> None:
    assert stop(outermost(settings), grace=120.0).status == "stopped"
    assert slow.wait(120) == 130
    assert (tmp_path / "whole").exists()


def test_who_asks_again_may_shorten_the_grace_time(deaf: subprocess.Popen[bytes], settings: Settings) -> None:
    with ThreadPoolExecutor(1) as beside:
        first = beside.submit(stop, outermost(settings))
        eventually(lambda: states(settings)["long"].status == "stopping")
        assert stop(outermost(settings), grace=0.0).status == "stopped"
        assert first.result(120).status == "stopped"
    assert deaf.wait(120) == 130


def test_a_pipeline_whose_runner_was_killed_is_stopped_with_its_runs(
    running: subprocess.Popen[bytes], settings: Settings
) -> None:
    running.kill()
    running.wait()
    assert stop(outermost(settings)).status == "stopped"
    assert states(settings)["long"].status == "stopped"


def test_it_is_stopped_from_elsewhere(running: subprocess.Popen[bytes], settings: Settings) -> None:
    assert stop(outermost(settings)).status == "stopped"
    assert running.wait(120) == 130
    assert states(settings)["long"].status == "stopped"
