"""Facts that a killed process had told, and had no time to write to its record."""

from collections.abc import Callable

import pytest

from polyaxon_sdk.runs.eventlines import EventJournal
from polyaxon_sdk.runs.fact import Prepared
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import event_files
from polyaxon_sdk.runs.record import RecordReader, RecordWriter, read_facts
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.runs.unrecorded import record_told
from tests.processes import killed_behind


def told(folder: RunFolder, written: Callable[[RecordWriter, list[Prepared]], object]) -> None:
    """Three facts in the journal of a killed process, of which it wrote what `written` writes."""

    def work() -> None:
        record = RecordWriter(folder)
        journal = EventJournal(folder, record.writer, mapped=True)
        facts = [record.prepare("outputs", values={f"number-{each}": each}) for each in range(3)]
        journal.prepare()
        for fact in facts:
            journal.take(fact.line)
        written(record, facts)

    killed_behind(work)


def numbers(folder: RunFolder) -> list[object]:
    """The outputs that the run's facts tell, in their order."""
    return [value for fact in read_facts(folder) if fact.kind == "outputs" for value in _values(fact.fields)]


def _values(fields: dict[str, object]) -> list[object]:
    values = fields["values"]
    assert isinstance(values, dict)
    return [*values.values()]


@pytest.mark.parametrize("count", range(4))
def test_what_the_record_lacks_is_added_once_and_in_order(folder: RunFolder, count: int) -> None:
    told(folder, lambda record, facts: [*map(record.write, facts[:count])])
    record_told(folder)
    assert numbers(folder) == [0, 1, 2]
    sizes = [path.stat().st_size for path in folder.record.iterdir()]
    record_told(folder)
    assert [path.stat().st_size for path in folder.record.iterdir()] == sizes


def test_what_is_missing_amid_the_record_is_added_too(folder: RunFolder) -> None:
    told(folder, lambda record, facts: [*map(record.write, facts[::2])])
    reader = RecordReader(folder)
    assert len(reader.read()) == 3  # and the writer
    record_told(folder)
    assert (numbers(folder), len(reader.read())) == ([0, 1, 2], 4)


def test_what_is_added_by_two_at_once_counts_once(folder: RunFolder) -> None:
    told(folder, lambda record, facts: record.write(facts[0]))
    (record,) = folder.record.iterdir()
    before = record.read_bytes()
    record_told(folder)
    record.write_bytes(record.read_bytes() + record.read_bytes().removeprefix(before))
    assert numbers(folder) == [0, 1, 2]


def test_what_was_torn_is_added_whole(folder: RunFolder) -> None:
    told(folder, lambda record, facts: record.write(facts[0]))
    (record,) = folder.record.iterdir()
    record.write_bytes(record.read_bytes() + b'\n0ff29a4b {"ki')
    record_told(folder)
    assert numbers(folder) == [0, 1, 2]


def test_of_a_living_process_nothing_is_added(folder: RunFolder) -> None:
    record = RecordWriter(folder)
    journal = EventJournal(folder, record.writer, mapped=True)
    journal.prepare()
    journal.take(record.prepare("tags", values=["a"]).line)
    record_told(folder)
    assert read_facts(folder) == []


def test_a_journal_that_is_known_is_not_read_again(folder: RunFolder) -> None:
    told(folder, lambda record, facts: None)
    (path,) = event_files(folder)
    record_told(folder, known={path.name})
    assert numbers(folder) == []
    record_told(folder, known=(known := set[str]()))
    assert (numbers(folder), known) == ([0, 1, 2], {path.name})


def test_the_writer_is_told_with_them(folder: RunFolder) -> None:
    told(folder, lambda record, facts: None)
    record_told(folder)
    assert [fact.kind for fact in read_facts(folder)] == ["writer", "outputs", "outputs", "outputs"]
    assert read_run(folder).outputs == {f"number-{each}": each for each in range(3)}
