"""Processes that are forked from one that waits for them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from socket import socket

import pytest

from polyaxon_sdk.console.starting import CONSOLES
from polyaxon_sdk.runner.executors.executor import Execution, Exit, Task
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.nursery import NUMBER, ask, pair
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.sidecar.scribes import Scribes
from polyaxon_sdk.sidecar.watch import crew
from tests.polling import eventually
from tests.processes import words_of

pytestmark = pytest.mark.system

LONG = 120.0
PROGRAM = """
import os, socket, sys
from polyaxon_sdk.runs.nursery import serve
birth = serve(socket.socket(fileno=int(sys.argv[1])))
if birth is not None:
    os.write(birth.descriptors[0], birth.document["says"].encode())
    if birth.document["code"] < 0:
        os.kill(os.getpid(), -birth.document["code"])
    sys.exit(birth.document["code"])
"""


@pytest.fixture
def program() -> str:
    """What forks others, which say a word and end."""
    return PROGRAM


@pytest.fixture
def nursery(program: str) -> Iterator[socket]:
    """The line to a process that forks others."""
    ours, theirs = pair()
    number = theirs.fileno()
    pid = os.posix_spawn(
        sys.executable,
        [sys.executable, "-c", program, "9"],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, number, 9)],
    )
    theirs.close()
    yield ours
    ours.close()
    assert os.waitpid(pid, 0)[1] == 0


def answer(descriptor: int) -> int:
    number: int = NUMBER.unpack(os.read(descriptor, NUMBER.size))[0]
    return number


@pytest.mark.parametrize("code", [0, 7, -signal.SIGKILL])
def test_a_forked_process_gets_what_it_is_for_and_its_end_is_told(nursery: socket, code: int) -> None:
    reading, writing = os.pipe()
    answers = ask(nursery, {"says": "hello", "code": code}, [writing])
    os.close(writing)
    assert answer(answers) > 0
    assert answer(answers) == code
    assert os.read(reading, 9) == b"hello"
    os.close(reading)
    os.close(answers)


HASTY = """
import os, socket, sys
from polyaxon_sdk.runs.nursery import NUMBER, serve
os.register_at_fork(after_in_parent=lambda: os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT))
birth = serve(socket.socket(fileno=int(sys.argv[1])))
if birth is not None:
    os.write(birth.reply, NUMBER.pack(7))
    os._exit(7)
"""


@pytest.mark.parametrize("program", [HASTY])
def test_the_number_of_a_process_is_told_before_its_end_though_it_ends_at_once(nursery: socket) -> None:
    answers = ask(nursery, {}, [])
    assert answer(answers) > 7
    assert answer(answers) == 7
    os.close(answers)


def test_who_asks_for_more_than_a_message_holds_is_told(nursery: socket) -> None:
    with pytest.raises(OSError, match="long"):
        ask(nursery, {"says": "x" * (1 << 23), "code": 0}, [])


def printed(tmp_path: Path, name: str) -> str:
    """What a task's output file holds in the end."""
    task = Task(("/bin/sh", "-c", f"echo {name}"), {}, tmp_path, tmp_path / f"{name}.out")
    assert ProcessExecutor().start(task).wait(LONG) == Exit(code=0)
    return task.output.read_text()


def test_output_is_written_down_by_forked_processes_too(tmp_path: Path) -> None:
    assert [printed(tmp_path, name) for name in ("a", "b", "c")] == ["a\n", "b\n", "c\n"]


def test_output_is_written_down_where_the_process_that_forks_was_killed(tmp_path: Path) -> None:
    assert [printed(tmp_path, name) for name in ("a", "b")] == ["a\n", "b\n"]
    os.kill(CONSOLES.forked_from, signal.SIGKILL)
    eventually(lambda: not words_of(CONSOLES.forked_from), timeout=60)
    assert [printed(tmp_path, name) for name in ("c", "d")] == ["c\n", "d\n"]


def sleeping(tmp_path: Path, script: str) -> Execution:
    """A task that prints nothing until `go` is there."""
    words = ("/bin/sh", "-c", f"while [ ! -e {tmp_path}/go ]; do sleep 0.05; done; {script}")
    return ProcessExecutor().start(Task(words, {}, tmp_path, tmp_path / "late.out"))


def forked() -> str:
    """The children of what forks those that write output down."""
    return Path(f"/proc/{CONSOLES.forked_from}/task/{CONSOLES.forked_from}/children").read_text()


def test_none_is_forked_before_something_is_printed(tmp_path: Path) -> None:
    assert [printed(tmp_path, name) for name in ("a", "b")] == ["a\n", "b\n"]
    eventually(lambda: not forked())
    task = sleeping(tmp_path, "echo late; sleep 600")
    assert (task.wait(0.2), forked()) == (None, "")
    (tmp_path / "go").touch()
    eventually(lambda: task.wait(0.0) is None and (tmp_path / "late.out").read_text() == "late\n")
    task.kill()
    assert task.wait(LONG) == Exit(signal=signal.SIGKILL)


RUNNER = """
import os, sys
from pathlib import Path
from polyaxon_sdk.runner.executors.executor import Task
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runs.folder import RunFolder
run = RunFolder(sys.argv[1]).create()
for name, script in (("first", "true"), ("late", "while [ ! -e go ]; do sleep 0.05; done; echo late")):
    task = Task(("/bin/sh", "-c", script), {}, run.path, run.journal / f"{name}.out")
    execution = ProcessExecutor().start(task)
os.kill(os.getpid(), 9)
"""


def test_what_is_printed_after_the_runner_was_killed_is_written_down_and_the_record_tells_by_whom(
    tmp_path: Path,
) -> None:
    ended = subprocess.run([sys.executable, "-c", RUNNER, str(tmp_path)], check=False)
    run = RunFolder(tmp_path)
    assert ended.returncode == -signal.SIGKILL
    [scribe] = eventually(lambda: crew(run, read_facts(run)).trainers)
    assert (type(scribe), scribe.life()) == (Scribes, "alive")
    (tmp_path / "go").touch()
    eventually(lambda: (run.journal / "late.out").read_text() == "late\n")


def test_a_task_ends_though_others_hold_its_stream(tmp_path: Path) -> None:
    printed(tmp_path, "a")
    keeps = f"{sys.executable} -c 'import os, time; os.setsid(); time.sleep(600)'"
    held = sleeping(tmp_path, f"{keeps} & echo $! > {tmp_path}/pid")
    (tmp_path / "go").touch()
    assert held.wait(LONG) == Exit(code=0)
    with suppress(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)


def test_a_secret_of_the_environment_is_masked_by_a_forked_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed(tmp_path, "a")
    monkeypatch.setenv("API_TOKEN", "s3cr3t-of-later")
    assert printed(tmp_path, "s3cr3t-of-later") == "[masked]\n"


STARTING = """
import sys
from pathlib import Path
from polyaxon_sdk.runner.executors.executor import Task
from polyaxon_sdk.runner.executors.process import ProcessExecutor
folder = Path(sys.argv[1])
for name in "ab":
    ProcessExecutor().start(Task(("true",), {}, folder, folder / name)).wait(60.0)
"""


def test_a_process_that_started_several_tasks_leaves_nothing_open(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "dev", "-c", STARTING, str(tmp_path)]
    assert subprocess.run(command, capture_output=True, text=True).stderr == ""
