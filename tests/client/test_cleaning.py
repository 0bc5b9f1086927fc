import json
import os
import time
from pathlib import Path

import pytest

from polyaxon_sdk.client.cleaning import clean, waste_in
from polyaxon_sdk.index.place import index_name
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.settings import Settings, load

LATER = 7200.0


@pytest.fixture
def settings(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("POLYAXON_CACHE", str(tmp_path / "cache"))
    return load()


def found(settings: Settings, after: float = LATER) -> list[tuple[str, Path]]:
    return [(each.kind, each.path) for each in waste_in(settings, time.time() + after)]


def put(file: Path) -> Path:
    file.parent.mkdir(parents=True)
    file.write_bytes(b"x" * 100)
    return file.parent


def test_an_empty_home_has_no_waste(settings: Settings) -> None:
    assert found(settings) == []


def test_half_a_run_of_a_process_that_is_gone_goes(settings: Settings) -> None:
    draft = put(settings.runs / f".{new_uuid()}.4194305.part" / "x")
    assert found(settings) == [("orphan", draft)]


def test_half_a_run_that_somebody_makes_stays(settings: Settings) -> None:
    put(settings.runs / f".{new_uuid()}.{os.getpid()}.part" / "x")
    assert found(settings) == []


def test_a_run_without_a_record_goes_once_it_is_old(settings: Settings) -> None:
    folder = put(settings.runs / new_uuid() / "x")
    assert (found(settings), found(settings, 0.0)) == ([("orphan", folder)], [])


def test_a_run_stays(settings: Settings, folder: RunFolder) -> None:
    RecordWriter(folder).append("created")
    assert found(settings) == []


def test_scratch_files_of_a_run_that_is_gone_go(settings: Settings) -> None:
    context = put(settings.home / "contexts" / new_uuid() / "x")
    assert found(settings) == [("orphan", context)]


@pytest.mark.parametrize(("ttl", "kinds"), [(60, ["ttl"]), (10**6, []), (None, []), ("x", [])])
def test_scratch_files_go_when_their_time_is_over(
    settings: Settings, folder: RunFolder, ttl: object, kinds: list[str]
) -> None:
    RecordWriter(folder).append("status", status="succeeded")
    folder.operation.write_text(json.dumps({"termination": {"ttl": ttl}}))
    put(settings.home / "contexts" / folder.uuid / "x")
    assert [kind for kind, _ in found(settings)] == kinds


def test_what_can_be_made_anew_goes_and_journals_stay(settings: Settings) -> None:
    put(settings.cache / "spool" / "x")
    own = settings.cache / index_name(settings.home)
    own.write_bytes(b"x")
    assert found(settings) == [("cache", own)]


def test_what_is_of_other_homes_goes_where_that_is_asked_for(settings: Settings) -> None:
    stores = settings.cache / "stores"
    for name, home in (("mine", settings.home), ("theirs", settings.cache / "elsewhere")):
        put(stores / name / "x")
        (stores / name / "config.yaml").symlink_to(home / "config.yaml")
    other = settings.cache / "index-0.db"
    other.write_bytes(b"x")
    assert found(settings) == [("cache", stores / "mine")]
    everyones = waste_in(settings, time.time(), everyones=True)
    assert [each.path for each in everyones] == [other, stores]


def test_cleaning_frees_what_was_told(settings: Settings) -> None:
    put(settings.home / "contexts" / new_uuid() / "x")
    waste = waste_in(settings, time.time() + LATER)
    assert (clean(waste), found(settings)) == (100, [])
