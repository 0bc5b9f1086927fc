"""Which runs a command means: what is said twice, not at all, or in another way."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Polyaxon
from tests.cli.inside import polyaxon
from tests.cli.test_ops import AddRun, add_run

__all__ = ["add_run", "polyaxon"]


def names(polyaxon: Polyaxon) -> list[str]:
    """The names of the runs that are there."""
    return [run["name"] for run in json.loads(polyaxon("ops", "ls", "-o", "json").out)["results"]]


@pytest.mark.parametrize("option", ["-uid", "-q", "-p"])
@pytest.mark.parametrize("text", ["", " "])
def test_an_empty_text_deletes_nothing(polyaxon: Polyaxon, add_run: AddRun, option: str, text: str) -> None:
    add_run("train")
    told = polyaxon("ops", "delete", option, text, "-y")
    assert (told.code, told.out) == (2, "")
    assert "an empty text names nothing" in told.err
    assert names(polyaxon) == ["train"]


@pytest.mark.parametrize("verb", ["get", "stop", "restart", "invalidate", "pull", "export", "compare"])
@pytest.mark.parametrize("words", [("ops", "-uid", "", "VERB"), ("ops", "VERB", "--uid", "")])
def test_an_empty_uid_is_not_the_last_run(
    polyaxon: Polyaxon, add_run: AddRun, verb: str, words: tuple[str, ...]
) -> None:
    add_run("train")
    told = polyaxon(*(verb if word == "VERB" else word for word in words))
    assert told.code == 2
    assert "an empty text names nothing" in told.err


@pytest.mark.parametrize("verb", ["ls", "pull", "export", "compare", "invalidate"])
def test_an_empty_query_is_not_every_run(polyaxon: Polyaxon, add_run: AddRun, verb: str) -> None:
    add_run("train")
    told = polyaxon("ops", verb, "-q", " ")
    assert told.code == 2
    assert "an empty text names nothing" in told.err


@pytest.mark.parametrize("verb", ["get", "stop", "logs", "metrics", "statuses"])
def test_a_command_about_one_run_passes_none_over(polyaxon: Polyaxon, add_run: AddRun, verb: str) -> None:
    first, second = add_run("first"), add_run("second")
    told = polyaxon("ops", verb, "-uid", first.uuid, "-uid", second.uuid)
    assert (told.code, told.out) == (2, "")
    assert "one run is meant" in told.err


def test_a_list_says_that_it_takes_no_run(polyaxon: Polyaxon, add_run: AddRun) -> None:
    told = polyaxon("ops", "-uid", add_run("train").uuid, "ls")
    assert told.code == 2
    assert "ls takes no --uid" in told.err


@pytest.mark.parametrize(
    "words",
    [("-uid", "first", "-uid", "second"), ("-q", "name:first|second", "-p", "default"), ("first", "second")],
)
def test_runs_are_compared_however_they_are_named(
    polyaxon: Polyaxon, add_run: AddRun, words: tuple[str, ...]
) -> None:
    uuids = {add_run("first").uuid, add_run("second").uuid}
    add_run("third")
    told = polyaxon("ops", "compare", *words, "-o", "json")
    assert set(json.loads(told.out)["runs"]) == uuids


def test_a_query_that_finds_one_run_compares_nothing(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("first")
    told = polyaxon("ops", "compare", "-q", "name:first")
    assert told.err == "Error: the query 'name:first' means 1 run: name two or more\n"


@pytest.mark.parametrize("words", [("-p", "team/faces", "push"), ("push", "-p", "team/faces")])
def test_runs_are_brought_into_the_project_that_is_named(
    polyaxon: Polyaxon, add_run: AddRun, folder: Path, words: tuple[str, ...]
) -> None:
    run = add_run("traveller")
    polyaxon("ops", "pull", "--path", str(folder))
    polyaxon("ops", "delete", "-uid", run.uuid, "-y")
    polyaxon("ops", *words, "--path", str(folder / run.uuid))
    [there] = json.loads(polyaxon("ops", "ls", "-o", "json").out)["results"]
    assert (there["owner"], there["project"]) == ("team", "faces")


@pytest.mark.parametrize("words", [("-p", "digits", "get"), ("get", "-p", "digits")])
def test_the_project_of_a_version_stands_before_or_after(polyaxon: Polyaxon, words: tuple[str, ...]) -> None:
    polyaxon("models", "register", "-p", "digits", "-ver", "v1", "--content", "x")
    assert json.loads(polyaxon("models", *words, "-ver", "v1").out)["project"] == "digits"
    assert polyaxon("models", "get", "-p", "letters", "-ver", "v1").code == 2


def test_what_was_started_elsewhere_is_not_restarted_unnamed(polyaxon: Polyaxon, add_run: AddRun) -> None:
    add_run("train")
    told = polyaxon("ops", "restart")
    assert (told.code, "no run was started in this folder: say which is meant by --uid" in told.err) == (
        2,
        True,
    )


def test_an_empty_store_advises_no_run(polyaxon: Polyaxon, tmp_path: Path) -> None:
    (tmp_path / "team").mkdir()
    told = polyaxon("ops", "get", "--store", str(tmp_path / "team"))
    assert told.err == f"Error: no run in {tmp_path / 'team'} yet\n"
