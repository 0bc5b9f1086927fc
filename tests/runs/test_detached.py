"""Starting a process that is nobody's child."""

import os
from pathlib import Path

import pytest

from polyaxon_sdk.runs.detached import Held, Program, start_detached
from polyaxon_sdk.runs.writer import process_start
from tests.polling import eventually

pytestmark = pytest.mark.system

POEM = Program("this", ())
"""A program that is there, and ends by itself."""


def words_of(pid: int) -> list[bytes]:
    return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")


def test_programs_begin_once_they_are_let_go() -> None:
    held = Held([POEM, POEM], added={})
    pids = held.pids()
    assert [words_of(pid)[0] for pid in pids] == [b"sh", b"sh"]
    held.let_go()
    assert eventually(lambda: {process_start(pid) for pid in pids} == {None}, 60)


def test_those_that_serve_this_process_give_way_to_it() -> None:
    held = Held([POEM], added={}, serves=True)
    assert [os.sched_getscheduler(pid) for pid in (*held.pids(), 0)] == [os.SCHED_BATCH, os.SCHED_OTHER]
    held.let_go()


def test_those_that_only_start_here_compete_as_ever() -> None:
    held = Held([POEM], added={})
    assert os.sched_getscheduler(held.pids()[0]) == os.SCHED_OTHER
    held.let_go()


def test_none_is_a_child_of_this_process() -> None:
    start_detached([POEM], added={})
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
    assert [pid for pid in children if words_of(int(pid))[:1] == [b"sh"]] == []
