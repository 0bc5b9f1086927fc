"""Projects, versions and artifacts, asked for in the query language."""

from pathlib import Path

import pytest

from polyaxon_sdk.client import ProjectClient, RunClient
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.types import Json
from tests.sidecar.draining import Logger


@pytest.fixture
def project(home: Path) -> ProjectClient:
    """A project with three versions of models."""
    made = ProjectClient("acme", "digits")
    for name, tags in (("v1", "old"), ("v2", "paper"), ("v3", "paper,old")):
        made.register_version("model", name, tags=tags)
    made.stage_version("model", "v2", "production")
    return made


@pytest.fixture
def projects(home: Path) -> None:
    for name, tags in (("letters", ["a"]), ("digits", ["a", "b"]), ("faces", [])):
        ProjectClient("acme", name).create({"tags": tags, "description": f"reads {name}"})


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("name:v1|v2", ["v2", "v1"]),
        ("stage:production", ["v2"]),
        ("tags:paper, tags:~old", ["v2"]),
        ("kind:model, project:digits, created_at:last_month", ["v3", "v2", "v1"]),
        ("run:nil, name:%3", ["v3"]),
        ("stage:production OR (tags:old, name:v3)", ["v3", "v2"]),
    ],
)
def test_versions_are_asked_for(project: ProjectClient, query: str, names: list[str]) -> None:
    assert [version.name for version in project.list_versions("model", query)] == names


def test_versions_come_in_an_order_and_in_pages(project: ProjectClient) -> None:
    found = project.list_model_versions(sort="name", limit=1, offset=1)
    assert [version.name for version in found] == ["v2"]


@pytest.mark.usefixtures("projects")
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("tags:a", ["digits", "letters"]),
        ("description:%FACES%", ["faces"]),
        ("owner:~acme", []),
        ("created_at:last_month, name:d%", ["digits"]),
    ],
)
def test_projects_are_asked_for(query: str, names: list[str]) -> None:
    assert [row.name for row in ProjectClient.list(query)] == names


@pytest.mark.usefixtures("projects")
def test_projects_come_in_an_order_and_in_pages() -> None:
    assert [row.name for row in ProjectClient.list(sort="-name", limit=2)] == ["letters", "faces"]


def test_a_field_that_projects_lack_is_named_with_the_nearest(home: Path) -> None:
    with pytest.raises(InputError, match=r"no project has a field 'nme', did you mean 'name'\?"):
        ProjectClient.list("nme:x")


@pytest.mark.parametrize(
    ("query", "names"),
    [("kind:model", ["net"]), ("is_input:true", ["data"]), ("path:%net%", ["net"]), ("kind:~data", ["net"])],
)
def test_the_artifacts_of_a_run_are_asked_for(folder: RunFolder, query: str, names: list[str]) -> None:
    writer = RecordWriter(folder)
    writer.append("created", name="train")
    writer.append("lineage", artifact={"name": "net", "kind": "model", "path": "outputs/net.bin"})
    made: dict[str, Json] = {
        "name": "data",
        "kind": "data",
        "path": "d",
        "is_input": True,
        "summary": {"hash": "abc"},
    }
    writer.append("lineage", artifact=made)
    writer.close()
    found = RunClient(run_uuid=folder.uuid).get_artifacts_lineage(query)
    assert [each["name"] for each in found] == names


@pytest.mark.parametrize("query", [None, 'name:"train/acc"', "name:train__acc"])
def test_a_series_is_asked_for_as_logged_or_as_its_file(folder: RunFolder, query: str | None) -> None:
    Logger(folder).log("train/acc")
    [found] = RunClient(run_uuid=folder.uuid).get_artifacts_lineage(query)
    assert (found["name"], found["path"]) == ("train/acc", "events/metric/train__acc.plx")


def test_a_project_is_made_once(home: Path) -> None:
    client = ProjectClient("acme", "digits")
    assert client.create({"name": "letters", "description": "A to Z"}).description == "A to Z"
    assert client.project == "letters"
    with pytest.raises(InputError, match="project acme/letters is there already"):
        client.create()


def test_a_version_is_made_as_it_is_told(home: Path) -> None:
    client = ProjectClient("acme", "digits")
    made = client.create_model_version({"name": "v1", "stage": "staging", "tags": ["a"], "project": "else"})
    assert client.get_model_version("v1") == made
    assert (made.project, made.stage, made.tags) == ("digits", "staging", ("a",))


def test_a_version_without_a_name_is_refused(home: Path) -> None:
    with pytest.raises(InputError, match="a version without a name"):
        ProjectClient().create_version("model", {"tags": ["a"]})


def test_what_is_said_may_come_as_a_mapping(project: ProjectClient) -> None:
    assert project.patch_model_version("v1", {"description": "worse"}).description == "worse"
    assert project.update({"readme": "# Digits"}).readme == "# Digits"
    with pytest.raises(InputError, match=r"'descripton' can't be changed.*did you mean 'description'"):
        project.update({"descripton": "x"})


@pytest.mark.parametrize(("limit", "offset"), [(-1, None), (None, -1)])
def test_a_page_that_can_not_be_is_refused(
    project: ProjectClient, limit: int | None, offset: int | None
) -> None:
    with pytest.raises(InputError, match=r"a negative (limit|offset): -1, expected 0 or more"):
        project.list_versions("model", limit=limit, offset=offset)
    with pytest.raises(InputError, match=r"a negative (limit|offset): -1, expected 0 or more"):
        RunClient().list(limit=limit, offset=offset)
