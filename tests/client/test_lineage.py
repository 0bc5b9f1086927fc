import re
from pathlib import Path
from uuid import UUID

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.client.lineage import lineage_of
from polyaxon_sdk.client.openlineage import openlineage_event, openlineage_events
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.index.graph import Edge, Node
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.settings import load
from polyaxon_sdk.types import Json
from tests.client.openlineage import faults_of
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


def event_of(folder: RunFolder) -> dict[str, object]:
    """What is told of one run."""
    return openlineage_event(folder, lineage_of(load(), folder))


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
    edges = [Edge(first.uuid, again.uuid, "restart")]
    assert (lineage_of(load(), first).graph.edges, lineage_of(load(), again).graph.edges) == (edges, edges)


def test_the_runs_of_a_graph_are_described(home: Path) -> None:
    first = add_run(home, "first")
    again = add_run(home, "again", original=first.uuid)
    assert lineage_of(load(), first).graph.nodes == [
        Node(first.uuid, 0, "first", "digits", "job", "failed"),
        Node(again.uuid, 1, "again", "digits", "job", "failed"),
    ]


@pytest.mark.parametrize("upstream", ["..", "/", "not a run", ""])
def test_an_upstream_that_is_no_run_is_named_and_not_looked_for(home: Path, upstream: str) -> None:
    folder = add_run(home, "train")
    RecordWriter(folder).append("edge", upstream=upstream, kind="run")
    graph = lineage_of(load(), folder).graph
    assert (graph.edges, graph.nodes[1]) == ([Edge(upstream, folder.uuid, "run")], Node(upstream, -1))


def test_an_original_that_lies_elsewhere_is_named(home: Path) -> None:
    again = add_run(home, "again", original="0" * 32)
    assert lineage_of(load(), again).graph.edges == [Edge("0" * 32, again.uuid, "copy")]


def test_a_client_goes_as_far_as_it_is_asked_to(home: Path) -> None:
    first = add_run(home, "first")
    again = add_run(home, "again", original=first.uuid)
    client = RunClient(run_uuid=again.uuid)
    assert [len(client.get_lineage(depth).nodes) for depth in (0, 1, None)] == [1, 2, 2]


def test_a_depth_below_none_is_a_mistake(home: Path) -> None:
    with pytest.raises(InputError, match="a depth of -1 is none"):
        RunClient(run_uuid=add_run(home, "train").uuid).get_lineage(depth=-1)


def test_an_openlineage_event_has_what_the_specification_requires(home: Path) -> None:
    folder = add_run(home, "train")
    event = event_of(folder)
    run, job = event["run"], event["job"]
    assert isinstance(run, dict)
    assert isinstance(job, dict)
    assert (event["eventType"], UUID(run["runId"]).hex) == ("FAIL", folder.uuid)
    assert (job["namespace"], job["name"]) == ("me/digits", "train")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", str(event["eventTime"]))


@pytest.mark.parametrize("status", ["created", "running", "succeeded", "failed", "stopped", "skipped"])
def test_an_openlineage_event_is_as_its_schema_has_it(home: Path, status: str) -> None:
    folder = add_run(home, "train")
    RecordWriter(folder).append("lineage", artifact={**NET, "state": new_uuid()})
    RecordWriter(folder).append("status", status=status, reason="x", message="y", attempt=2)
    RecordWriter(folder).append("status", status=status)
    assert faults_of(event_of(folder)) == []


def test_what_is_no_openlineage_event_is_found(home: Path) -> None:
    event = event_of(add_run(home, "train"))
    assert faults_of({**event, "eventType": "DONE", "run": {"runId": "7"}, "inputs": [{"name": "a"}]}) != []
    assert faults_of({key: value for key, value in event.items() if key != "job"}) != []


def test_an_openlineage_dataset_is_a_bucket_and_a_key_or_a_file(home: Path) -> None:
    folder = add_run(home, "train")
    event = event_of(folder)
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
    (_, dataset) = _list(event_of(folder)["inputs"])
    assert (dataset["namespace"], dataset["name"]) == ("polyaxon", "answers")


def test_an_openlineage_event_tells_the_error(home: Path) -> None:
    folder = add_run(home, "train")
    run = event_of(folder)["run"]
    assert isinstance(run, dict)
    assert run["facets"]["errorMessage"]["message"] == "ValueError: no data"


@pytest.mark.parametrize("place", ["run", "job"])
def test_each_facet_names_its_producer_and_schema(home: Path, place: str) -> None:
    folder = add_run(home, "train")
    document = event_of(folder)[place]
    assert isinstance(document, dict)
    assert all({"_producer", "_schemaURL"} <= set(facet) for facet in document["facets"].values())


def test_a_graph_is_an_event_a_run_the_oldest_first(home: Path) -> None:
    first = add_run(home, "first")
    again = add_run(home, "again", original=first.uuid)
    add_run(home, "alone")
    RecordWriter(first).append("update", original="0" * 32)
    events = openlineage_events(load(), lineage_of(load(), again).graph)
    assert [_job(event)["name"] for event in events] == ["first", "again"]


def test_a_dataset_that_a_run_took_from_another_has_the_name_it_had_there(home: Path) -> None:
    made, taken = add_run(home, "made"), add_run(home, "taken")
    place = str(made.path / "outputs/net.bin")
    artifact: dict[str, Json] = {"name": "weights", "kind": "model", "path": "net.bin", "is_input": True}
    RecordWriter(taken).append("lineage", artifact={**artifact, "meta_info": {"location": place}})
    (dataset,) = _list(event_of(made)["outputs"])
    assert (dataset["namespace"], dataset["name"]) in [
        (each["namespace"], each["name"]) for each in _list(event_of(taken)["inputs"])
    ]


def test_datasets_of_the_same_contents_have_an_identifier_in_common(home: Path) -> None:
    made, taken = add_run(home, "made"), add_run(home, "taken")
    for folder, name, is_input in ((made, "answers", False), (taken, "numbers", True)):
        artifact: dict[str, Json] = {
            "name": name,
            "kind": "data",
            "is_input": is_input,
            "summary": {"hash": "1f"},
        }
        RecordWriter(folder).append("lineage", artifact=artifact)
    (_, one), (_, other) = _list(event_of(made)["outputs"]), _list(event_of(taken)["inputs"])
    assert _identifiers(one) == _identifiers(other)


def _identifiers(dataset: dict[str, object]) -> object:
    facets = dataset["facets"]
    assert isinstance(facets, dict)
    return facets["symlinks"]["identifiers"]


def _job(event: dict[str, object]) -> dict[str, object]:
    job = event["job"]
    assert isinstance(job, dict)
    return job


def _list(documents: object) -> list[dict[str, object]]:
    assert isinstance(documents, list)
    return documents
