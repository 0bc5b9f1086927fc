"""What a process keeps of an index between two answers."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.store import Index
from tests.index.conftest import AddRun

FORKING = """
import os, sys
from pathlib import Path
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.store import Index

home = Path(sys.argv[1])

def names():
    with Index(home, home / "cache") as index:
        return [row.name for row in index.list(Question(sort="name")).rows]

with Index(home, home / "cache") as kept:
    before = [row.name for row in kept.list(Question(sort="name")).rows]
    child = os.fork()
    if child == 0:
        os._exit(names() != before)
    _, status = os.waitpid(child, 0)
    print(status, before == names() == [row.name for row in kept.list(Question(sort="name")).rows])
"""


def names(home: Path) -> list[str | None]:
    with Index(home, home / "cache") as index:
        return [row.name for row in index.list(Question(sort="name")).rows]


def opened(folder: Path) -> list[str]:
    """The files of a folder that this process has open."""
    paths = [os.path.realpath(f"/proc/self/fd/{each}") for each in os.listdir("/proc/self/fd")]
    return [path for path in paths if path.startswith(str(folder))]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="what is open is told by Linux")
def test_nothing_of_a_home_is_open_between_answers(add_run: AddRun, home: Path) -> None:
    add_run("a")
    names(home)
    assert opened(home) == []


def test_a_home_in_the_place_of_another_is_read_as_it_is(add_run: AddRun, home: Path) -> None:
    add_run("old")
    names(home)
    shutil.rmtree(home)
    home.mkdir()
    add_run("new")
    assert names(home) == ["new"]


def test_many_threads_ask_at_once(add_run: AddRun, home: Path) -> None:
    add_run("a")
    add_run("b")
    with ThreadPoolExecutor(24) as pool:
        answers = list(pool.map(lambda _: names(home), range(48)))
    assert answers == [["a", "b"]] * 48


@pytest.mark.system
def test_a_child_asks_beside_its_parent(add_run: AddRun, home: Path) -> None:
    add_run("a")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORKING, str(home)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["0", "True"]
