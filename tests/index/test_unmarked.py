"""Run folders that come by copying, which leaves no marks."""

import shutil
from pathlib import Path

import pytest

from polyaxon_sdk.index.page import list_page
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.settings import Settings, load


@pytest.fixture
def settings(home: Path) -> Settings:
    return load({"POLYAXON_HOME": str(home), "POLYAXON_CACHE": str(home / "cache")})


@pytest.fixture
def other(tmp_path: Path) -> RunFolder:
    """A run of another home."""
    folder = RunFolder(tmp_path / "other" / "runs" / new_uuid()).create()
    say(folder, "created", name="train", project="default")
    say(folder, "status", status="running")
    return folder


def say(folder: RunFolder, kind: str, **fields: str) -> None:
    writer = RecordWriter(folder)
    writer.append(kind, **fields)
    writer.close()


def copy(folder: RunFolder, home: Path, *, most: int = -1) -> None:
    """Copy the record of a run into a home as rsync does: whole, or the first bytes of each file."""
    for path in folder.record.iterdir():
        target = home / "runs" / folder.uuid / "record" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes()[:most] if most >= 0 else path.read_bytes())
        shutil.copystat(path, target)


def listed(settings: Settings) -> list[tuple[str | None, str]]:
    return [(run.name, run.status) for run in list_page(settings, Question()).rows]


def test_a_run_that_was_copied_by_half_is_shown_once_it_is_whole(
    settings: Settings, home: Path, other: RunFolder
) -> None:
    copy(other, home, most=20)
    assert [status for _, status in listed(settings)] == ["unknown"]
    copy(other, home)
    assert listed(settings) == [("train", "running")]


def test_a_run_that_is_copied_again_is_shown_as_it_is_now(
    settings: Settings, home: Path, other: RunFolder
) -> None:
    copy(other, home)
    assert listed(settings) == [("train", "running")]
    say(other, "status", status="succeeded")
    copy(other, home)
    assert listed(settings) == [("train", "succeeded")]


def test_a_folder_without_a_record_hides_no_other(settings: Settings, home: Path, other: RunFolder) -> None:
    (home / "runs" / new_uuid()).mkdir(parents=True)
    copy(other, home)
    assert ("train", "running") in listed(settings)
