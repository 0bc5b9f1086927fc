"""Init steps that a person stops, or that are killed with their runner."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from socket import create_server

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings
from tests.polling import eventually
from tests.scripts import ROOT

pytestmark = pytest.mark.system

JOB = """
kind: component
run:
  kind: job
  init: [{git: {url: "http://127.0.0.1:%d/train"}}]
  container: {command: [touch, started]}
"""


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, "stopped"), (signal.SIGKILL, "failed")])
def test_a_run_that_is_ended_while_it_begins_starts_nothing(
    settings: Settings, tmp_path: Path, sent: signal.Signals, status: str
) -> None:
    with create_server(("127.0.0.1", 0)) as server:
        (tmp_path / "job.yaml").write_text(JOB % server.getsockname()[1])
        words = [sys.executable, "-m", "polyaxon_sdk", "run", "-f", "job.yaml"]
        runner = subprocess.Popen(
            words, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL
        )
        server.settimeout(60)
        connection, _ = server.accept()
        with connection:  # git waits for an answer
            runner.send_signal(sent)
            runner.wait(60)
            (path,) = settings.runs.iterdir()
            eventually(lambda: read_run(RunFolder(path)).is_done)
    assert (read_run(RunFolder(path)).status, (tmp_path / "started").exists()) == (status, False)
