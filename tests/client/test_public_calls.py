"""Calls as public Polyaxon's scripts make them, and what they do with the answers."""

from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.client import ProjectClient, RunClient
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter

Say = Callable[..., None]


@pytest.fixture
def say(folder: RunFolder) -> Say:
    """Let a run have these statuses."""

    def told(*statuses: str) -> None:
        writer = RecordWriter(folder)
        for status in statuses:
            writer.append("status", status=status)
        writer.close()

    return told


def test_an_artifact_is_an_object_and_a_mapping(trained: RunClient) -> None:
    [net] = trained.get_artifacts_lineage(query="kind:model").results
    assert (net.name, net.path, net.is_input, net["kind"], net.to_dict() == net) == (
        "net",
        "outputs/net.bin",
        False,
        "model",
        True,
    )


def test_an_artifact_has_nothing_else(trained: RunClient) -> None:
    with pytest.raises(AttributeError, match="an artifact has no 'pat', did you mean 'path'"):
        _ = trained.get_artifacts_lineage().results[0].pat


def test_statuses_are_watched_until_there_is_one_of_those_wanted(folder: RunFolder, say: Say) -> None:
    say("created", "running")
    watched = RunClient(run_uuid=folder.uuid).watch_statuses(statuses=["running"])
    assert [each.status for each in watched] == ["created", "running"]


def test_a_status_that_is_none_is_not_watched_for(folder: RunFolder) -> None:
    with pytest.raises(InputError, match="there is no status 'runing', did you mean 'running'"):
        next(RunClient(run_uuid=folder.uuid).watch_statuses("runing"))


@pytest.mark.parametrize(
    ("last", "left"), [("created", ["running"]), ("running", []), ("failed", ["created", "running"])]
)
def test_statuses_since_one_are_told(folder: RunFolder, say: Say, last: str, left: list[str]) -> None:
    say("created", "running")
    status, conditions = RunClient(run_uuid=folder.uuid).get_statuses(last_status=last)
    assert (status, [each.status for each in conditions]) == ("running", left)


def test_lines_since_a_moment_are_told(folder: RunFolder) -> None:
    folder.logs.mkdir()
    lines = [
        f'{{"timestamp": "2026-11-21 19:38:3{second}+00:00", "value": "{second}"}}\n' for second in (0, 1)
    ]
    (folder.logs / "main.jsonl").write_text("".join(lines))
    (folder.journal / "drained.json").write_text(
        f'{{"files": {{"plxlogs/main.jsonl": {len("".join(lines))}}}}}'
    )
    client = RunClient(run_uuid=folder.uuid)
    first, second = client.get_logs()
    assert client.get_logs(last_time=first.time) == [second]


def test_a_mapping_says_what_changes(folder: RunFolder, say: Say) -> None:
    say("succeeded")
    state = RunClient(run_uuid=folder.uuid).update({"name": "best", "tags": ["a"]}, async_req=False)
    assert (state.name, state.tags) == ("best", ["a"])


def test_files_are_put_where_they_were_below_a_folder(folder: RunFolder, tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "net.bin").write_bytes(b"weights")
    client = RunClient(run_uuid=folder.uuid)
    [copy] = client.upload_artifacts([tmp_path / "a" / "b" / "net.bin"], relative_to=tmp_path / "a")
    assert copy == folder.outputs / "b" / "net.bin"
    with pytest.raises(InputError, match=r"other: '.*net\.bin' doesn't lie there"):
        client.upload_artifacts([tmp_path / "a" / "b" / "net.bin"], relative_to="other")


def test_a_file_is_put_in_the_place_of_another_only_where_that_may_be(
    folder: RunFolder, tmp_path: Path
) -> None:
    (tmp_path / "net.bin").write_bytes(b"new")
    (folder.outputs / "net.bin").write_bytes(b"old")
    client = RunClient(run_uuid=folder.uuid)
    with pytest.raises(InputError, match=r"run \w{12} has 'outputs/net\.bin' already"):
        client.upload_artifact(tmp_path / "net.bin", overwrite=False)
    assert client.upload_artifact(tmp_path / "net.bin").read_bytes() == b"new"


def test_a_version_is_copied_beside_itself(home: Path) -> None:
    project = ProjectClient("acme", "digits")
    project.register_model_version("v1", "good", tags="a")
    copy = project.copy_model_version("v1", tags="b, c", content={"x": 1})
    assert (copy.name, copy.project, copy.description, copy.tags, copy.content) == (
        "v1-copy",
        "digits",
        "good",
        ("b", "c"),
        {"x": 1},
    )
    assert [each.name for each in project.list_model_versions(sort="name").results] == ["v1", "v1-copy"]


def test_a_version_is_pushed_by_name_and_its_folder_goes(home: Path, tmp_path: Path) -> None:
    project = ProjectClient("acme", "digits")
    project.register_model_version("v1")
    place = project.pull_model_version("v1", tmp_path)
    with pytest.raises(InputError, match="version 'v1' lies there, expected 'v2'"):
        project.push_model_version("v2", place, force=True)
    project.push_model_version("v1", tmp_path, force=True, clean=True)
    assert not place.exists()
