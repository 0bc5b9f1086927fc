"""Facts that a later attempt of a run superseded."""

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.runs.superseded import superseded_state
from polyaxon_sdk.types import Json


@pytest.fixture
def record(folder: RunFolder) -> RecordWriter:
    """The record of a run."""
    return RecordWriter(folder)


def artifact(name: str, path: str, **more: Json) -> dict[str, Json]:
    return {"name": name, "kind": "file", "path": path, **more}


def test_outputs_from_a_step_on_are_taken_out_and_kept(record: RecordWriter) -> None:
    record.append("outputs", values={"score": 1, "first": 1}, step=1)
    record.append("outputs", values={"score": 2, "second": 2}, step=2)
    record.append("rewind", step=2)
    assert read_run(record.folder).logged == {"score": 1, "first": 1}
    assert superseded_state(record.folder, 1).logged == {"score": 2, "second": 2}


def test_what_was_logged_without_a_step_stays(record: RecordWriter) -> None:
    record.append("outputs", values={"score": 1})
    record.append("inputs", values={"rate": 2}, step=5)
    record.append("rewind", step=2)
    run = read_run(record.folder)
    assert (run.logged, run.inputs) == ({"score": 1}, {"rate": 2})


def test_what_is_logged_after_a_rewind_counts(record: RecordWriter) -> None:
    record.append("outputs", values={"score": 1}, step=3)
    record.append("rewind", step=2)
    record.append("outputs", values={"score": 2}, step=3)
    assert read_run(record.folder).logged == {"score": 2}


def test_each_rewind_keeps_what_it_took_out(record: RecordWriter) -> None:
    record.append("outputs", values={"score": 1}, step=3)
    record.append("rewind", step=2)
    record.append("outputs", values={"score": 2}, step=5)
    record.append("rewind", step=4)
    taken = [superseded_state(record.folder, number).logged for number in (1, 2, 3)]
    assert (taken, read_run(record.folder).logged) == ([{"score": 1}, {"score": 2}, {}], {})


def test_an_artifact_that_is_taken_out_has_its_hash(record: RecordWriter) -> None:
    record.append("lineage", artifact=artifact("net", "outputs/net", pending="m"), step=3)
    record.append("rewind", step=2)
    record.append("hashed", name="net", kind="file", mark="m", hash="h")
    state = superseded_state(record.folder, 1)
    assert state.artifacts["net", "file"]["summary"] == {"hash": "h"}
    assert (read_run(record.folder).artifacts, read_run(record.folder).hidden) == ({}, {"outputs/net"})


def test_a_file_that_an_artifact_still_tells_of_is_not_hidden(record: RecordWriter) -> None:
    record.append("lineage", artifact=artifact("net", "outputs/net"), step=1)
    record.append("lineage", artifact=artifact("net", "outputs/net", is_input=False), step=3)
    record.append("rewind", step=2)
    run = read_run(record.folder)
    assert (run.artifacts["net", "file"], run.hidden) == (artifact("net", "outputs/net"), set())
