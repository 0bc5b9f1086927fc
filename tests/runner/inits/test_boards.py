"""Init steps that collect what a TensorBoard shows."""

from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.settings import Settings
from tests.runner.inits.conftest import Prepare
from tests.runner.inits.test_referred import brought

FILES = (
    "outputs/tb/events.out.tfevents.1.host",
    "outputs/tb/plugins/profile/a.xplane.pb",
    "outputs/net.keras",
)


def add_run(runs: Path, name: str, files: tuple[str, ...] = FILES) -> str:
    """A run of this name that wrote these files; its uuid."""
    folder = RunFolder(runs / new_uuid()).create()
    writer = RecordWriter(folder)
    writer.append("created", name=name, project="default")
    writer.close()
    for file in files:
        (folder.path / file).parent.mkdir(parents=True, exist_ok=True)
        (folder.path / file).write_text(file)
    return folder.uuid


def test_event_files_of_runs_are_collected_by_run(settings: Settings, prepare: Prepare) -> None:
    one, other = add_run(settings.runs, "a"), add_run(settings.runs, "b", FILES[:1])
    files, _ = brought(prepare({"tensorboard": {"uuids": [one, other]}}))
    assert files == sorted([f"{one}/{FILES[0]}", f"{one}/{FILES[1]}", f"{other}/{FILES[0]}"])


def test_runs_are_shown_by_their_names(settings: Settings, prepare: Prepare) -> None:
    uuids = [add_run(settings.runs, "train", FILES[:1]) for _ in range(2)]
    step = {"tensorboard": {"uuids": uuids, "useNames": True}, "path": "logs"}
    files, _ = brought(prepare(step))
    assert files == [f"logs/train-{uuids[1][:12]}/{FILES[0]}", f"logs/train/{FILES[0]}"]


def test_a_run_without_event_files_is_no_failure(settings: Settings, prepare: Prepare) -> None:
    uuids = [add_run(settings.runs, "a", FILES[2:]), add_run(settings.runs, "b", FILES[:1])]
    files, _ = brought(prepare({"tensorboard": {"uuids": uuids}}))
    assert files == [f"{uuids[1]}/{FILES[0]}"]


@pytest.mark.parametrize(
    ("board", "told"),
    [
        ({"uuids": ["0f" * 16]}, r"tensorboard.uuids: no run '0f"),
        ({"port": 6006}, r"tensorboard.uuids: no runs"),
        ({"uuids": ["0f" * 16], "plugins": ["nope-plugin"]}, "'nope-plugin' is not installed here"),
    ],
)
def test_a_board_that_can_not_be_is_refused(prepare: Prepare, board: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        prepare({"tensorboard": board})
