import json
from pathlib import Path

import pytest

from polyaxon_sdk.client.editing import change, transfer
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import load
from tests.polling import eventually


@pytest.fixture
def done(folder: RunFolder) -> RunFolder:
    """A run that is over."""
    writer = RecordWriter(folder)
    writer.append("created", name="old")
    writer.append("tags", values=["a"])
    writer.append("status", status="succeeded")
    writer.close()
    return folder


def test_name_description_and_tags_change(done: RunFolder) -> None:
    change(load(), done, name="new", description="best", tags=["b"])
    run = read_run(done)
    assert (run.name, run.description, run.tags, run.status) == ("new", "best", ["b"], "succeeded")


def test_what_is_not_given_stays(done: RunFolder) -> None:
    change(load(), done, description="best")
    assert (read_run(done).name, read_run(done).tags) == ("old", ["a"])


def test_no_tags_take_all_away(done: RunFolder) -> None:
    assert change(load(), done, tags=[]).tags == []


def test_views_tell_what_changed(done: RunFolder) -> None:
    change(load(), done, name="new")
    assert json.loads(done.run_view.read_text())["name"] == "new"


def test_nothing_to_change_is_told(done: RunFolder) -> None:
    with pytest.raises(InputError, match="nothing to change, expected a name"):
        change(load(), done)


def test_a_run_goes_to_another_project(done: RunFolder) -> None:
    run = transfer(load(), done, "acme/digits")
    assert (run.owner, run.project) == ("acme", "digits")


def test_a_project_that_can_not_be_is_told(done: RunFolder) -> None:
    with pytest.raises(InputError, match="invalid project 'a/b/c'"):
        transfer(load(), done, "a/b/c")


@pytest.mark.system
def test_a_shipped_run_is_shipped_again(
    done: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_ARTIFACTS_STORE", f"file://{tmp_path}/store")
    change(load(), done, name="new")
    shipped = tmp_path / "store" / done.uuid / "run.plx.json"
    assert eventually(lambda: shipped.exists() and json.loads(shipped.read_text())["name"] == "new", 60)
