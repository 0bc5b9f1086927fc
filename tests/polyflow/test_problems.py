"""What is wrong with a specification, a line a problem."""

from __future__ import annotations

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import Problem, SpecError
from polyaxon_sdk.polyflow.problems import Path, at, fault, spell


@pytest.mark.parametrize(
    ("path", "text"),
    [(("run", "init", 0, "git"), "run.init[0].git"), (("a",), "a"), ((0, "a"), "[0].a"), ((), "")],
)
def test_a_path_is_spelled_as_people_write_it(path: Path, text: str) -> None:
    assert spell(path) == text


def test_an_error_is_a_persons_mistake_of_one_line() -> None:
    error = fault("no", path=("a", 0), expected="yes", hint=", did you mean 'yes'?")
    assert isinstance(error, InputError)
    assert str(error) == "a[0]: no, expected yes, did you mean 'yes'?"


def test_a_problem_with_a_place_keeps_its_path() -> None:
    error = SpecError([Problem(what="no", path=("a",), where="f.yml:1:1"), Problem(what="no", path=("b",))])
    assert [problem.path for problem in error.under("c").problems] == [("a",), ("c", "b")]


def test_a_plain_mistake_gets_its_path() -> None:
    with pytest.raises(SpecError, match=r"^a\[0\]: no, expected yes$"), at("a", 0):
        raise InputError("no", expected="yes")


def test_many_problems_are_told_in_part() -> None:
    lines = str(SpecError(Problem(what="no", path=(n,)) for n in range(25))).splitlines()
    assert (len(lines), lines[-1]) == (21, "and 5 more")
