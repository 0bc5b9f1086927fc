"""Commands whose end is known though their runner is gone are as those that the runner starts itself."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from polyaxon_sdk.runner.executors.executor import Exit, Task
from polyaxon_sdk.runner.executors.guarded import GUARDED
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.executors.warm import WarmProcess
from polyaxon_sdk.runs.exits import Left, read_left
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.sidecar.launch import launch
from tests.polling import eventually
from tests.processes import words_of

pytestmark = pytest.mark.system

LONG = 120.0
KEEPS_EXITS = tuple(map(int, os.uname().release.split("-")[0].split(".")[:2])) >= (6, 15)
"""Whether Linux tells how a process ended that is nobody's child here."""


@pytest.fixture(autouse=True)
def guarded() -> Iterator[None]:
    with GUARDED:
        yield


def task(tmp_path: Path, *words: str, held: tuple[int, ...] = ()) -> Task:
    return Task(words, {}, tmp_path, tmp_path / "main.out", held=held)


def sh(tmp_path: Path, script: str) -> Task:
    return task(tmp_path, "/bin/sh", "-c", script)


def printed(tmp_path: Path, wanted: Task) -> str:
    """What a task prints, that ends well."""
    assert ProcessExecutor().start(wanted).wait(LONG) == Exit(code=0)
    return wanted.output.read_text()


@pytest.mark.parametrize(
    ("script", "ended"),
    [
        ("exit 0", Exit(code=0)),
        ("exit 3", Exit(code=3)),
        ("kill -9 $$", Exit(signal=signal.SIGKILL)),
        ("kill -35 $$", Exit(signal=35)),
        ("read line || exit 5", Exit(code=5)),
    ],
)
def test_the_exit_is_told_and_left(tmp_path: Path, script: str, ended: Exit) -> None:
    execution = ProcessExecutor().start(sh(tmp_path, script))
    assert execution.pid is not None
    assert execution.wait(LONG) == ended
    left = read_left(tmp_path / "main.exit")
    assert left == Left(execution.pid, left.start if left else 0, ended)


def test_its_parent_is_not_the_runner(tmp_path: Path) -> None:
    assert int(printed(tmp_path, sh(tmp_path, "echo $PPID"))) == GUARDED.parent


def test_it_leads_a_session_of_its_own(tmp_path: Path) -> None:
    code = "import os; print(os.getsid(0) == os.getpid() == os.getpgid(0), os.getcwd())"
    assert printed(tmp_path, task(tmp_path, sys.executable, "-c", code)) == f"True {tmp_path}\n"


STATE = """
sed -nE 's/^(SigIgn|SigBlk):.{10}/\1 /p; /^(Nice|Seccomp|Umask)/p' /proc/self/status
ulimit -a; env -u _ | sort; ls /proc/self/fd
"""  # of the signals, those that programs know of


def test_it_is_as_if_the_runner_had_started_it(tmp_path: Path) -> None:
    guarded = printed(tmp_path, sh(tmp_path, STATE))
    (tmp_path / "main.out").unlink()
    GUARDED.__exit__(None, None, None)  # nobody wants it any more
    by_runner = printed(tmp_path, sh(tmp_path, STATE))
    GUARDED.__enter__()
    assert guarded == by_runner


def test_a_descriptor_that_it_holds_stays_open_as_long_as_it_goes_on(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    execution = ProcessExecutor().start(task(tmp_path, "/bin/sleep", "600", held=(writing,)))
    os.close(writing)
    assert select.select([reading], [], [], 0.0)[0] == []
    execution.kill()
    assert execution.wait(LONG) == Exit(signal=signal.SIGKILL)
    assert os.read(reading, 1) == b""
    os.close(reading)


@pytest.mark.parametrize(
    ("words", "folder", "told"),
    [
        (("./text",), "", r"Permission denied: '\./text'"),
        (("no-such-program",), "", "No such file or directory: 'no-such-program'"),
        (("true",), "gone", "No such file or directory: '.*/gone'"),
    ],
)
def test_a_program_that_cannot_be_started_raises(
    tmp_path: Path, words: tuple[str, ...], folder: str, told: str
) -> None:
    (tmp_path / "text").write_text("no program")
    wanted = task(tmp_path, *words)._replace(folder=tmp_path / folder)
    with pytest.raises(OSError, match=told):
        ProcessExecutor().start(wanted)


def test_where_the_process_that_starts_commands_was_killed_there_is_another(tmp_path: Path) -> None:
    before = int(printed(tmp_path, sh(tmp_path, "echo $PPID")))
    assert before == GUARDED.parent
    os.kill(before, signal.SIGKILL)
    eventually(lambda: not words_of(before), timeout=60)
    (tmp_path / "main.out").unlink()
    assert int(printed(tmp_path, sh(tmp_path, "echo $PPID"))) == GUARDED.parent != before


@pytest.mark.parametrize(
    ("script", "ended"),
    [("exit 0", Exit(code=0)), ("exit 3", Exit(code=3)), ("kill -35 $$", Exit(signal=35))],
)
def test_a_command_goes_on_where_what_waits_for_it_is_killed_and_its_end_is_told_where_linux_keeps_it(
    tmp_path: Path, script: str, ended: Exit
) -> None:
    os.mkfifo(tmp_path / "pipe")
    execution = ProcessExecutor().start(sh(tmp_path, f"read go < pipe; {script}"))
    parent = GUARDED.parent
    os.kill(parent, signal.SIGKILL)
    eventually(lambda: not words_of(parent), timeout=60)
    assert execution.wait(0.2) is None
    (tmp_path / "pipe").write_text("go\n")
    assert execution.wait(LONG) == (ended if KEEPS_EXITS else Exit())


def test_where_nobody_knows_how_a_command_ended_this_is_said() -> None:
    ended = Exit.of(WarmProcess(os.getpid(), os.open(os.devnull, os.O_RDONLY)).wait(LONG))
    told = "how its process ended is not known: what waited for it was killed"
    assert (ended.succeeded, ended.reason, str(ended)) == (False, "ProcessGone", told)


def test_what_asks_for_more_than_a_message_holds_is_started_as_ever(tmp_path: Path) -> None:
    large = {f"X{number}": "x" * 100_000 for number in range(12)}
    wanted = sh(tmp_path, "echo $PPID")._replace(environment=large)
    assert int(printed(tmp_path, wanted)) == os.getpid()


RUNNER = """
import os, sys
from pathlib import Path
from polyaxon_sdk.runner.executors.executor import Task
from polyaxon_sdk.runner.executors.guarded import GUARDED
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.writer import process_start
run = RunFolder(sys.argv[1]).create()
record = RecordWriter(run)
record.append("created", name="digits", is_managed=True, track_code=False, track_env=False)
script = "while [ ! -e go ]; do sleep 0.05; done; " + sys.argv[2]
task = Task(("/bin/sh", "-c", script), {}, run.path, run.journal / "main.out")
with GUARDED:
    record.append("status", status="starting")
    pid = ProcessExecutor().start(task).pid
    if sys.argv[3] == "recorded":
        record.append("process", replica="main", pid=pid, start=process_start(pid))
    print(GUARDED.parent, flush=True)
    os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("is_recorded", ["recorded", "unrecorded"])
@pytest.mark.parametrize(
    ("end", "told"),
    [
        ("exit 0", ("succeeded", "RunnerGone", "exit code 0; the runner was gone by then")),
        ("exit 3", ("failed", "ExitCode", "exit code 3")),
        ("kill -9 $$", ("failed", "Signal", "killed by SIGKILL")),
        ("kill -9 $PPID", ("failed", "ProcessGone", "how its process ended is not known: ")),
    ],
)
def test_how_one_ended_that_outlived_its_runner_is_told(
    home: Path, end: str, told: tuple[str, str, str], is_recorded: str
) -> None:
    run = RunFolder(home / "runs" / ("5" * 32))
    command = [sys.executable, "-c", RUNNER, str(run.path), end, is_recorded]
    ended = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    assert ended.returncode == -signal.SIGKILL
    (run.path / "go").touch()
    assert launch(run).wait(LONG)
    *before, (status, reason, message, _) = read_run(run).conditions
    assert (status, reason, message[: len(told[2])]) == told
    is_known = reason != "ProcessGone"  # others may wait until it runs
    assert [each.status for each in before] == ["starting", *(["running"] if is_known else [])]
    assert [*run.journal.glob("*.exit")] == []
    eventually(lambda: not words_of(int(ended.stdout)), timeout=60)
