import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from tests.polling import eventually

Start = Callable[..., "subprocess.Popen[bytes]"]

JOB = """
kind: component
run:
  kind: job
  container: {command: [/bin/sh, -c], args: ['%s']}
"""
COUNTS = "for i in 1 2 3 4 5 6; do echo $i; sleep 0.3; done; touch counted"
WAITS = "touch waiting; while sleep 0.1; do echo still here; done"


@pytest.fixture
def start(folder: Path, environment: dict[str, str]) -> Start:
    """Start `polyaxon run -l` of a shell's script, behind some words of a shell."""

    def start(script: str, *, redirect: str = "", stdout: int | None = None) -> "subprocess.Popen[bytes]":
        (folder / "job.yml").write_text(JOB % script)
        command = f'exec "$@" {redirect}'
        words = [sys.executable, "-m", "polyaxon_sdk", "run", "-f", "job.yml", "-l"]
        return subprocess.Popen(
            ["/bin/sh", "-c", command, "sh", *words],
            cwd=folder,
            env=environment,
            stderr=subprocess.PIPE,
            stdout=stdout,
            preexec_fn=_heed_hangups,
        )

    return start


def _heed_hangups() -> None:
    """End by SIGHUP, also where these tests were started by nohup."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """A pipe, of which a test closes the end to read from."""
    ends = os.pipe()
    yield ends
    os.close(ends[1])


def _only_run(home: Path) -> RunFolder:
    return RunFolder(next((home / "runs").iterdir()))


def _end(runner: "subprocess.Popen[bytes]") -> tuple[int, bytes]:
    """Its exit code, and what it wrote to stderr."""
    err = runner.communicate(timeout=120)[1]
    return runner.returncode, err


@pytest.mark.parametrize("redirect", ["> /dev/full", ">&-"])
def test_a_run_that_can_be_shown_nowhere_succeeds(start: Start, home: Path, redirect: str) -> None:
    assert _end(start("exit 0", redirect=redirect)) == (0, b"")
    assert read_run(_only_run(home)).status == "succeeded"


def test_a_run_that_can_be_shown_nowhere_gives_its_exit_code(start: Start) -> None:
    assert _end(start("exit 3", redirect="> /dev/full")) == (1, b"")


def test_a_run_goes_on_when_its_reader_goes(
    start: Start, home: Path, folder: Path, pipe: tuple[int, int]
) -> None:
    runner = start(COUNTS, stdout=pipe[1])
    os.read(pipe[0], 1)
    os.close(pipe[0])
    assert _end(runner) == (0, b"")
    assert ((folder / "counted").exists(), read_run(_only_run(home)).status) == (True, "succeeded")


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP])
def test_a_run_without_a_reader_can_be_stopped(
    start: Start, home: Path, folder: Path, pipe: tuple[int, int], sent: signal.Signals
) -> None:
    runner = start(WAITS, stdout=pipe[1])
    eventually((folder / "waiting").exists)
    os.close(pipe[0])
    runner.send_signal(sent)
    assert _end(runner) == (130, b"")
    assert read_run(_only_run(home)).status == "stopped"


@pytest.mark.parametrize(
    ("redirect", "told"), [(">&-", (0, b"")), ("> /dev/full", (1, b"Error: No space left on device\n"))]
)
def test_another_command_says_that_it_cannot_write_where_there_is_a_place(
    folder: Path, environment: dict[str, str], redirect: str, told: tuple[int, bytes]
) -> None:
    words = [sys.executable, "-m", "polyaxon_sdk", "config", "show"]
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {redirect}', "sh", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == told
