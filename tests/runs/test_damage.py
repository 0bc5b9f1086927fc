"""What of a run can't be read is named, and hides nothing else of it."""

import shutil

import pytest

from polyaxon_sdk.runs.damage import damage_in, damage_of_files, read_anyway
from polyaxon_sdk.runs.drained import Drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lease import take_lease
from polyaxon_sdk.runs.logs import read_logs, salvaged_logs
from polyaxon_sdk.runs.record import RecordWriter

LINE = b'{"timestamp": "2026-01-01T00:00:00+00:00", "value": "hello"}\n'
GARBAGE = b"\xff\xfe{\n"


@pytest.fixture
def logged(folder: RunFolder) -> RunFolder:
    """A run that printed a line, and of which another line is garbage."""
    RecordWriter(folder).append("created", name="bad")
    folder.logs.mkdir()
    (folder.logs / "main.jsonl").write_bytes(LINE + GARBAGE + LINE)
    drained = Drained()
    drained.files["plxlogs/main.jsonl"] = 2 * len(LINE) + len(GARBAGE)
    drained.write(folder)
    return folder


def test_a_run_in_good_order_has_no_damage(folder: RunFolder) -> None:
    RecordWriter(folder).append("created", name="good")
    Drained().write(folder)
    assert damage_in(folder) == []


def test_garbage_among_lines_of_output_hides_no_other_line(logged: RunFolder) -> None:
    assert [line.text for line in read_logs(logged)] == ["hello", "hello"]
    assert damage_in(logged) == ["plxlogs/main.jsonl: 1 of its lines can't be read"]


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"files": 7}'])
def test_a_damaged_drained_json_hides_no_output(logged: RunFolder, data: bytes) -> None:
    logged.drained.write_bytes(data)
    assert [line.text for line in salvaged_logs(logged)] == ["hello", "hello"]
    assert damage_in(logged)[0].startswith("journal/drained.json: it is damaged")


@pytest.mark.parametrize("name", ["run.plx.json", "lineages.plx.json", "operation.plx.json"])
def test_a_document_of_garbage_is_named(logged: RunFolder, name: str) -> None:
    (logged.path / name).write_bytes(GARBAGE)
    assert damage_in(logged)[0] == f"{name}: it is no JSON"


@pytest.mark.parametrize("data", [bytes(100), bytes(100_000), GARBAGE.strip()])
def test_output_without_a_line_is_named(logged: RunFolder, data: bytes) -> None:
    (logged.logs / "main.jsonl").write_bytes(data)
    drained = Drained()
    drained.files["plxlogs/main.jsonl"] = len(data)
    drained.write(logged)
    assert damage_of_files(logged) == ["plxlogs/main.jsonl: 1 of its lines can't be read"]


@pytest.mark.parametrize(
    ("name", "what"), [("journal/lease", "it tells no holder"), ("outputs/env.json", "it is no JSON")]
)
def test_garbage_in_what_tells_of_processes_is_named(logged: RunFolder, name: str, what: str) -> None:
    (logged.path / name).parent.mkdir(exist_ok=True)
    (logged.path / name).write_bytes(GARBAGE)
    assert damage_in(logged)[0] == f"{name}: {what}"


def test_a_lease_that_is_held_is_no_damage(folder: RunFolder) -> None:
    RecordWriter(folder).append("created", name="good")
    lease = take_lease(folder)
    assert (lease is not None, damage_in(folder)) == (True, [])


def test_an_event_file_of_garbage_is_named(folder: RunFolder) -> None:
    RecordWriter(folder).append("created", name="bad")
    file = folder.events / "metric" / "loss.plx"
    file.parent.mkdir(parents=True)
    file.write_bytes(GARBAGE)
    drained = Drained()
    drained.files |= {"events/metric/loss.plx": len(GARBAGE), "events/metric/gone.plx": 1}
    drained.write(folder)
    assert damage_in(folder) == [
        "events/metric/gone.plx: it is gone",
        "events/metric/loss.plx: it holds no events",
    ]


def test_a_record_that_is_a_file_is_named(folder: RunFolder) -> None:
    shutil.rmtree(folder.record)
    folder.record.write_text("a file")
    assert (damage_in(folder), read_anyway(folder).status) == (["record: it is no folder"], "unknown")
