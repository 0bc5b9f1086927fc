from polyaxon_sdk.runs.eventlines import EventJournal
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journal import ScalarJournal
from polyaxon_sdk.runs.journals import Entry, JournalReader, event_files, journal_writers, scalar_files
from polyaxon_sdk.runs.scalars import HEADER_SIZE
from polyaxon_sdk.runs.writer import Writer, this_process


def write(folder: RunFolder, writer: Writer) -> tuple[EventJournal, ScalarJournal]:
    """Journals of one writer with a text and a point in them."""
    events = EventJournal(folder, writer)
    scalars = ScalarJournal(folder, writer, on_trouble=lambda error: None, mapped=False)
    events.append("text", "notes", "hello", step=1, time=2.0)
    events.name_series(0, "loss")
    scalars.append(0, 5, 3.0, 0.25)
    return events, scalars


def test_each_writer_is_named_by_its_journals(folder: RunFolder) -> None:
    writers = {this_process(), this_process()}
    for writer in writers:
        write(folder, writer)
    assert set(journal_writers(folder)) == writers


def test_events_are_read_and_names_of_series_are_learned(folder: RunFolder) -> None:
    write(folder, this_process())
    reader = JournalReader(folder)
    entries, _ = reader.events(event_files(folder)[0], 0, gone=False)
    points, _, _ = reader.scalars(scalar_files(folder)[0], HEADER_SIZE, patient=True)
    assert entries == [Entry("text", "notes", 1, 2.0, "hello")]
    assert points == [Entry("metric", "loss", 5, 3.0, 0.25)]


def test_a_name_that_was_drained_long_ago_is_looked_up(folder: RunFolder) -> None:
    write(folder, this_process())
    points, _, _ = JournalReader(folder).scalars(scalar_files(folder)[0], 0, patient=True)
    assert [point.name for point in points] == ["loss"]


def test_a_torn_last_event_waits_while_its_writer_lives(folder: RunFolder) -> None:
    write(folder, this_process())
    (path,) = event_files(folder)
    whole = path.stat().st_size
    path.write_bytes(path.read_bytes() + b'\n0123 {"kind"')
    _, waiting = JournalReader(folder).events(path, 0, gone=False)
    _, passed = JournalReader(folder).events(path, 0, gone=True)
    assert (waiting, passed) == (whole, path.stat().st_size)


def test_reading_goes_on_where_it_stopped(folder: RunFolder) -> None:
    events, _ = write(folder, this_process())
    reader, (path,) = JournalReader(folder), event_files(folder)
    _, position = reader.events(path, 0, gone=False)
    events.append("text", "notes", "again", step=2, time=4.0)
    entries, _ = reader.events(path, position, gone=False)
    assert [entry.value for entry in entries] == ["again"]


def test_a_file_of_a_writer_follows_the_one_before(folder: RunFolder) -> None:
    for number in (10, 2, 1):
        (folder.journal / f"w.{number}.plxj").touch()
    assert [path.name for path in scalar_files(folder)] == ["w.1.plxj", "w.2.plxj", "w.10.plxj"]


def test_a_folder_that_is_gone_has_no_journals(folder: RunFolder) -> None:
    assert journal_writers(RunFolder(folder.path.parent / "none")) == []
