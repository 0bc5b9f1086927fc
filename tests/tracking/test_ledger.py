"""Texts and facts outlive the process once their call returned, whatever the disk does."""

from threading import Event

import pytest

from polyaxon_sdk.runs.courier import Courier
from polyaxon_sdk.runs.eventlines import EventJournal, event_line
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.mapped_lines import WINDOW
from polyaxon_sdk.runs.record import RecordWriter, read_facts
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.runs.unrecorded import record_told
from polyaxon_sdk.runs.writer import this_process
from polyaxon_sdk.tracking.ledger import Ledger
from polyaxon_sdk.tracking.outbox import Outbox
from polyaxon_sdk.tracking.place import Recorded
from tests.polling import eventually
from tests.processes import killed_behind
from tests.tracking.conftest import events_of


class Books:
    """A ledger, and the courier that does its disk work."""

    def __init__(self, folder: RunFolder, *, mapped: bool = True) -> None:
        self.courier = Courier()
        self.record = RecordWriter(folder)
        self.events = EventJournal(folder, self.record.writer, mapped=mapped)
        self.facts, self.lines = (Outbox(self.courier, _raise) for _ in range(2))
        self.ledger = Ledger(
            self.record, self.events, facts=self.facts, lines=self.lines, courier=self.courier
        )

    def hang(self) -> Event:
        """Let the disk hang until what is given is set."""
        answer = Event()
        self.courier.post(lambda: answer.wait(60))
        return answer

    def fill(self) -> Event:
        """The same, with so much that waits for it that no fact finds room."""
        answer = self.hang()
        self.facts.add(lambda: None, 1 << 26)
        return answer

    def log(self, step: int, text: str = "a") -> bool:
        """Log a text."""
        return self.ledger.log(event_line("text", "note", text, step=step, time=1.0))

    def note(self, number: int) -> None:
        """Tell an output."""
        self.ledger.note("outputs", {"values": {"number": number}}, _refuse)


def _raise(error: OSError) -> None:
    raise error


def _refuse(what: str) -> None:
    raise AssertionError(what)


def _let(answer: Event) -> None:
    answer.wait(60)


def steps(folder: RunFolder) -> list[int | None]:
    """The steps of the texts that were logged."""
    return [event.step for event in events_of(folder)]


def numbers(folder: RunFolder) -> list[object]:
    """The outputs that were told."""
    return [fact.fields["values"] for fact in read_facts(folder) if fact.kind == "outputs"]


def test_texts_that_are_logged_while_the_disk_hangs_survive_a_kill(folder: RunFolder) -> None:
    def work() -> None:
        books = Books(folder)
        books.hang()
        for step in range(3):
            books.log(step)

    killed_behind(work)
    assert steps(folder) == [0, 1, 2]


def test_facts_that_are_told_while_the_disk_hangs_survive_a_kill(folder: RunFolder) -> None:
    def work() -> None:
        books = Books(folder)
        books.note(0)
        books.hang()
        books.note(1)
        books.note(2)

    killed_behind(work)
    assert numbers(folder) == [{"number": 0}]
    record_told(folder)
    assert numbers(folder) == [{"number": each} for each in range(3)]
    assert read_run(folder).outputs == {"number": 2}


def test_facts_that_too_many_wait_before_survive_in_memory_and_take_their_place(folder: RunFolder) -> None:
    def work() -> None:
        books = Books(folder)
        books.note(0)
        answer = books.fill()
        books.note(1)
        answer.set()
        eventually(lambda: not books.facts)
        books.note(2)

    killed_behind(work)
    assert numbers(folder) == [{"number": 0}, {"number": 2}]
    record_told(folder)
    assert numbers(folder) == [{"number": each} for each in range(3)]


def test_a_fact_that_finds_room_nowhere_is_told(folder: RunFolder) -> None:
    told: list[str] = []
    books = Books(folder, mapped=False)
    answer = books.fill()
    books.ledger.note("outputs", {"values": {"number": 1}}, told.append)
    answer.set()
    assert told == ["outputs is left out: the disk takes nothing, and too much waits for it already"]
    assert books.ledger.lost == 1


def test_where_the_disk_answers_facts_are_recorded_when_the_call_returns(folder: RunFolder) -> None:
    books = Books(folder)
    for number in range(3):
        books.note(number)
    assert numbers(folder) == [{"number": each} for each in range(3)]
    assert steps(folder) == []


def test_what_is_too_long_waits_for_the_disk_and_those_after_it_behind_it(folder: RunFolder) -> None:
    books = Books(folder)
    answer = books.hang()
    assert [books.log(0, "x" * WINDOW), books.log(1), len(books.lines)] == [False, False, 2]
    answer.set()
    eventually(lambda: not books.lines)
    books.log(2)
    assert steps(folder) == [0, 1, 2]


def test_there_is_room_for_more_than_one_window(folder: RunFolder) -> None:
    books = Books(folder)
    assert all(books.log(step, "x" * (WINDOW // 10)) for step in range(50))
    assert steps(folder) == list(range(50))


def test_a_forked_child_that_logs_nothing_has_no_journal(folder: RunFolder) -> None:
    books = Books(folder)
    books.events.restart(this_process())
    books.ledger.restart()
    assert len([*folder.journal.iterdir()]) == 1


def test_what_a_forked_child_logs_first_survives_its_kill(folder: RunFolder) -> None:
    books = Books(folder)

    def work() -> None:
        writer = this_process()
        books.courier.restart()
        books.record.restart(writer)
        books.events.restart(writer)
        books.lines.restart()
        books.ledger.restart()
        books.log(1)

    books.log(0)
    killed_behind(work)
    books.log(2)
    assert sorted(map(str, steps(folder))) == ["0", "1", "2"]


def test_what_is_no_json_is_told_and_left_out(folder: RunFolder) -> None:
    told: list[str] = []
    books = Books(folder)
    books.ledger.note("outputs", {"values": {"odd": object()}}, told.append)  # type: ignore[dict-item]  # a mistake
    books.note(1)
    assert (numbers(folder), len(told)) == ([{"number": 1}], 1)


@pytest.mark.system
def test_the_run_says_how_many_facts_found_room_nowhere(folder: RunFolder) -> None:
    place, answer = Recorded(folder, mapped=False), Event()
    place.keep("file", lambda: _let(answer), patience=0.0)
    place.fact("series", summaries="x" * (1 << 26))
    place.fact("outputs", values={"number": 1})
    answer.set()
    place.close()
    told = read_run(folder).problems
    for path in folder.record.iterdir():
        path.unlink()  # it is large
    assert told[-1] == "1 facts are lost: the run folder could not be written"
