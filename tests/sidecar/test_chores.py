"""Shipping beside a run: how often, and what its record tells of it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import load
from polyaxon_sdk.sidecar.chores import Chores
from tests.polling import eventually

MakeChores = Callable[[str], Chores]


@pytest.fixture
def record(folder: RunFolder) -> RecordWriter:
    """The record of a run with an output, written by this process."""
    (folder.path / "outputs" / "model.bin").write_bytes(b"model")
    record = RecordWriter(folder)
    record.append("created", track_code=False, track_env=False, collect_resources=False)
    return record


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store on a disk that is not mounted yet."""
    return tmp_path / "disk" / "team"


@pytest.fixture
def chores_of(folder: RunFolder, record: RecordWriter, store: Path) -> MakeChores:
    """Chores that ship the run as often as said."""

    def make(interval: str) -> Chores:
        settings = {"POLYAXON_HOME": str(folder.home), "POLYAXON_ARTIFACTS_STORE": str(store)}
        chores = Chores(folder, load({**settings, "POLYAXON_SHIP_INTERVAL": interval}), record.append)
        chores.start(read_run(folder))
        return chores

    return make


def shipped(store: Path, folder: RunFolder) -> bool:
    """Whether the run's output is there."""
    return (store / folder.uuid / "outputs" / "model.bin").is_file()


def test_a_run_is_shipped_while_it_goes_on_as_often_as_the_setting_says(
    folder: RunFolder, chores_of: MakeChores, store: Path
) -> None:
    store.parent.mkdir()
    chores = chores_of("0.05")
    eventually(lambda: shipped(store, folder))
    (folder.path / "outputs" / "later.bin").write_bytes(b"later")
    later = store / folder.uuid / "outputs" / "later.bin"
    eventually(later.is_file)
    chores.stop()
    assert later.read_bytes() == b"later"


def test_with_a_long_interval_all_is_shipped_at_the_end(
    folder: RunFolder, chores_of: MakeChores, store: Path
) -> None:
    store.parent.mkdir()
    chores = chores_of("3600")
    chores.stop()
    assert (shipped(store, folder), chores.finish_shipping({})) == (False, True)
    assert shipped(store, folder)


def told_there(store: Path, folder: RunFolder) -> RunState:
    """The run as the record tells it that the store has."""
    copy = RunFolder(store / folder.uuid)
    return read_run(copy)


def test_a_problem_is_over_once_all_is_shipped_and_the_store_knows_that_too(
    folder: RunFolder, chores_of: MakeChores, store: Path
) -> None:
    first = chores_of("3600")
    first.stop()
    assert not first.finish_shipping({})
    (problem,) = read_run(folder).problems
    assert "is it mounted?" in problem
    store.parent.mkdir()
    second = chores_of("3600")
    second.stop()
    assert second.finish_shipping({})
    for run in (read_run(folder), told_there(store, folder)):
        assert (run.problems, [*run.mended]) == ([], [problem])
    view = json.loads((store / folder.uuid / "run.plx.json").read_bytes())
    assert (view["problems"], view["mended_problems"][0]["what"]) == ([], problem)


def test_a_problem_that_stands_is_not_over_though_all_else_is_shipped(
    folder: RunFolder, chores_of: MakeChores, store: Path
) -> None:
    store.parent.mkdir()
    (folder.path / "outputs" / "secret").symlink_to("/etc/passwd")
    for _ in range(2):
        chores = chores_of("3600")
        chores.stop()
        assert chores.finish_shipping({})
    (link,) = read_run(folder).problems  # in which a word is masked, as behind every `secret:`
    assert (link.startswith("outputs/secret: "), read_run(folder).mended) == (True, {})
