from typing import Any

import pytest

from polyaxon_sdk.client import ProjectClient, RunClient
from polyaxon_sdk.exceptions import InputError, RunNotFoundError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.settings import load
from tests.required import required


def add_run(project: str = "digits", **inputs: float) -> RunFolder:
    """A finished run of a project."""
    folder = RunFolder(load().runs / new_uuid()).create()
    writer = RecordWriter(folder)
    writer.append("created", name="train", project=project)
    writer.append("tags", values=["old"])
    writer.append("inputs", values=inputs)
    writer.append("outputs", values={f"made_{name}": value for name, value in inputs.items()})
    writer.append("status", status="succeeded")
    writer.close()
    return folder


@pytest.fixture
def runs(home: object) -> list[str]:
    """The uuids of two runs of a project, and of one of another."""
    return [add_run(lr=1.0).uuid, add_run().uuid, add_run("letters", lr=2.0).uuid]


def test_all_projects_are_listed_where_they_are_wanted(runs: list[str]) -> None:
    client = RunClient(project="digits")
    assert (client.list().total, client.list(all_projects=True).total) == (2, 3)


def test_an_answer_is_a_sequence_of_the_runs_of_its_page(runs: list[str]) -> None:
    found = RunClient().list(sort="created_at", limit=2)
    assert (len(found), found.count, found[0].uuid) == (2, 3, runs[0])
    assert [run.uuid for run in found] == [run.uuid for run in found.results] == runs[:2]
    assert [run.uuid for run in found[1:]] == runs[1:2]


def test_no_runs_are_an_empty_answer(home: object) -> None:
    assert not RunClient().list()


def test_a_page_may_be_longer_or_later_than_a_database_counts(runs: list[str]) -> None:
    client = RunClient()
    assert len(client.list(limit=10**30)) == 3
    assert [len(client.list(offset=10**30)), len(client.list(limit=10**30, offset=10**30))] == [0, 0]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"query": 3}, "query: it is 3, expected text"),
        ({"sort": 5}, "sort: it is 5, expected text"),
        ({"limit": "x"}, "limit: it is 'x', expected a whole number"),
        ({"limit": 1.5}, "limit: it is 1.5, expected a whole number"),
        ({"offset": -1}, "a negative offset: -1"),
    ],
)
def test_what_is_no_page_is_told(runs: list[str], asked: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        RunClient().list(**asked)
    with pytest.raises(InputError, match=said):
        RunClient(run_uuid=runs[0]).get_artifacts_lineage(**asked)


def test_inputs_and_outputs_are_those_of_runs_that_have_any(runs: list[str]) -> None:
    assert RunClient().get_runs_io(sort="created_at") == [
        {"uid": runs[0], "values": {"lr": 1.0, "made_lr": 1.0}},
        {"uid": runs[2], "values": {"lr": 2.0, "made_lr": 2.0}},
    ]


def test_a_query_says_whose_inputs_and_outputs(runs: list[str]) -> None:
    assert [each["uid"] for each in RunClient().get_runs_io("inputs.lr:>1")] == [runs[2]]


def test_runs_are_points_of_hiplot(runs: list[str]) -> None:
    required("hiplot")
    experiment = RunClient().get_runs_as_hiplot(sort="created_at")
    assert [(point.uid, point.values["lr"]) for point in experiment.datapoints] == [
        (runs[0], 1.0),
        (runs[2], 2.0),
    ]


def test_a_project_lists_its_runs(runs: list[str]) -> None:
    found = ProjectClient(project="digits").list_runs(sort="created_at")
    assert [run.uuid for run in found.results] == runs[:2]


def test_runs_of_a_project_get_tags_more(runs: list[str]) -> None:
    ProjectClient(project="digits").tag_runs(runs[:2], "new, old")
    assert [RunClient(run_uuid=uuid).run_data.tags for uuid in runs] == [["old", "new"]] * 2 + [["old"]]


def test_runs_are_made_those_of_another_project(runs: list[str]) -> None:
    ProjectClient(project="digits").transfer_runs(runs[:2], "letters")
    assert ProjectClient(project="letters").list_runs().total == 3


def test_runs_are_deleted(runs: list[str]) -> None:
    ProjectClient(project="digits").delete_runs([runs[0], runs[1][:8]])
    assert [run.uuid for run in RunClient().list().results] == runs[2:]


def test_no_run_is_deleted_where_one_is_not_there(runs: list[str]) -> None:
    with pytest.raises(RunNotFoundError, match="no run"):
        ProjectClient(project="digits").delete_runs([runs[0], "f" * 32])
    assert RunClient().list().total == 3
