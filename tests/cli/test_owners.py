"""Projects of one name that several owners have, on the command line."""

import json

import pytest

from tests.cli.conftest import Polyaxon
from tests.cli.inside import polyaxon
from tests.cli.test_ops import AddRun, add_run

__all__ = ["add_run", "polyaxon"]


@pytest.fixture(autouse=True)
def _owned(add_run: AddRun) -> None:
    for owner in ("alice", "bob"):
        add_run(f"of-{owner}", "same", owner=owner)


def listed(polyaxon: Polyaxon, *words: str) -> list[str]:
    """The names of the runs that are listed, in order."""
    found = json.loads(polyaxon("ops", "ls", *words, "-o", "json").out)
    return sorted(run["name"] for run in found["results"])


@pytest.mark.parametrize(
    ("project", "names"),
    [("alice/same", ["of-alice"]), ("same", ["of-alice", "of-bob"]), ("carol/same", [])],
)
def test_the_runs_of_an_owner_are_listed(polyaxon: Polyaxon, project: str, names: list[str]) -> None:
    assert listed(polyaxon, "-p", project) == names


@pytest.mark.parametrize(
    "query", ["owner:alice", "project:alice/same", "project:same, owner:~bob", "project:~bob/same"]
)
def test_a_query_says_whose(polyaxon: Polyaxon, query: str) -> None:
    assert listed(polyaxon, "-q", query) == ["of-alice"]


def test_what_belongs_to_others_is_not_deleted(polyaxon: Polyaxon) -> None:
    told = polyaxon("ops", "-p", "carol/same", "delete", "-q", "status:failed", "-y")
    assert (told.code, told.out) == (0, "no runs match\n")
    assert listed(polyaxon) == ["of-alice", "of-bob"]


@pytest.mark.parametrize("verb", ["get", "stop", "delete"])
def test_a_run_of_another_owner_is_not_found(polyaxon: Polyaxon, verb: str) -> None:
    told = polyaxon("ops", "-p", "carol/same", verb, "-uid", "of-bob")
    assert told.code != 0
    assert "of-bob" in told.err


def test_a_project_that_has_runs_names_its_owner_in_the_advice(polyaxon: Polyaxon) -> None:
    told = polyaxon("project", "delete", "-p", "alice/same", "-y")
    assert "polyaxon ops -p alice/same delete" in told.err
