import pytest

from polyaxon_sdk.client import ProjectClient, RunClient
from polyaxon_sdk.exceptions import InputError, RunNotFoundError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import load


def add_run(owner: str) -> RunFolder:
    """A finished run of a project that several have."""
    folder = RunFolder(load().runs / new_uuid()).create()
    writer = RecordWriter(folder)
    writer.append("created", name=f"of-{owner}", project="same", owner=owner)
    writer.append("status", status="succeeded")
    writer.close()
    return folder


@pytest.fixture
def owned(home: object) -> dict[str, RunFolder]:
    """A run of each of two owners."""
    return {owner: add_run(owner) for owner in ("alice", "bob")}


@pytest.mark.parametrize(
    ("owner", "project", "names"),
    [
        ("alice", "same", {"of-alice"}),
        (None, "alice/same", {"of-alice"}),
        ("alice", None, {"of-alice"}),
        (None, "same", {"of-alice", "of-bob"}),
        (None, None, {"of-alice", "of-bob"}),
    ],
)
def test_the_runs_of_an_owner_are_listed(
    owned: dict[str, RunFolder], owner: str | None, project: str | None, names: set[str]
) -> None:
    assert {row.name for row in RunClient(owner, project).list().results} == names


def test_the_runs_of_a_project_are_those_of_its_owner(owned: dict[str, RunFolder]) -> None:
    assert ProjectClient(owner="alice", project="same").list_runs().total == 1
    assert ProjectClient(project="same").list_runs().total == 2


@pytest.mark.parametrize("digits", [32, 12])
def test_what_belongs_to_others_is_not_moved(owned: dict[str, RunFolder], digits: int) -> None:
    client = ProjectClient(owner="carol", project="same")
    with pytest.raises(RunNotFoundError, match="no run "):
        client.transfer_runs([owned["bob"].uuid[:digits]], "team/zed")
    with pytest.raises(RunNotFoundError, match="no run "):
        client.transfer_runs(["of-bob"], "team/zed")
    assert read_run(owned["bob"]).owner == "bob"


def test_a_client_goes_on_with_a_run_that_it_moved(owned: dict[str, RunFolder]) -> None:
    client = RunClient(owner="bob", project="same", run_uuid="of-bob")
    client.transfer("team/zed")
    assert client.refresh_data().owner == "team"


def test_an_empty_uuid_is_not_the_configured_run(home: object) -> None:
    with pytest.raises(InputError, match="run_uuid='' names no run"):
        RunClient(run_uuid="")
