"""What a script prints reaches terminal and run alike, whoever dies."""

import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from polyaxon_sdk.runs.state import read_run
from tests.polling import eventually
from tests.processes import words_of
from tests.system.consoles import PIDS, START, Consoles

NUMBERED = (
    "import os\ndef say(first, last):\n    for i in range(first, last): os.write(1, b'line %07d\\n' % i)\n"
)
LINES = [f"line {number:07}" for number in range(20_000)]
TROUBLE = NUMBERED + PIDS + "import time, signal\nwhile len(pids()) < 2: time.sleep(0.01)\nsay(0, 10_000)\n"


@pytest.fixture
def consoles(tmp_path: Path) -> Consoles:
    return Consoles(tmp_path / "home")


def test_python_c_and_children_are_heard_in_the_order_of_writing(consoles: Consoles) -> None:
    text = """
import os, subprocess, sys
print("one", flush=True)
os.write(2, b"two\\n")
subprocess.run(["sh", "-c", "echo three; echo four >&2"])
sys.stderr.write("five\\n")
"""
    assert consoles.piped(text).out == b"one\ntwo\nthree\nfour\nfive\n"
    assert consoles.kept() == ["one", "two", "three", "four", "five"]


def test_a_terminal_stays_one_of_the_same_size(consoles: Consoles) -> None:
    same = "os.get_terminal_size(2) == os.get_terminal_size(0)"
    shown = consoles.at_terminal(f"import os, sys\nprint(os.isatty(1), sys.stderr.isatty(), {same})")
    assert (shown.out, consoles.kept()) == (b"True True True\n", ["True True True"])


def test_a_prompt_is_answered_where_it_was_asked(consoles: Consoles) -> None:
    shown = consoles.at_terminal("name = input('name? '); print('hello', name)", typed=b"bob\n")
    assert shown.out == b"bob\nname? hello bob\n"
    assert consoles.kept() == ["name? hello bob"]


def test_a_pipe_stays_one(consoles: Consoles) -> None:
    assert consoles.piped("import sys; print(sys.stdout.isatty())").out == b"False\n"


def test_a_file_is_left_alone_and_read(consoles: Consoles, tmp_path: Path) -> None:
    with (tmp_path / "out").open("w") as file:
        file.write("before\n")
        file.flush()
        text = START + "import os; print('hello', os.fstat(1).st_size)"
        subprocess.run(
            [sys.executable, "-c", text], env=consoles.environment, stdout=file, check=True, timeout=120
        )
    assert (tmp_path / "out").read_text() == "before\nhello 7\n"
    assert consoles.kept() == ["hello 7"]


def test_progress_bars_are_folded(consoles: Consoles) -> None:
    consoles.piped("for i in range(101): print(f'\\r{i}%', end='')\nprint()\nprint('done')")
    assert consoles.kept() == ["100%", "done"]


def test_an_exception_is_heard(consoles: Consoles) -> None:
    assert consoles.piped("1 / 0").code == 1
    assert consoles.kept()[-1] == "ZeroDivisionError: division by zero"


def test_nothing_is_heard_behind_the_end_of_the_run(consoles: Consoles) -> None:
    assert consoles.piped("print('in'); run.end(); print('out')").out == b"in\nout\n"
    assert consoles.kept() == ["in"]


def test_bytes_that_are_no_text_pass(consoles: Consoles) -> None:
    data = bytes(range(256)) * 5
    assert consoles.piped(f"import os; os.write(1, {data!r})").out == data


@pytest.mark.parametrize("how", ["os._exit(3)", "os.kill(os.getpid(), 9)"])
def test_what_was_printed_before_a_sudden_end_is_kept(consoles: Consoles, how: str) -> None:
    shown = consoles.piped(f"{NUMBERED}\nsay(0, 20_000)\n{how}")
    assert shown.out.decode().splitlines() == LINES
    assert consoles.kept() == LINES


def test_the_processes_are_gone_with_the_script(consoles: Consoles) -> None:
    shown = consoles.piped(f"{PIDS}import time\nwhile len(pids()) < 2: time.sleep(0.01)\nprint(*pids())")
    listeners = [int(pid) for pid in shown.out.split()]
    eventually(lambda: not any(map(words_of, listeners)))
    assert len(listeners) == 2


def test_what_outlives_the_script_still_prints(consoles: Consoles) -> None:
    text = "import subprocess; subprocess.Popen(['sh', '-c', 'sleep 1; echo late']); print('soon')"
    assert consoles.piped(text).out == b"soon\nlate\n"
    assert consoles.kept() == ["soon"]


def test_a_flood_for_a_slow_reader_is_shown_and_kept_whole(consoles: Consoles) -> None:
    many = [f"line {number:07}" for number in range(300_000)]  # more than pipes hold and is read ahead
    script = shlex.quote(f"{START}{NUMBERED}say(0, {len(many)})")
    assert consoles.in_shell(f"{sys.executable} -c {script} | (sleep 1; cat)").decode().splitlines() == many
    assert consoles.kept() == many


FLOOD = "while True: print(1)"


def test_a_reader_that_leaves_breaks_the_pipe_as_ever(consoles: Consoles) -> None:
    script = f"{sys.executable} -c '{START}{FLOOD}' 2>/dev/null"
    assert consoles.in_shell(f"{script} | head -n 1; echo ${{PIPESTATUS[0]}}") == b"1\n1\n"


def test_forked_workers_do_not_keep_a_broken_pipe_open(consoles: Consoles) -> None:
    worker = "import os, time\nif os.fork() == 0: os.close(1); os.close(2); time.sleep(5); os._exit(0)\n"
    script = f"{sys.executable} -c '{START}{worker}{FLOOD}' 2>/dev/null"
    assert consoles.in_shell(f"{script} | head -n 1; echo ${{PIPESTATUS[0]}}") == b"1\n1\n"


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param("pids()[1], signal.SIGKILL", id="the mover is killed"),
        pytest.param("pids()[0], signal.SIGKILL", id="the scribe is killed"),
        pytest.param("pids()[1], signal.SIGSTOP", id="the mover is stopped"),
        pytest.param("pids()[0], signal.SIGSTOP", id="the scribe is stopped"),
    ],
)
def test_nothing_is_lost_where_a_reader_is_killed_or_stopped(consoles: Consoles, trouble: str) -> None:
    shown = consoles.piped(f"{TROUBLE}\nos.kill({trouble})\nsay(10_000, 20_000)")
    assert sorted(set(shown.out.decode().splitlines())) == LINES
    assert sorted(set(consoles.kept())) == LINES


NO_LONGER = "polyaxon: what is printed is no longer kept: the processes that did it are gone\n"
BOTH = f"{TROUBLE}\ntime.sleep(0.3)\nfor pid in pids(): os.kill(pid, SIGNAL)\nsay(10_000, 20_000)\n"


def test_output_goes_straight_to_the_terminal_where_both_readers_are_killed(consoles: Consoles) -> None:
    shown = consoles.at_terminal(BOTH.replace("SIGNAL", "9")).out.decode()
    assert sorted(shown.replace(NO_LONGER, "").splitlines()) == LINES
    assert consoles.kept()[: len(LINES) // 2] == LINES[: len(LINES) // 2]


def test_both_readers_go_on_where_somebody_stops_them(consoles: Consoles) -> None:
    assert consoles.piped(BOTH.replace("SIGNAL", "signal.SIGSTOP")).out.decode().splitlines() == LINES
    assert consoles.kept() == LINES


EARLY = f"{NUMBERED}import time, signal{PIDS}while not pids(): time.sleep(0.001)\n"
EARLY += "for pid in pids(): os.kill(pid, SIGNAL)\nsay(0, 200)\n"


KILLED_EARLY = f"""{NUMBERED}import contextlib, signal, time{PIDS}
while not pids(): time.sleep(0.001)
while found := pids():  # one may be forked while the other is killed
    with contextlib.suppress(ProcessLookupError):
        for pid in found: os.kill(pid, signal.SIGKILL)
say(0, 200)
"""


@pytest.mark.parametrize("signal", ["signal.SIGSTOP", "signal.SIGKILL"])
@pytest.mark.parametrize("where", ["piped", "at_terminal"])
def test_readers_that_are_stopped_or_killed_at_once_lose_nothing_of_a_short_script(
    consoles: Consoles, where: str, signal: str
) -> None:
    shown = getattr(consoles, where)(EARLY.replace("SIGNAL", signal)).out.decode()
    assert shown.replace(NO_LONGER, "").splitlines() == LINES[:200]
    assert consoles.kept() == LINES[:200]


@pytest.mark.parametrize("where", ["piped", "at_terminal"])
def test_a_run_says_that_its_readers_were_killed_however_short_the_script(
    consoles: Consoles, where: str
) -> None:
    getattr(consoles, where)(KILLED_EARLY)
    assert read_run(consoles.the_run()).problems == [NO_LONGER.removeprefix("polyaxon: ").rstrip()]


STOP_AT_THE_END = f"{TROUBLE}\ntime.sleep(0.3)\nfor pid in pids(): os.kill(pid, signal.SIGSTOP)\n"


def test_readers_that_are_stopped_with_nothing_to_do_go_on_at_the_end(consoles: Consoles) -> None:
    consoles.piped(STOP_AT_THE_END)
    assert consoles.kept() == LINES[: len(LINES) // 2]


def test_a_reader_of_a_file_that_is_stopped_goes_on_at_the_end(consoles: Consoles) -> None:
    script = START + EARLY.replace("SIGNAL", "signal.SIGSTOP")
    consoles.in_shell(f"{sys.executable} -c {shlex.quote(script)} > {consoles.home}.out")
    assert consoles.kept() == LINES[:200]


def test_a_flag_leaves_all_as_it_is(consoles: Consoles) -> None:
    text = "import os; place = os.readlink('/proc/self/fd/1')\nfrom polyaxon_sdk import tracking\n"
    text += "tracking.init(track_logs=False); print(os.readlink('/proc/self/fd/1') == place)"
    ended = subprocess.run(
        [sys.executable, "-c", text],
        env=consoles.environment,
        stdout=subprocess.PIPE,
        timeout=120,
        check=True,
    )
    assert (ended.stdout, consoles.kept()) == (b"True\n", [])


def test_a_child_that_joins_the_run_is_not_heard_twice(consoles: Consoles) -> None:
    child = (
        "import sys; from polyaxon_sdk import tracking; tracking.init(run_uuid=sys.argv[1]); print('child')"
    )
    consoles.piped(f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {child!r}, run.uuid])")
    assert consoles.kept() == ["child"]


def test_an_interrupt_reaches_the_script_and_not_what_captures(consoles: Consoles) -> None:
    text = "import os, signal\ntry: os.killpg(0, signal.SIGINT)\nexcept KeyboardInterrupt: print('caught')"
    ended = subprocess.run(
        [sys.executable, "-c", START + text],
        env=consoles.environment,
        stdout=subprocess.PIPE,
        timeout=120,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        check=True,
    )
    assert (ended.stdout, consoles.kept()) == (b"caught\n", ["caught"])


def test_a_job_is_heard_on_where_both_readers_are_killed(consoles: Consoles, tmp_path: Path) -> None:
    find = PIDS.replace("run.uuid", "os.environ['POLYAXON_RUN_UUID']")
    text = f"{TROUBLE.replace(PIDS, find)}\ntime.sleep(0.5)\nfor pid in pids(): os.kill(pid, 9)\nsay(10_000, 20_000)\n"
    (tmp_path / "job.py").write_text(text)
    (tmp_path / "op.yml").write_text(
        "kind: component\nrun: {kind: job, container: {command: [python, job.py]}}\n"
    )
    command = [sys.executable, "-m", "polyaxon_sdk", "run", "-f", "op.yml"]
    subprocess.run(command, cwd=tmp_path, env=consoles.environment, timeout=120, check=True)
    assert consoles.kept() == LINES
