import re
from pathlib import Path
from uuid import UUID

import pytest

from polyaxon_sdk.client.lineage import Edge, lineage_of
from polyaxon_sdk.client.openlineage import openlineage_event
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.settings import load
from polyaxon_sdk.types import Json
from tests.sidecar.draining import Logger

DIGITS: dict[str, Json] = {
    "name": "digits",
    "kind": "data",
    "path": "s3://bucket/digits.csv",
    "is_input": True,
}
NET: dict[str, Json] = {"name": "net", "kind": "model", "path": "outputs/net.bin", "is_input": False}


def add_run(home: Path, name: str, **made: Json) -> RunFolder:
    """A run with an input and an output that failed."""
    folder = RunFolder(home / "runs" / new_uuid()).create()
    writer = RecordWriter(folder)
    writer.append("created", name=name, project="digits", owner="me", description="a net", **made)
    writer.append("lineage", artifact=DIGITS)
    writer.append("lineage", artifact=NET)
    writer.append("inputs", values={"rate": 0.1})
    writer.append("status", status="failed", reason="ValueError", message="no data")
    return folder


def test_inputs_and_outputs_are_told_apart(home: Path) -> None:
    lineage = lineage_of(load(), add_run(home, "train"))
    assert [item["name"] for item in (*lineage.inputs, *lineage.outputs)] == ["digits", "net"]


def test_a_series_that_is_not_drained_is_an_output_too(home: Path) -> None:
    folder = add_run(home, "train")
    Logger(folder).log("loss")
    assert [item["name"] for item in lineage_of(load(), folder).outputs] == ["net", "loss"]


def test_a_run_knows_where_it_came_from_and_what_came_from_it(home: Path) -> None:
    first = add_run(home, "first")
    again = add_run(home, "again", original=first.uuid, cloning_kind="restart")
    edge = Edge(first.uuid, again.uuid, "restart", "again", "failed")
    assert lineage_of(load(), first).downstream == [edge]
    assert lineage_of(load(), again).upstream == [edge._replace(name="first")]


def test_a_run_knows_the_runs_that_it_took_values_from(home: Path) -> None:
    first, second = add_run(home, "first"), add_run(home, "second")
    RecordWriter(second).append("edge", upstream=first.uuid, kind="join")
    edge = Edge(first.uuid, second.uuid, "join", "second", "failed")
    assert lineage_of(load(), first).downstream == [edge]
    assert lineage_of(load(), second).upstream == [edge._replace(name="first")]


@pytest.mark.parametrize("upstream", ["..", "/", "not a run", ""])
def test_an_upstream_that_is_no_run_is_named_and_not_looked_for(home: Path, upstream: str) -> None:
    folder = add_run(home, "train")
    RecordWriter(folder).append("edge", upstream=upstream, kind="run")
    assert lineage_of(load(), folder).upstream == [Edge(upstream, folder.uuid, "run", None, None)]


def test_an_original_that_lies_elsewhere_is_named(home: Path) -> None:
    again = add_run(home, "again", original="0" * 32)
    assert lineage_of(load(), again).upstream == [Edge("0" * 32, again.uuid, "copy", None, None)]


def test_an_openlineage_event_has_what_the_specification_requires(home: Path) -> None:
    folder = add_run(home, "train")
    event = openlineage_event(folder, lineage_of(load(), folder))
    run, job = event["run"], event["job"]
    assert isinstance(run, dict)
    assert isinstance(job, dict)
    assert (event["eventType"], UUID(run["runId"]).hex) == ("FAIL", folder.uuid)
    assert (job["namespace"], job["name"]) == ("me/digits", "train")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", str(event["eventTime"]))


def test_an_openlineage_dataset_is_a_bucket_and_a_key_or_a_file(home: Path) -> None:
    folder = add_run(home, "train")
    event = openlineage_event(folder, lineage_of(load(), folder))
    datasets = [*_list(event["inputs"]), *_list(event["outputs"])]
    assert [(each["namespace"], each["name"]) for each in datasets] == [
        ("s3://bucket", "digits.csv"),
        ("file", str(folder.path / "outputs/net.bin")),
    ]


def test_an_openlineage_dataset_that_lies_nowhere_goes_by_its_name(home: Path) -> None:
    folder = add_run(home, "train")
    artifact: dict[str, Json] = {
        "name": "answers",
        "kind": "data",
        "is_input": True,
        "summary": {"hash": "1f"},
    }
    RecordWriter(folder).append("lineage", artifact=artifact)
    (_, dataset) = _list(openlineage_event(folder, lineage_of(load(), folder))["inputs"])
    assert (dataset["namespace"], dataset["name"]) == ("polyaxon", "answers")


def test_an_openlineage_event_tells_the_error(home: Path) -> None:
    folder = add_run(home, "train")
    run = openlineage_event(folder, lineage_of(load(), folder))["run"]
    assert isinstance(run, dict)
    assert run["facets"]["errorMessage"]["message"] == "ValueError: no data"


@pytest.mark.parametrize("place", ["run", "job"])
def test_each_facet_names_its_producer_and_schema(home: Path, place: str) -> None:
    folder = add_run(home, "train")
    document = openlineage_event(folder, lineage_of(load(), folder))[place]
    assert isinstance(document, dict)
    assert all({"_producer", "_schemaURL"} <= set(facet) for facet in document["facets"].values())


def _list(documents: object) -> list[dict[str, object]]:
    assert isinstance(documents, list)
    return documents
