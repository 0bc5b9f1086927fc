import os
import signal
import sys
from pathlib import Path

import pytest

from polyaxon_sdk.runner.executors.executor import Exit, Task
from polyaxon_sdk.runner.executors.process import ProcessExecutor

LONG = 30.0


def task(tmp_path: Path, *words: str, **environment: str) -> Task:
    return Task(words=words, environment=environment, folder=tmp_path, output=tmp_path / "out")


def sh(tmp_path: Path, script: str, **environment: str) -> Task:
    return task(tmp_path, "/bin/sh", "-c", script, **environment)


@pytest.mark.parametrize(
    ("script", "ended"),
    [
        ("exit 0", Exit(code=0)),
        ("exit 3", Exit(code=3)),
        ("kill -9 $$", Exit(signal=signal.SIGKILL)),
        ("kill -SEGV $$", Exit(signal=signal.SIGSEGV)),
        ("kill -35 $$", Exit(signal=35)),
    ],
)
def test_the_exit_is_told(tmp_path: Path, script: str, ended: Exit) -> None:
    assert ProcessExecutor().start(sh(tmp_path, script)).wait(LONG) == ended


def test_stdout_and_stderr_keep_their_order(tmp_path: Path) -> None:
    ProcessExecutor().start(sh(tmp_path, "echo a; echo b >&2; echo c")).wait(LONG)
    assert (tmp_path / "out").read_text() == "a\nb\nc\n"


def test_output_is_added_to_what_is_there(tmp_path: Path) -> None:
    for word in ("first", "second"):
        ProcessExecutor().start(sh(tmp_path, f"echo {word}")).wait(LONG)
    assert (tmp_path / "out").read_text() == "first\nsecond\n"


def test_stdin_is_empty(tmp_path: Path) -> None:
    assert ProcessExecutor().start(sh(tmp_path, "read line || exit 5")).wait(LONG) == Exit(code=5)


def test_the_environment_is_added_to_this_process(tmp_path: Path) -> None:
    ProcessExecutor().start(sh(tmp_path, 'echo "$SEED $PATH"', SEED="7")).wait(LONG)
    assert (tmp_path / "out").read_text() == f"7 {os.environ['PATH']}\n"


def test_it_leads_a_session_of_its_own(tmp_path: Path) -> None:
    code = "import os; print(os.getsid(0) == os.getpid() == os.getpgid(0))"
    ProcessExecutor().start(task(tmp_path, sys.executable, "-c", code)).wait(LONG)
    assert (tmp_path / "out").read_text() == "True\n"


def test_waiting_ends_after_the_timeout(tmp_path: Path) -> None:
    execution = ProcessExecutor().start(sh(tmp_path, "exec sleep 60"))
    ended = execution.wait(0.01)
    execution.kill()
    assert (ended, execution.wait(LONG)) == (None, Exit(signal=signal.SIGKILL))


def test_stopping_reaches_the_children_of_the_process(tmp_path: Path) -> None:
    script = "trap 'exit 4' TERM; sleep 60 & echo ready; wait"
    execution = ProcessExecutor().start(sh(tmp_path, script))
    while not (tmp_path / "out").read_text():
        assert execution.wait(0.01) is None
    execution.stop(signal.SIGTERM)
    assert execution.wait(LONG) == Exit(code=4)


def test_stopping_what_has_ended_does_nothing(tmp_path: Path) -> None:
    execution = ProcessExecutor().start(sh(tmp_path, "true"))
    execution.wait(LONG)
    execution.stop(signal.SIGTERM)
    assert execution.wait(0) == Exit(code=0)


def test_a_program_that_cannot_be_started_raises(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no program")
    with pytest.raises(OSError, match="Permission denied"):
        ProcessExecutor().start(task(tmp_path, str(tmp_path / "text")))


@pytest.mark.parametrize(
    ("ended", "text"),
    [
        (Exit(code=3), "exit code 3"),
        (Exit(signal=signal.SIGKILL), "killed by SIGKILL"),
        (Exit(signal=35), "killed by signal 35"),
    ],
)
def test_an_exit_says_itself(ended: Exit, text: str) -> None:
    assert str(ended) == text
