"""A client over a store: it reads what others shipped, wherever the home lies, and changes nothing."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.exceptions import InputError, RunNotFoundError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import export
from tests.index.test_mirror import ship, team

__all__ = ["team"]


@pytest.fixture
def shipped(home: Path, team: Path) -> RunFolder:
    """A run that a colleague shipped, with a model."""
    run = ship(team, "train", loss=0.5)
    (run.path / "outputs" / "deep").mkdir(parents=True)
    (run.path / "outputs" / "net.bin").write_bytes(b"weights")
    (run.path / "outputs" / "deep" / "more.txt").write_bytes(b"more")
    return run


@pytest.fixture
def client(shipped: RunFolder, team: Path) -> RunClient:
    return RunClient(run_uuid=shipped.uuid[:8], store=str(team))


def test_runs_of_a_store_are_found(client: RunClient) -> None:
    assert [row.name for row in client.list("metrics.loss:<1 OR out.loss:<1").results] == ["train"]


def test_what_is_shipped_later_is_found_too(client: RunClient, team: Path) -> None:
    assert len(client.list().results) == 1
    ship(team, "later")
    assert [row.name for row in client.list(sort="name").results] == ["later", "train"]


def test_a_run_of_a_store_is_read(client: RunClient, shipped: RunFolder) -> None:
    assert (client.run_uuid, client.status, client.get_outputs()) == (shipped.uuid, "running", {"loss": 0.5})
    assert [line.text for line in client.get_logs()] == ["hello"]
    assert client.get_metrics()["loss"]["metric"] == [0.5]


def test_the_home_is_left_alone(client: RunClient, home: Path, shipped: RunFolder) -> None:
    assert client.list().total == 1
    assert os.environ["POLYAXON_HOME"] == str(home)
    with pytest.raises(RunNotFoundError, match="no run"):
        RunClient(run_uuid=shipped.uuid).refresh_data()


def test_files_of_a_store_are_listed_read_and_copied(client: RunClient, tmp_path: Path) -> None:
    assert client.get_artifacts_tree("outputs") == ({"net.bin": 7}, ["deep"])
    assert client.get_artifact("outputs/net.bin") == b"weights"
    assert client.download_artifact("outputs/net.bin", tmp_path / "here").read_bytes() == b"weights"
    copy = client.download_artifact("outputs", tmp_path / "here")
    assert (copy / "deep" / "more.txt").read_bytes() == b"more"


def test_a_file_that_a_store_lacks_is_told_with_the_nearest(client: RunClient) -> None:
    with pytest.raises(InputError, match=r"has no file 'outputs/ne.bin', did you mean 'outputs/net.bin'"):
        client.get_artifact("outputs/ne.bin")


def test_a_path_out_of_the_run_is_refused(client: RunClient) -> None:
    with pytest.raises(InputError, match="leads out of the run"):
        client.get_artifact("../other/outputs/net.bin")


@pytest.mark.parametrize(
    "call",
    [
        lambda client: client.stop(),
        lambda client: client.update(name="x"),
        lambda client: client.delete(),
        lambda client: client.transfer("other"),
        lambda client: client.approve(),
        lambda client: client.restart(),
        lambda client: client.create(content="kind: operation"),
        lambda client: client.promote_to_model_version("v1"),
        lambda client: client.upload_artifact(__file__),
        lambda client: client.delete_artifact("outputs/net.bin"),
    ],
)
def test_nothing_in_a_store_is_changed(client: RunClient, call: Callable[[RunClient], object]) -> None:
    with pytest.raises(InputError, match="this client reads store"):
        call(client)


def test_a_setting_names_the_store(shipped: RunFolder, team: Path) -> None:
    before = export({"POLYAXON_READ_STORE": str(team)})
    try:
        assert RunClient(run_uuid=shipped.uuid).run_data.name == "train"
    finally:
        export(before)
