from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError, RunNotFoundError
from polyaxon_sdk.index.selector import resolve
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.settings import Settings, load
from tests.index.conftest import AddRun


@pytest.fixture
def settings(home: Path) -> Settings:
    return load({"POLYAXON_HOME": str(home)})


def test_a_whole_uuid_is_found(add_run: AddRun, settings: Settings) -> None:
    folder = add_run()
    assert resolve(settings, folder.uuid).path == folder.path


def test_the_first_digits_are_enough(add_run: AddRun, settings: Settings) -> None:
    folder = add_run()
    assert resolve(settings, folder.uuid[:12]).path == folder.path


def test_a_uuid_may_be_written_with_dashes_and_capitals(add_run: AddRun, settings: Settings) -> None:
    folder = add_run()
    assert resolve(settings, f"{folder.uuid[:8]}-{folder.uuid[8:12]}".upper()).path == folder.path


def test_digits_of_several_runs_are_refused(home: Path, settings: Settings) -> None:
    for end in "12":
        (home / "runs" / f"{'ab' * 15}0{end}").mkdir(parents=True)
    with pytest.raises(InputError, match=r"2 runs begin with 'abab'.*expected more digits"):
        resolve(settings, "abab")


@pytest.mark.parametrize("text", ["../../etc", "0x12", 'a"b', "a, status:failed"])
def test_what_is_neither_uuid_nor_name_is_not_found(add_run: AddRun, settings: Settings, text: str) -> None:
    add_run("train")
    with pytest.raises(RunNotFoundError, match="no run "):
        resolve(settings, text)


@pytest.mark.parametrize("text", ["", " "])
def test_an_empty_text_is_not_the_last_run(add_run: AddRun, settings: Settings, text: str) -> None:
    add_run("train")
    with pytest.raises(InputError, match=r"names no run, expected a uuid"):
        resolve(settings, text)


def test_a_name_goes_before_the_first_digits_of_a_uuid(add_run: AddRun, settings: Settings) -> None:
    other = add_run("train")
    named = add_run(other.uuid[:4])
    assert resolve(settings, other.uuid[:4]).path == named.path


def test_the_digits_that_lists_show_go_before_a_name(add_run: AddRun, settings: Settings) -> None:
    other = add_run("train")
    add_run(other.uuid[:12])
    assert resolve(settings, other.uuid[:12]).path == other.path


def test_a_name_is_that_of_a_search_and_not_of_its_runs(add_run: AddRun, settings: Settings) -> None:
    search = add_run("grid", kind="matrix")
    trial = RecordWriter(add_run("grid"))
    trial.append("edge", upstream=search.uuid, kind="pipeline", values=[])
    trial.close()
    assert resolve(settings, "grid").path == search.path
    add_run("grid", kind="matrix")
    with pytest.raises(InputError, match="2 runs are called 'grid'"):
        resolve(settings, "grid")


def test_digits_are_those_of_runs_of_the_project(add_run: AddRun, settings: Settings) -> None:
    folder = add_run("train", "same", owner="bob")
    assert resolve(settings, folder.uuid[:12], project="bob/same").path == folder.path
    with pytest.raises(RunNotFoundError, match="no run "):
        resolve(settings, folder.uuid, project="carol/same")


def test_the_last_run_of_a_folder_is_found_behind_many_others(add_run: AddRun, settings: Settings) -> None:
    mine = add_run("mine", cwd="/here")
    for _ in range(60):
        add_run("other", cwd="/there")
    assert resolve(settings, cwd="/here").path == mine.path


def test_in_a_folder_without_runs_the_last_of_all_is_meant(add_run: AddRun, settings: Settings) -> None:
    last = add_run("other", cwd="/there")
    assert resolve(settings, cwd="/here").path == last.path


def test_digits_of_no_run_say_how_to_list(settings: Settings) -> None:
    with pytest.raises(RunNotFoundError, match=r"no run 'abc' in .*`polyaxon ops ls`"):
        resolve(settings, "abc")


def test_without_a_uuid_the_last_run_is_meant(add_run: AddRun, settings: Settings) -> None:
    add_run("first")
    last = add_run("second")
    assert resolve(settings).path == last.path


def belongs(folder: RunFolder, pipeline: str) -> None:
    """Make a run one of a pipeline."""
    writer = RecordWriter(folder)
    writer.append("edge", upstream=pipeline, kind="pipeline", values=[])
    writer.close()


def test_a_pipeline_is_meant_rather_than_the_last_of_its_runs(add_run: AddRun, settings: Settings) -> None:
    pipeline, trial = add_run("sweep"), add_run("trial")
    belongs(trial, pipeline.uuid)
    assert resolve(settings).path == pipeline.path


def test_a_run_of_a_pipeline_is_meant_where_there_is_no_other(add_run: AddRun, settings: Settings) -> None:
    trial = add_run("trial")
    belongs(trial, "f" * 32)
    assert resolve(settings).path == trial.path


def test_the_last_run_of_a_project_is_meant(add_run: AddRun, settings: Settings) -> None:
    mine = add_run(project="digits")
    add_run(project="letters")
    assert resolve(settings, project="digits").path == mine.path


def test_the_last_run_of_a_project_is_one_of_its_owner(add_run: AddRun, settings: Settings) -> None:
    mine = add_run(project="same", owner="alice")
    last = add_run(project="same", owner="bob")
    assert resolve(settings, project="alice/same").path == mine.path
    assert resolve(settings, project="same").path == last.path


def test_without_any_run_the_way_to_one_is_named(settings: Settings) -> None:
    with pytest.raises(RunNotFoundError, match=r"no run of project 'digits' .*`polyaxon run`"):
        resolve(settings, project="digits")
