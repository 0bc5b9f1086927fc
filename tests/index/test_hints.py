"""What is said of names that no run has."""

from collections.abc import Callable

import pytest

from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.store import Index
from tests.index.conftest import AddRun

Open = Callable[[], Index]


@pytest.mark.parametrize(
    ("query", "hints"),
    [
        ("metrics.los:<0.1", ("no run has 'metrics.los', did you mean 'loss'?",)),
        ("metrics.zzz:<0.1", ("no run has 'metrics.zzz'",)),
        ("metrics.los:~nil", ("no run has 'metrics.los', did you mean 'loss'?",)),
        ("metrics.los:nil", ()),
        ("metrics.zzz:nil", ()),
        ("metrics.loss:>100", ()),
        ("status:running", ()),
    ],
)
def test_a_name_that_no_run_has_is_told_with_the_nearest(
    add_run: AddRun, open_index: Open, query: str, hints: tuple[str, ...]
) -> None:
    add_run(outputs={"loss": 0.5})
    assert open_index().list(Question(query)).hints == hints


def test_a_project_that_no_run_is_in_is_told_with_the_nearest(add_run: AddRun, open_index: Open) -> None:
    add_run(project="faces")
    listings = [open_index().list(Question(project=name)) for name in ("facs", "me/facs", "faces", "zzz")]
    told = "no run is in project 'facs', did you mean 'faces'?"
    assert [each.hints for each in listings] == [(told,), (told,), (), ()]


def test_a_name_to_sort_by_is_told_too(add_run: AddRun, open_index: Open) -> None:
    add_run(outputs={"loss": 0.5})
    found = open_index().list(Question(sort="-metrics.losss"))
    assert found.hints == ("no run has 'metrics.losss', did you mean 'loss'?",)


@pytest.mark.parametrize("logged", ["train/acc", "train__acc"])
@pytest.mark.parametrize("name", ['"train/acc"', "train__acc"])
def test_a_metric_is_found_by_its_name_and_by_that_of_its_file(
    add_run: AddRun, open_index: Open, name: str, logged: str
) -> None:
    add_run(outputs={logged: 0.5})
    found = open_index().list(Question(f"metrics.{name}:>0.1", sort=f"-metrics.{name}"))
    assert (found.total, found.hints, found.rows[0].outputs) == (1, (), {logged: 0.5})


@pytest.mark.parametrize("name", ['"train/acc"', "train__acc"])
@pytest.mark.parametrize(("sign", "order"), [("-", [0.7, 0.5, 0.2]), ("", [0.2, 0.5, 0.7])])
def test_runs_of_both_spellings_are_found_and_put_in_one_order(
    add_run: AddRun, open_index: Open, name: str, sign: str, order: list[float]
) -> None:
    for logged, value in (("train/acc", 0.5), ("train__acc", 0.7), ("train/acc", 0.2), ("train-acc", 0.9)):
        add_run(outputs={logged: value})
    query = f"metrics.{name}:>0.1, metrics.{name}:<0.8"
    found = open_index().list(Question(query, sort=f"{sign}metrics.{name}"))
    assert [row.outputs["train/acc"] for row in found.rows] == order
