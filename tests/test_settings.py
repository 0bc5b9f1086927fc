import os
from pathlib import Path

import pytest

from polyaxon_sdk.settings import inherited, load
from polyaxon_sdk.workplace import write_project


def test_settings_of_which_nothing_changed_are_not_read_again(home: Path) -> None:
    assert load() is load()


def test_a_variable_that_is_set_counts_at_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    monkeypatch.setenv("POLYAXON_PROJECT", "digits")
    assert load().project == "digits"


def test_a_variable_that_is_taken_away_counts_at_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLYAXON_PROJECT", "digits")
    load()
    monkeypatch.delenv("POLYAXON_PROJECT")
    assert load().project == "default"


def test_what_is_written_to_the_file_of_the_home_counts_at_once(home: Path) -> None:
    found = []
    for name in ("digits", "letters", ""):
        home.mkdir(exist_ok=True)
        (home / "config.yaml").write_text(f"project: {name}\n" if name else "", encoding="utf-8")
        found.append(load().project)
    assert found == ["digits", "letters", "default"]


def test_the_project_of_a_folder_counts_there_alone(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    write_project(tmp_path / "here", "digits")
    found = []
    for folder in ("here", "."):
        monkeypatch.chdir(tmp_path / folder)
        found.append(load().project)
    assert found == ["digits", "default"]


def test_a_home_that_is_no_whole_path_is_that_of_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_HOME", "home")
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        found.append(load().home)
    assert found == [tmp_path / "one" / "home", tmp_path / "two" / "home"]


def test_a_child_gets_the_variables_as_they_are_now(monkeypatch: pytest.MonkeyPatch) -> None:
    before = inherited({})
    monkeypatch.setenv("NEW", "ü")
    assert inherited({"ADDED": "1"}) == {**before, "NEW": "ü", "ADDED": "1"}


def test_what_is_done_to_the_variables_of_a_child_changes_nothing_here() -> None:
    inherited({})["POLYAXON_PROJECT"] = "digits"
    assert inherited({}) == dict(os.environ)
