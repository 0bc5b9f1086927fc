"""The commands that change runs, on real ones."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import read_run
from tests.cli.conftest import Polyaxon
from tests.cli.inside import polyaxon
from tests.cli.test_ops import AddRun, add_run
from tests.polling import eventually

__all__ = ["add_run", "polyaxon"]

JOB = """
kind: component
name: job
inputs: [{name: seconds, type: float, value: 0, isOptional: true}]
run: {kind: job, container: {command: [sh, -c], args: ["echo slept {{ seconds }}; sleep {{ seconds }}"]}}
"""


@pytest.fixture
def job(folder: Path) -> Path:
    """A Polyaxonfile in the folder where commands are typed."""
    file = folder / "job.yaml"
    file.write_text(JOB)
    return file


@pytest.mark.system
def test_a_run_is_restarted_with_another_value(polyaxon: Polyaxon, job: Path) -> None:
    polyaxon("run", "-f", str(job))
    told = polyaxon("ops", "restart", "-P", "seconds=0.01", "--tags", "again", "-o", "json")
    run = json.loads(told.out)
    assert (told.code, run["inputs"], run["tags"]) == (0, {"seconds": 0.01}, ["again"])


@pytest.mark.system
def test_a_restart_with_a_value_for_no_input_says_so(polyaxon: Polyaxon, job: Path) -> None:
    polyaxon("run", "-f", str(job))
    told = polyaxon("ops", "restart", "-P", "secnds=0")
    assert (told.code, told.err.startswith("Warning: "), "secnds" in told.err) == (0, True, True)


@pytest.mark.system
def test_a_restart_in_the_background_is_stopped(polyaxon: Polyaxon, job: Path) -> None:
    polyaxon("run", "-f", str(job))
    started = json.loads(polyaxon("ops", "restart", "-b", "-P", "seconds=600", "-o", "json").out)
    eventually(lambda: read_run(RunFolder(started["path"])).status == "running", 60)
    told = polyaxon("ops", "stop", "-uid", started["uuid"])
    assert (told.code, told.out) == (0, f"run {started['uuid'][:12]} is stopped\n")


@pytest.mark.system
def test_a_run_is_resumed(polyaxon: Polyaxon, job: Path) -> None:
    polyaxon("run", "-f", str(job))
    told = polyaxon("ops", "resume", "-l")
    assert (told.code, "slept 0" in told.out, "s since it was resumed" in told.out) == (0, True, True)
    assert polyaxon("ops", "logs").out == "slept 0\nslept 0\n"


def test_the_last_run_of_this_folder_is_meant(polyaxon: Polyaxon, add_run: AddRun, folder: Path) -> None:
    here = add_run("here", cwd=str(folder))
    add_run("elsewhere", cwd="/")
    assert json.loads(polyaxon("ops", "get", "-o", "json").out)["uuid"] == here.uuid


def test_a_run_is_named_by_its_name(polyaxon: Polyaxon, add_run: AddRun) -> None:
    wanted, _ = add_run("wanted"), add_run("last")
    assert json.loads(polyaxon("ops", "get", "-uid", "wanted", "-o", "json").out)["uuid"] == wanted.uuid


def test_a_name_of_two_runs_takes_one_line(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("twin")
    add_run("twin")
    told = polyaxon("ops", "get", "-uid", "twin")
    assert (told.code, told.err.startswith("Error: 2 runs are called 'twin'")) == (2, True)


@pytest.mark.parametrize(
    "command",
    [["stop"], ["skip"], ["update", "-n", "new"], ["transfer", "-to", "b"], ["approve"], ["resume"]],
)
def test_no_run_of_elsewhere_is_changed_that_nobody_named(
    polyaxon: Polyaxon, add_run: AddRun, command: list[str]
) -> None:
    run = add_run("elsewhere", cwd="/")
    told = polyaxon("ops", *command)
    assert (told.code, read_run(run).name) == (2, "elsewhere")
    assert told.err == "Error: no run was started in this folder: say which is meant by --uid\n"


def test_a_run_is_updated_and_transferred(polyaxon: Polyaxon, add_run: AddRun, folder: Path) -> None:
    run = add_run("old", cwd=str(folder))
    polyaxon("ops", "update", "-n", "new", "--tags", "a,b")
    told = polyaxon("ops", "transfer", "--to-project", "acme/digits")
    state = read_run(run)
    assert (state.name, state.tags, state.project) == ("new", ["a", "b"], "digits")
    assert told.out == f"run {run.uuid[:12]} is in project acme/digits\n"


def test_a_dry_run_says_what_would_go(polyaxon: Polyaxon, add_run: AddRun) -> None:
    folder = add_run("old")
    told = polyaxon("ops", "delete", "-q", "name:old", "--dry-run")
    assert told.out.splitlines()[-1].startswith("1 run: ")
    assert folder.path.is_dir()


def test_deleting_asks_first(polyaxon: Polyaxon, add_run: AddRun) -> None:
    folder = add_run("old")
    told = polyaxon("ops", "delete", "-uid", folder.uuid)
    assert (told.code != 0, folder.path.is_dir()) == (True, True)


def test_a_name_that_no_run_has_is_told_with_the_nearest(polyaxon: Polyaxon, add_run: AddRun) -> None:
    RecordWriter(add_run("old")).append("outputs", values={"loss": 0.5})
    told = polyaxon("ops", "delete", "-q", "metrics.losss:<1", "--yes")
    assert (told.out, told.err) == ("no runs match\n", "no run has 'metrics.losss', did you mean 'loss'?\n")


def test_deleted_runs_are_gone_and_no_others(polyaxon: Polyaxon, add_run: AddRun) -> None:
    old, new = add_run("old"), add_run("new")
    told = polyaxon("ops", "delete", "-q", "name:old", "--yes")
    assert (told.code, told.out.splitlines()[-1]) == (0, "deleted 1 run")
    assert (old.path.exists(), new.path.exists()) == (False, True)
    assert "old" not in polyaxon("ops", "ls").out


def test_deleting_needs_to_be_told_which(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("old")
    assert polyaxon("ops", "delete", "-y").err == "Error: say which run by --uid, or which runs by --query\n"


def test_runs_are_compared(polyaxon: Polyaxon, add_run: AddRun) -> None:
    first, second = add_run("first"), add_run("second")
    told = polyaxon("ops", "compare", first.uuid, second.uuid, "-d", "-o", "csv")
    rows = [row for row in csv.DictReader(StringIO(told.out)) if row["name"] != "duration"]
    assert [(row["name"], row[first.uuid], row[second.uuid]) for row in rows] == [("name", "first", "second")]


def test_one_run_is_not_compared(polyaxon: Polyaxon, add_run: AddRun) -> None:
    assert polyaxon("ops", "compare", add_run("a").uuid).err == "Error: name two runs or more\n"


def test_columns_are_chosen(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("train")
    told = polyaxon("ops", "ls", "-c", "name,inputs.epochs,metrics.loss", "-o", "csv")
    assert told.out == "name,inputs.epochs,metrics.loss\ntrain,3,0.25\n"


def test_a_column_tells_the_pipeline_of_each_run(polyaxon: Polyaxon, add_run: AddRun) -> None:
    search, trial = add_run("sweep"), add_run("trial")
    writer = RecordWriter(trial)
    writer.append("edge", upstream="5" * 32, kind="join", values=[])
    writer.append("edge", upstream=search.uuid, kind="pipeline", values=[])
    writer.close()
    told = polyaxon("ops", "ls", "-c", "name,pipeline", "-s", "name", "-o", "csv")
    assert told.out == f"name,pipeline\nsweep,\ntrial,{search.uuid}\n"


@pytest.mark.parametrize("family", ["in", "inputs", "params", "out", "outputs", "metrics"])
def test_a_column_is_named_in_quotes_too(polyaxon: Polyaxon, add_run: AddRun, family: str) -> None:
    add_run("train")
    told = polyaxon("ops", "ls", "-c", f'{family}."epochs", name, {family}."a, \\"b"', "-o", "csv")
    assert told.out.splitlines()[0] == f'{family}.epochs,name,"{family}.a, ""b"'


def test_a_column_of_a_metric_in_quotes_is_filled(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("train")
    assert polyaxon("ops", "ls", "-c", 'metrics."loss"', "-o", "csv").out == "metrics.loss\n0.25\n"


def test_a_column_that_is_not_there_is_told_with_the_nearest(polyaxon: Polyaxon) -> None:
    told = polyaxon("ops", "ls", "-c", "nam")
    assert told.err.startswith("Error: no column 'nam', expected one of uuid, name,")
    assert told.err.endswith("did you mean 'name'?\n")


def test_logs_of_children_are_told_apart(polyaxon: Polyaxon, add_run: AddRun) -> None:
    parent = add_run("parent")
    child = add_run("child", upstream=parent.uuid)
    told = polyaxon("ops", "logs", "-c", "-uid", parent.uuid)
    assert told.out == f"{parent.uuid[:8]} | parent says grüße\n{child.uuid[:8]} | child says grüße\n"


def test_a_run_goes_out_and_comes_back(polyaxon: Polyaxon, add_run: AddRun, folder: Path) -> None:
    run = add_run("traveller")
    polyaxon("ops", "pull", "--path", str(folder))
    polyaxon("ops", "delete", "-uid", run.uuid, "-y")
    told = polyaxon("ops", "push", "--path", str(folder / run.uuid))
    assert told.out == f"{folder / run.uuid}: run {run.uuid[:12]}\n"
    assert read_run(run).name == "traveller"


def test_of_many_runs_one_that_is_garbage_is_left_out_and_named(
    polyaxon: Polyaxon, add_run: AddRun, folder: Path
) -> None:
    lost, kept = add_run("lost"), [add_run("first"), add_run("last")]
    for path in lost.record.iterdir():
        path.write_bytes(b"garbage\n" * 9)
    told = polyaxon("ops", "pull", "-a", "--path", str(folder / "out"))
    assert (told.code, told.err.count(f"Warning: run {lost.uuid[:12]} is left out: ")) == (1, 1)
    assert {path.name for path in (folder / "out").iterdir()} == {each.uuid for each in kept}


def test_a_run_that_is_over_is_not_stopped(polyaxon: Polyaxon, add_run: AddRun, folder: Path) -> None:
    run = add_run("train", cwd=str(folder))
    told = polyaxon("ops", "stop")
    assert (told.code, told.err) == (2, f"Error: run {run.uuid[:12]} is over: it is failed\n")
