import enum
from datetime import date
from typing import Annotated, Literal

import pytest

from polyaxon_sdk.authoring.annotations import meaning_of
from polyaxon_sdk.authoring.search.offered import distribution_of, space_of
from polyaxon_sdk.authoring.vocabulary.spaces import (
    Choice,
    DateRange,
    GeomSpace,
    LinSpace,
    Log,
    LogNormal,
    LogSpace,
    Normal,
    Range,
    Space,
    Uniform,
)
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import write


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


def train(
    rate: Annotated[float, Log(1e-5, 1e-1)],
    epochs: int,
    layers: Annotated[int, Uniform(1, 4)] = 2,
    optimizer: Literal["adam", "sgd"] = "adam",
    color: Color | None = None,
    sizes: list[Literal[1, 2]] = [1],  # noqa: B006  # under test
    *,
    deep: bool = False,
) -> None: ...


def test_a_signature_offers_what_its_annotations_tell() -> None:
    assert {name: space.kind for name, space in space_of(train).items()} == {
        "rate": "loguniform",
        "layers": "quniform",
        "optimizer": "choice",
        "color": "choice",
        "deep": "choice",
    }


@pytest.mark.parametrize(
    ("name", "values"),
    [("optimizer", ["adam", "sgd"]), ("color", ["red", "blue"]), ("deep", [False, True])],
)
def test_few_values_are_all_tried(name: str, values: list[object]) -> None:
    assert write(space_of(train)[name]) == {"kind": "choice", "value": values}


@pytest.mark.parametrize(
    ("space", "kind", "value"),
    [
        (Uniform(0, 1), "uniform", {"low": 0.0, "high": 1.0}),
        (Uniform(0, 1, step=0.25), "quniform", {"low": 0.0, "high": 1.0, "q": 0.25}),
        (Log(1, 2.718281828459045), "loguniform", {"low": 0.0, "high": 1.0}),
        (Log(1, 2.718281828459045, step=1), "qloguniform", {"low": 0.0, "high": 1.0, "q": 1.0}),
        (Normal(0, 1), "normal", {"loc": 0.0, "scale": 1.0}),
        (Normal(0, 1, step=2), "qnormal", {"loc": 0.0, "scale": 1.0, "q": 2.0}),
        (LogNormal(0, 1), "lognormal", {"loc": 0.0, "scale": 1.0}),
        (LogNormal(0, 1, step=2), "qlognormal", {"loc": 0.0, "scale": 1.0, "q": 2.0}),
        (Range(0, 9, 3), "range", {"start": 0.0, "stop": 9.0, "step": 3.0}),
        (LinSpace(0, 1, 5), "linspace", {"start": 0.0, "stop": 1.0, "num": 5}),
        (LogSpace(-3, -1, 3), "logspace", {"start": -3.0, "stop": -1.0, "num": 3, "base": 10.0}),
        (GeomSpace(1, 100, 3), "geomspace", {"start": 1.0, "stop": 100.0, "num": 3}),
        (Choice("a", "b"), "choice", ["a", "b"]),
        (Choice("a", "b", weights=(3, 1)), "pchoice", [["a", 0.75], ["b", 0.25]]),
        (
            DateRange(date(2024, 1, 1), "2024-01-03"),
            "daterange",
            {"start": "2024-01-01", "stop": "2024-01-03", "step": 1.0},
        ),
    ],
)
def test_a_space_is_a_distribution_of_the_specification(space: Space, kind: str, value: object) -> None:
    assert write(distribution_of(space, meaning_of(object))) == {"kind": kind, "value": value}


@pytest.mark.parametrize(
    ("space", "kind"),
    [
        (Uniform(1, 9), "quniform"),
        (Log(1, 64), "qloguniform"),
        (Normal(8, 2), "qnormal"),
        (Range(0, 9), "range"),
    ],
)
def test_for_whole_numbers_only_these_are_drawn(space: Space, kind: str) -> None:
    assert distribution_of(space, meaning_of(int)).kind == kind


def test_a_choice_is_of_the_values_that_the_input_has() -> None:
    space = space_of(_colored)["color"]
    assert write(space) == {"kind": "choice", "value": ["blue"]}


def _colored(color: Annotated[Color, Choice(Color.BLUE)]) -> None: ...


def test_a_choice_that_the_input_does_not_take_is_refused() -> None:
    with pytest.raises(InputError, match="'green' is not allowed, expected one of 'red', 'blue'"):
        distribution_of(Choice("green"), meaning_of(Color))


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda: Uniform(1, 1), "1 is not above 1, expected low < high"),
        (lambda: Log(0, 1), "Log from 0, expected a number above 0"),
        (lambda: Choice(), "a choice of nothing"),
        (lambda: Choice("a", weights=(1, 2)), "2 weights for 1 values"),
    ],
)
def test_a_space_without_values_is_refused(make: object, problem: str) -> None:
    assert callable(make)
    with pytest.raises(InputError, match=problem):
        make()
