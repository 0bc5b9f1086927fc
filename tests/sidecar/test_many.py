import os
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from threading import Event

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.sidecar.many import Attention, Inbox
from tests.polling import eventually

UUIDS = [new_uuid(), new_uuid()]


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """A pipe: where to read, and where to write."""
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)


@pytest.fixture
def other(home: Path) -> RunFolder:
    """Another run."""
    return RunFolder(home / "runs" / new_uuid()).create()


def status(folder: RunFolder, said: str) -> None:
    writer = RecordWriter(folder)
    writer.append("status", status=said)
    writer.close()


def is_taken(attention: Attention) -> bool:
    attention.look()
    return not attention.has_young


def test_an_inbox_gives_the_runs_that_are_told(pipe: tuple[int, int]) -> None:
    inbox = Inbox(pipe[0])
    os.write(pipe[1], "".join(f"{uuid}\n" for uuid in UUIDS).encode())
    os.close(pipe[1])
    assert (inbox.read(60), inbox.is_closed) == (UUIDS, False)
    assert (inbox.read(60), inbox.is_closed) == ([], True)


def test_a_uuid_that_comes_in_two_pieces_is_whole(pipe: tuple[int, int]) -> None:
    inbox = Inbox(pipe[0])
    os.write(pipe[1], UUIDS[0][:7].encode())
    first = inbox.read(60)
    os.write(pipe[1], f"{UUIDS[0][7:]}\n".encode())
    assert (first, inbox.read(60)) == ([], [UUIDS[0]])
    os.close(pipe[1])


def test_nothing_is_read_where_nothing_is_told(pipe: tuple[int, int]) -> None:
    assert Inbox(pipe[0]).read(0) == []
    os.close(pipe[1])


def test_a_run_that_ended_is_worked_on(folder: RunFolder) -> None:
    done: Queue[RunFolder] = Queue()
    attention = Attention(done.put)
    status(folder, "succeeded")
    attention.take(folder)
    attention.look()
    assert (done.get(timeout=60), attention.has_young) == (folder, False)
    attention.finish()


def test_a_run_whose_end_is_told_is_not_looked_at_before(folder: RunFolder) -> None:
    done: Queue[RunFolder] = Queue()
    attention = Attention(done.put)
    status(folder, "succeeded")
    attention.take(folder, is_told=True)
    attention.look()
    assert (attention.has_young, done.empty()) == (True, True)
    attention.end(folder.uuid)
    assert (done.get(timeout=60), attention.has_young) == (folder, False)
    attention.finish()


def test_a_run_is_looked_at_whose_end_nobody_will_tell(folder: RunFolder) -> None:
    done: Queue[RunFolder] = Queue()
    attention = Attention(done.put)
    status(folder, "succeeded")
    attention.take(folder, is_told=True)
    attention.tell_no_more()
    attention.look()
    assert (done.get(timeout=60), attention.has_young) == (folder, False)
    attention.finish()


def test_a_run_that_goes_on_waits_for_a_moment(folder: RunFolder) -> None:
    attention = Attention(Queue[RunFolder]().put)
    status(folder, "running")
    attention.take(folder)
    attention.look()
    assert attention.has_young
    attention.finish()


def test_a_run_that_goes_on_for_long_holds_up_no_other(folder: RunFolder, other: RunFolder) -> None:
    is_over, done = Event(), Queue[RunFolder]()
    attention = Attention(lambda each: done.put(each) if each is other else is_over.wait())
    status(folder, "running")
    attention.take(folder)
    eventually(lambda: is_taken(attention))

    status(other, "succeeded")
    attention.take(other)
    attention.look()
    assert done.get(timeout=60) == other
    is_over.set()
    attention.finish()
