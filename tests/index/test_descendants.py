from pathlib import Path

from polyaxon_sdk.index.descendants import descendants_of
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.settings import Settings, load
from tests.index.conftest import AddRun


def settings_of(home: Path) -> Settings:
    return load({"POLYAXON_HOME": str(home), "POLYAXON_CACHE": str(home / "cache")})


def test_a_run_names_those_that_were_made_from_it(home: Path, add_run: AddRun) -> None:
    first, again, _ = add_run("first"), add_run("again"), add_run("other")
    RecordWriter(again).append("update", original=first.uuid, cloning_kind="restart")
    assert descendants_of(settings_of(home), first.uuid) == [(again.uuid, "again", "created", "restart")]


def test_a_run_of_which_none_was_made_has_none(home: Path, add_run: AddRun) -> None:
    assert descendants_of(settings_of(home), add_run().uuid) == []


def test_a_home_without_runs_has_none(tmp_path: Path) -> None:
    assert descendants_of(settings_of(tmp_path / "none"), "0" * 32) == []
