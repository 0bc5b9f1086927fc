import os
import subprocess
import sys

import pytest

from polyaxon_sdk.runs.writer import Writer, process_start, this_process


def child_that_ended() -> tuple[int, int]:
    """The pid and start of a process that is gone."""
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    start = process_start(child.pid)
    assert start is not None
    child.communicate()
    return child.pid, start


def test_this_process_is_alive() -> None:
    assert this_process().life() == "alive"


def test_a_process_that_ended_is_gone() -> None:
    pid, start = child_that_ended()
    assert this_process()._replace(pid=pid, start=start).life() == "gone"


def test_a_zombie_is_gone() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert process_start(child.pid) is None
    child.wait()


def test_a_process_that_got_an_old_pid_is_another_one() -> None:
    here = this_process()
    assert here._replace(start=here.start - 1).life() == "gone"


@pytest.mark.parametrize(
    ("change", "life"),
    [
        ({"host": "elsewhere/1"}, "unknown"),
        ({"boot": "earlier"}, "gone"),
        ({"space": "pid:[1]"}, "unknown"),
        ({"host": "elsewhere/1", "boot": "other"}, "unknown"),
    ],
)
def test_the_life_of_a_process_that_is_not_seen_from_here(change: dict[str, str], life: str) -> None:
    assert this_process()._replace(**change).life() == life  # type: ignore[arg-type]  # fields that are texts


def test_two_writers_of_a_process_have_names_of_their_own() -> None:
    assert this_process().name != this_process().name


@pytest.mark.parametrize("host", ["a.b/c", "../../etc", "hôte d'été", "x" * 300])
def test_a_name_is_a_file_name_whatever_the_host_is_called(host: str) -> None:
    name = Writer(f"{host}/id", "b" * 36, "pid:[1]", 7, 8, "0a").name
    assert len(name) < 100
    assert not set(name) - set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")
