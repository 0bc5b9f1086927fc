"""Pages of many runs in the order of a number, of which the first are read off an index."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from polyaxon_sdk.index.question import Question
from polyaxon_sdk.runs.state import RunState
from tests.index.asking import NOW, asked, expected

MANY = 150


def made(number: int, values: dict[str, object]) -> RunState:
    """A run of its time."""
    state = RunState(f"{number:032x}")
    state.created_at = state.updated_at = float(number % 7)
    state.logged = values
    return state


def spread(number: int) -> dict[str, object]:
    """A loss that a few runs share, that some lack, and that is no number in others."""
    return {} if number % 11 == 0 else {"loss": float("nan") if number % 13 == 0 else number % 50 / 50}


@pytest.mark.parametrize("sort", ["metrics.loss", "-metrics.loss"])
@pytest.mark.parametrize(
    ("query", "offset"), [("metrics.loss:>0.1", 0), ("metrics.loss:~nil, created_at:>1969", 1)]
)
def test_the_first_of_many_are_those_of_all(engine: Engine, sort: str, query: str, offset: int) -> None:
    runs = [made(number, spread(number)) for number in range(2 * MANY)]
    question = Question(query, sort=sort, limit=1, offset=offset, now=NOW)
    assert asked(engine, runs, question) == expected(runs, question)[offset : offset + 1]


def test_numbers_among_texts_are_in_order_too(engine: Engine) -> None:
    runs = [made(number, {"loss": number or "none"}) for number in range(MANY)]
    question = Question(sort="-metrics.loss", limit=1)
    assert asked(engine, runs, question) == expected(runs, question)[:1]


@pytest.mark.system
@pytest.mark.parametrize("loss", [lambda number: number, lambda number: number // 5000])
def test_those_that_come_last_in_the_order_are_found_too(engine: Engine, loss: Callable[[int], int]) -> None:
    runs = [made(number, {"loss": loss(number), "late": number // 5000}) for number in range(5200)]
    question = Question("metrics.late:1", sort="metrics.loss", limit=2)
    assert asked(engine, runs, question) == expected(runs, question)[:2]
