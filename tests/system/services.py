"""Services of a test that really listen: started as a person does, and stopped in the end."""

import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from tests.polling import eventually
from tests.terminal import PROGRAMS

__all__ = ["Start", "Started", "fetch", "start"]


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
