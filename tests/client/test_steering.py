"""Runs begun, changed and ended by a program."""

import json
from pathlib import Path

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Operation, read
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter

JOB = {
    "kind": "component",
    "name": "job",
    "inputs": [{"name": "word", "type": "str", "value": "hello", "isOptional": True}],
    "run": {
        "kind": "job",
        "container": {"command": ["sh", "-c"], "args": ["echo {{ word }}; cat outputs 2>&1"]},
    },
}
SLEEPER = {"kind": "component", "run": {"kind": "job", "container": {"command": ["sleep", "600"]}}}


@pytest.fixture
def done(folder: RunFolder) -> RunClient:
    """A client of a run that is over."""
    writer = RecordWriter(folder)
    writer.append("created", name="train", project="digits")
    writer.append("outputs", values={"accuracy": 0.95})
    writer.append("status", status="succeeded")
    writer.close()
    (folder.outputs / "net").write_text("weights")
    return RunClient(run_uuid=folder.uuid)


@pytest.mark.system
def test_a_run_is_created_waited_for_restarted_and_resumed(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "job.json"
    file.write_text(json.dumps(JOB))
    client = RunClient(project="acme/digits")
    client.create_from_polyaxonfile(file, name="first", tags="a, b", params={"word": "hi"})
    run = client.wait_for_condition(timeout=120)
    assert (run.name, run.owner, run.project, run.tags) == ("first", "acme", "digits", ["a", "b"])
    assert client.get_logs()[0].text == "hi"
    again = RunClient(run_uuid=client.restart(params={"word": "bye"}, name="second").uuid)
    assert (again.wait_for_condition(timeout=120).original, again.run_uuid != run.uuid) == (run.uuid, True)
    assert client.resume().uuid == run.uuid
    assert client.wait_for_condition(timeout=120).attempt == 1


@pytest.mark.system
@pytest.mark.parametrize(("verb", "status"), [("stop", "stopped"), ("skip", "skipped")])
def test_a_run_is_ended(home: Path, verb: str, status: str) -> None:
    client = RunClient()
    client.create(content=SLEEPER)
    client.wait_for_condition("running", timeout=120)
    assert getattr(client, verb)().status == status


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "nothing to run, expected content"),
        ("nowhere.yaml", "nowhere.yaml: no such file"),
        ({"kind": "componet"}, "componet"),
        ("kind: component\nrun: {kind: jobb}\n", "jobb"),
    ],
)
def test_what_can_not_be_run_begins_nothing(home: Path, content: str | None, why: str) -> None:
    with pytest.raises(InputError, match=why):
        RunClient().create(content=content)
    assert not home.exists()


def test_an_operation_with_a_wrong_param_begins_nothing(home: Path) -> None:
    component = {**JOB, "inputs": [{"name": "word", "type": "int"}]}
    operation = read(V1Operation, {"kind": "operation", "component": component})
    with pytest.raises(InputError, match="word"):
        RunClient().create(content=operation, params={"word": "x"})
    assert not home.exists()


def test_name_description_and_tags_change(done: RunClient) -> None:
    run = done.update(name="best", tags="x,y")
    assert (run.name, run.tags) == ("best", ["x", "y"])


def test_a_run_is_transferred(done: RunClient) -> None:
    done.transfer("letters")
    assert [row.uuid for row in RunClient(project="default/letters").list().results] == [done.run_uuid]


def test_a_run_is_deleted(done: RunClient) -> None:
    path = done.folder.path
    done.delete()
    assert not path.exists()


def test_a_run_is_promoted(done: RunClient) -> None:
    version = done.promote_to_artifact_version("v1", artifacts=[])
    assert (version.project, version.run) == ("digits", done.run_uuid)


def test_a_page_is_asked_for_as_public_scripts_do(done: RunClient) -> None:
    query = "metrics.accuracy:>0.9, project.name:digits"
    [run] = RunClient().list(query=query, sort="-metrics.accuracy", limit=5).results
    assert (run.uuid, run.inputs, run.outputs) == (done.run_uuid, {}, {"accuracy": 0.95})


def test_files_are_put_into_a_run_and_taken_away(done: RunClient, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("a")
    done.upload_artifacts_dir(tmp_path / "notes")
    assert done.get_artifact("outputs/notes/a.txt") == b"a"
    done.delete_artifacts("outputs/notes")
    assert done.get_artifacts_tree("outputs").files == {"net": 7}


@pytest.mark.parametrize("path", ["record", "../x", "events/metric", "."])
def test_what_the_run_writes_is_no_place_for_files(done: RunClient, tmp_path: Path, path: str) -> None:
    (tmp_path / "a").write_text("a")
    with pytest.raises(InputError, match=r"is no place for files|leads out of the run"):
        done.upload_artifact(tmp_path / "a", path)


def test_a_file_that_is_not_there_is_told(done: RunClient) -> None:
    with pytest.raises(InputError, match="has no file 'outputs/x'"):
        done.delete_artifact("outputs/x")


def test_a_pipeline_that_goes_on_is_told_how_many_runs_to_have(folder: RunFolder) -> None:
    record = RecordWriter(folder)
    record.append("created", kind="dag")
    record.append("status", status="running", reason="", message="")
    record.close()
    assert RunClient(run_uuid=folder.uuid).update(concurrency=3).meta == {"concurrency": 3}
