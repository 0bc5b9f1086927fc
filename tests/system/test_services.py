"""Services that really listen, reached by HTTP."""

import json
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from tests.polling import eventually
from tests.required import required
from tests.scripts import Scripts
from tests.terminal import PROGRAMS

WEB = """
kind: component
name: web
{more}
run:
  kind: service
  ports: [18417]
  container: {{command: [python, -m, http.server], args: ["{{{{ globals.ports[0] }}}}", --bind, 127.0.0.1]}}
"""
PROBE = "termination: {probe: {http: {port: 18417, path: /here.txt}}}"
BOARD = """
from polyaxon_sdk import tracking
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.event_file_writer import EventFileWriter

run = tracking.init(name={name!r})
writer = EventFileWriter(tracking.get_tensorboard_path())
writer.add_event(Event(step=1, summary=Summary(value=[Summary.Value(tag="loss", simple_value=0.5)])))
writer.close()
tracking.log_metric("loss", 0.5, step=1)
print(run.uuid)
"""


class Started(NamedTuple):
    """A service that answers.

    Attributes:
        runner: the command that carries it out.
        folder: its run.
        url: where it answers.
    """

    runner: subprocess.Popen[bytes]
    folder: RunFolder
    url: str


Start = Callable[..., Started]


@pytest.fixture
def start(home: Path, tmp_path: Path) -> Iterator[Start]:
    """Start a service with `polyaxon run` and wait until it answers; it is stopped in the end."""
    runners: list[subprocess.Popen[bytes]] = []

    def begin(*words: str) -> Started:
        before = {*(home / "runs").glob("*")}
        command = [str(PROGRAMS / "polyaxon"), "run", *words]
        runner = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)
        runners.append(runner)
        folder = RunFolder(eventually(lambda: [*{*(home / "runs").glob("*")} - before], 120)[0])
        urls = eventually(lambda: read_run(folder).meta.get("urls"), 120)
        assert isinstance(urls, list)
        return Started(runner, folder, urls[0])

    yield begin
    for runner in runners:
        runner.send_signal(signal.SIGINT)
    for runner in runners:
        runner.wait(120)


def fetch(url: str) -> bytes:
    """What is found there."""
    with urlopen(url, timeout=60) as answer:  # a service of the test itself
        body: bytes = answer.read()
    return body


def test_a_service_runs_once_it_answers_and_is_stopped(start: Start, tmp_path: Path) -> None:
    (tmp_path / "web.yml").write_text(WEB.format(more=""))
    (tmp_path / "here.txt").write_text("found")
    service = start("-f", "web.yml")
    assert fetch(f"{service.url}here.txt") == b"found"
    service.runner.send_signal(signal.SIGINT)
    service.runner.wait(120)
    ended = read_run(service.folder)
    assert (ended.kind, ended.status) == ("service", "stopped")
    assert f"answers at {service.url}" in [each.message for each in ended.conditions]


def test_two_services_that_want_one_port_both_answer(start: Start, tmp_path: Path) -> None:
    (tmp_path / "web.yml").write_text(WEB.format(more=""))
    services = [start("-f", "web.yml") for _ in range(2)]
    assert len({each.url for each in services}) == len([fetch(each.url) for each in services])


def test_a_service_that_its_probe_finds_unwell_does_not_run_yet(start: Start, tmp_path: Path) -> None:
    (tmp_path / "web.yml").write_text(WEB.format(more=PROBE))
    command = [str(PROGRAMS / "polyaxon"), "run", "-f", "web.yml"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL) as runner:
        folder = RunFolder(eventually(lambda: [*(tmp_path / "home" / "runs").glob("*")], 120)[0])
        log = folder.journal / "main.out"
        eventually(lambda: log.exists() and b"GET /here.txt" in log.read_bytes(), 120)
        assert read_run(folder).status == "starting"
        (tmp_path / "here.txt").write_text("well")
        eventually(lambda: read_run(folder).status == "running", 120)
        runner.send_signal(signal.SIGINT)
        runner.wait(120)


def tracked(scripts: Scripts, *names: str) -> list[str]:
    """Runs of these names, each with a metric and an event file; their uuids."""
    required("tensorboard")
    return [scripts.run(BOARD.format(name=name)).out.split()[-1] for name in names]


def test_tensorboard_opens_over_runs_by_their_names(scripts: Scripts, start: Start) -> None:
    uuids = tracked(scripts, "first", "second")
    service = start("--hub", "tensorboard:multi-run", "-P", f"uuids={','.join(uuids)}")
    shown = eventually(lambda: (found := json.loads(fetch(f"{service.url}data/runs"))) and found, 120)
    assert {name.partition("/")[0] for name in shown} == {"first", "second"}


def test_a_notebook_server_answers_under_its_base(start: Start) -> None:
    required("notebook")
    service = start("--hub", "notebook")
    assert re.search(r"/services/v1/default/default/runs/\w+/\d+/$", service.url)
    with pytest.raises(HTTPError, match="HTTP Error 403: Forbidden"):
        fetch(f"{service.url}api/contents")
    assert "version" in json.loads(fetch(f"{service.url}api"))
