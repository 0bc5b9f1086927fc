"""What is printed is written down whoever of those who do it is killed at the end, and the sidecar waits for it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from polyaxon_sdk.console.channel import DRAINED
from polyaxon_sdk.console.launch import FIRST, Capture, Line
from polyaxon_sdk.console.ring import OVER, Ring
from polyaxon_sdk.runs.detached import start_detached
from polyaxon_sdk.runs.writer import process_start, this_process
from polyaxon_sdk.sidecar.scribes import Scribes
from tests.polling import eventually

PRINTED = b"line\n" * 1000


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal that takes nothing until somebody reads it."""
    os.mkfifo(tmp_path / "main.out")
    return tmp_path / "main.out"


@pytest.fixture
def line(journal: Path) -> Iterator[Line]:
    """A stream that has ended, of which all is moved and nothing written down; its first process is killed."""
    source, inlet = os.pipe()
    line = Line(Capture(journal, [], [], os.getpid()), source, None)
    [scribe] = start_detached([line.program(FIRST)], added={}, descriptors=line.descriptors(FIRST))
    line.is_started()
    os.close(source)
    os.write(inlet, PRINTED)
    os.close(inlet)
    assert os.read(line.alive, 1) == DRAINED
    os.kill(scribe, signal.SIGKILL)
    eventually(lambda: Ring(line.memory).scribe.pid not in {0, scribe})
    yield line
    for descriptor in (line.control, line.alive, line.memory):
        os.close(descriptor)


@pytest.fixture
def scribes(line: Line) -> Scribes:
    """Who wrote down, as a record knows them: by the first, which is gone."""
    ring = Ring(line.memory)
    return Scribes(*this_process()._replace(pid=os.getpgid(ring.scribe.pid), start=0))


def test_who_moved_output_writes_it_down_where_who_should_is_killed_at_last(
    journal: Path, line: Line
) -> None:
    assert journal.read_bytes() == PRINTED


def test_who_goes_on_in_the_place_of_the_first_is_waited_for(journal: Path, scribes: Scribes) -> None:
    assert scribes.life() == "alive"
    journal.read_bytes()
    eventually(lambda: scribes.life() == "gone")


@pytest.fixture
def stranger() -> Iterator[Scribes]:
    """A process of somebody else's, by the number that one of ours had."""
    process = subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, start_new_session=True
    )
    yield Scribes(*this_process()._replace(pid=process.pid, start=0))
    with suppress(ProcessLookupError):
        process.kill()
    process.communicate()


def test_a_strangers_group_of_the_same_number_is_not_waited_for(stranger: Scribes) -> None:
    assert stranger.life() == "gone"


def test_what_outlives_a_stream_is_not_waited_for(tmp_path: Path) -> None:
    source, inlet = os.pipe()
    line = Line(Capture(tmp_path / "main.out", [], [], os.getpid()), source, None)
    [scribe] = start_detached([line.program(FIRST)], added={}, descriptors=line.descriptors(FIRST))
    line.is_started()
    os.write(inlet, PRINTED)
    os.write(line.control, b".")
    scribes = Scribes(*this_process()._replace(pid=scribe, start=process_start(scribe) or 0))
    eventually(lambda: Ring(line.memory).stage == OVER and scribes.life() == "gone")
    assert not Ring(line.memory).mover.is_gone
    assert (tmp_path / "main.out").read_bytes() == PRINTED
    for descriptor in (inlet, source, line.control, line.alive, line.memory):
        os.close(descriptor)
