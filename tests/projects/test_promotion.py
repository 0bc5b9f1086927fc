from pathlib import Path
from typing import cast

import pytest

from polyaxon_sdk.client import ProjectClient
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.projects.project import Project, read_project, write_project
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.tracking.nowhere import Nowhere
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.run import Run
from tests.tracking.logged import problem_of


@pytest.fixture
def run(folder: RunFolder, tmp_path: Path) -> Run:
    """A run of a project that logged a model and a file."""
    RecordWriter(folder).append("created", owner="acme", project="digits", name="first")
    run = Run(Recorded(folder))
    (tmp_path / "net.bin").write_text("weights")
    run.log_model(tmp_path / "net.bin", framework="torch")
    run.log_artifact(tmp_path / "net.bin", name="notes")
    return run


def test_a_model_version_is_of_the_runs_models(run: Run, folder: RunFolder) -> None:
    run.promote_to_model_version("v1", "the first", "a, b", {"accuracy": 0.9})
    version = ProjectClient("acme", "digits").get_model_version("v1")
    assert (version.run, version.artifacts, version.tags) == (folder.uuid, ("net",), ("a", "b"))
    assert (version.description, version.content, version.stage) == (
        "the first",
        {"accuracy": 0.9},
        "testing",
    )


def test_a_version_knows_where_its_artifacts_lie(run: Run) -> None:
    version = run.promote_to_artifact_version("v1", artifacts=["notes"])
    assert version is not None
    (known,) = cast(list[dict[str, str]], version.meta_info["artifacts"])
    assert known == {"name": "notes", "kind": "file", "path": "outputs/notes.bin", "hash": known["hash"]}
    assert len(known["hash"]) == 12


def test_an_artifact_that_is_not_there_is_told(run: Run, folder: RunFolder) -> None:
    assert run.promote_to_model_version("v1", artifacts=["nte"]) is None
    assert problem_of(folder) == (
        "model version 'v1' is left out: the run has no artifact 'nte', did you mean 'net'?"
    )


def test_a_name_that_is_taken_is_told(run: Run, folder: RunFolder) -> None:
    versions = [run.promote_to_model_version("v1"), run.promote_to_model_version("v1")]
    assert (versions[1], "is there already" in problem_of(folder)) == (None, True)


def test_it_is_replaced_by_force(run: Run) -> None:
    run.promote_to_model_version("v1", "first")
    run.promote_to_model_version("v1", "second", force=True)
    (version,) = ProjectClient(project="acme/digits").list_model_versions()
    assert version.description == "second"


def test_where_nothing_is_tracked_nothing_is_kept(home: Path) -> None:
    Run(Nowhere()).promote_to_model_version("v1")
    assert ProjectClient().list_model_versions() == []


def test_a_project_is_there_without_being_made(home: Path) -> None:
    client = ProjectClient(project="digits")
    assert (client.project_data.name, client.owner, home.exists()) == ("digits", "default", False)


def test_what_is_said_of_a_project_is_kept(home: Path) -> None:
    made = ProjectClient(project="digits").get_or_create()
    assert ProjectClient(project="digits").get_or_create() == made


def test_a_project_is_described(home: Path) -> None:
    write_project(home / "hub", Project(name="digits", description="of hands", tags=["a"]))
    assert ProjectClient(project="digits").project_data.description == "of hands"


def test_a_damaged_project_is_told(home: Path) -> None:
    write_project(home / "hub", Project(name="digits"))
    (home / "hub" / "@project" / "default" / "digits.json").write_text("{")
    with pytest.raises(InputError, match=r"digits\.json: no project is told in it"):
        read_project(home / "hub", "default", "digits")


@pytest.mark.parametrize("name", ["../x", "a b"])
def test_a_name_that_is_no_projects_is_refused(name: str, home: Path) -> None:
    with pytest.raises(InputError, match=r"invalid (project|owner)"):
        ProjectClient(project=name)


def test_a_kind_that_there_is_not_is_refused(home: Path) -> None:
    with pytest.raises(
        InputError, match="no kind of version 'models', expected one of model, artifact, component"
    ):
        ProjectClient().get_version("models", "v1")  # type: ignore[arg-type]  # that is the test
