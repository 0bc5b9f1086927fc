"""Versions of a project, kept, staged, copied and brought elsewhere."""

from pathlib import Path

import pytest

from polyaxon_sdk.client import ProjectClient
from polyaxon_sdk.exceptions import InputError, RunNotFoundError
from polyaxon_sdk.projects.version import KINDS, VersionKind
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.hashes import hash_of_path
from polyaxon_sdk.runs.record import RecordWriter


@pytest.fixture
def project(home: Path) -> ProjectClient:
    return ProjectClient("acme", "digits")


@pytest.fixture
def trained(folder: RunFolder) -> RunFolder:
    """A run of another project that made a model."""
    writer = RecordWriter(folder)
    writer.append("created", name="train", project="other")
    writer.append("lineage", artifact={"name": "net", "kind": "model", "path": "outputs/net.bin"})
    writer.append("status", status="succeeded")
    writer.close()
    (folder.outputs / "net.bin").write_bytes(b"weights")
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_a_version_of_each_kind_is_registered(project: ProjectClient, kind: VersionKind) -> None:
    project.register_version(kind, "v1", "good", tags="a,b", content={"x": 1})
    version = project.get_version(kind, "v1")
    assert (version.description, version.tags, version.content, version.stage) == (
        "good",
        ("a", "b"),
        {"x": 1},
        "testing",
    )


def test_a_version_knows_the_run_that_made_it(project: ProjectClient, trained: RunFolder) -> None:
    version = project.register_model_version("v1", run="train")
    assert (version.run, version.project, version.artifacts) == (trained.uuid, "digits", ("net",))


def test_a_stage_is_changed_and_those_before_are_known(project: ProjectClient) -> None:
    project.register_model_version("v1")
    project.stage_model_version("v1", "production", reason="Best")
    version = project.get_model_version("v1")
    assert (version.stage, [each.stage for each in version.stage_conditions]) == (
        "production",
        ["testing", "production"],
    )


def test_a_stage_that_is_not_there_is_told_with_the_nearest(project: ProjectClient) -> None:
    project.register_model_version("v1")
    with pytest.raises(InputError, match=r"no stage 'prod', expected one of .*did you mean 'production'"):
        project.stage_model_version("v1", "prod")


def test_a_version_is_copied_and_transferred(project: ProjectClient) -> None:
    project.register_artifact_version("v1")
    project.copy_artifact_version("v1", "letters", "v2")
    project.transfer_artifact_version("v1", "me/letters")
    assert [each.name for each in ProjectClient("acme", "letters").list_artifact_versions()] == ["v2"]
    assert [each.name for each in ProjectClient("me", "letters").list_artifact_versions()] == ["v1"]
    assert project.list_artifact_versions() == []


def test_what_is_said_of_a_version_changes(project: ProjectClient) -> None:
    project.register_model_version("v1", "good", tags="a")
    project.patch_model_version("v1", description="better")
    assert (project.get_model_version("v1").description, project.get_model_version("v1").tags) == (
        "better",
        ("a",),
    )


def test_a_version_goes_out_with_its_files_and_comes_back(
    project: ProjectClient, trained: RunFolder, tmp_path: Path
) -> None:
    kept = project.register_model_version("v1", run=trained.uuid)
    place = project.pull_model_version("v1", tmp_path)
    project.delete_model_version("v1")
    assert (place / "net.bin").read_bytes() == b"weights"
    assert project.push_model_version("v1", tmp_path) == kept


def test_a_file_that_changed_after_its_version_was_made_is_not_pulled(
    project: ProjectClient, trained: RunFolder, tmp_path: Path
) -> None:
    made_of = {"name": "net", "kind": "model", "path": "outputs/net.bin"}
    summary = {"hash": hash_of_path(str(trained.outputs / "net.bin"))}
    RecordWriter(trained).append("lineage", artifact={**made_of, "summary": summary})
    project.register_model_version("v1", run=trained.uuid)
    assert (project.pull_model_version("v1", tmp_path) / "net.bin").read_bytes() == b"weights"
    (trained.outputs / "net.bin").write_bytes(b"others")
    with pytest.raises(InputError, match=r"'outputs/net\.bin' of run .* was changed after model 'v1'"):
        project.pull_model_version("v1", tmp_path)
    assert (tmp_path / "digits-v1" / "net.bin").read_bytes() == b"weights"


def test_a_version_whose_run_was_deleted_says_so(
    project: ProjectClient, trained: RunFolder, tmp_path: Path
) -> None:
    project.register_model_version("v1", run=trained.uuid)
    ProjectClient(project="other").delete_runs([trained.uuid])
    with pytest.raises(RunNotFoundError, match=r"model 'v1' is made of run \w{12}, which was deleted"):
        project.pull_model_version("v1", tmp_path)
    assert (
        project.pull_model_version("v1", tmp_path, download_artifacts=False) / "version.plx.json"
    ).is_file()


def test_a_version_of_nothing_is_not_registered(project: ProjectClient, trained: RunFolder) -> None:
    with pytest.raises(
        InputError, match=r"v1: nothing of run \w{12} is named, expected `artifacts`: some of net"
    ):
        project.register_artifact_version("v1", run=trained.uuid)
    assert project.list_artifact_versions() == []


def test_a_folder_without_a_version_is_told(project: ProjectClient, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no version lies there, expected a folder with version\.plx\.json"):
        project.push_model_version(None, tmp_path)


def test_projects_are_those_of_runs_and_those_that_are_kept(
    project: ProjectClient, trained: RunFolder
) -> None:
    project.update(description="numbers")
    found = [(each.owner, each.name, each.runs, each.description) for each in ProjectClient.list()]
    assert found == [("acme", "digits", 0, "numbers"), ("default", "other", 1, None)]


def test_a_project_with_runs_is_not_deleted(trained: RunFolder) -> None:
    with pytest.raises(InputError, match=r"has 1 run and 0 versions.*ops -p default/other delete"):
        ProjectClient(project="other").delete()


def test_a_project_of_versions_alone_is_listed_and_not_deleted(project: ProjectClient) -> None:
    project.register_artifact_version("v1")
    assert [(each.owner, each.name) for each in ProjectClient.list()] == [("acme", "digits")]
    with pytest.raises(
        InputError, match=r"first: polyaxon models -p acme/digits --kind artifact delete -ver v1$"
    ):
        project.delete()


def test_an_empty_project_is_deleted(project: ProjectClient) -> None:
    project.get_or_create()
    project.delete()
    assert ProjectClient.list() == []


def test_the_stages_of_a_version_are_told(project: ProjectClient) -> None:
    project.register_model_version("v1")
    project.stage_model_version("v1", "production", "Review")
    stage, before = project.get_model_version_stages("v1")
    assert (stage, [each.stage for each in before][-1]) == ("production", "production")
