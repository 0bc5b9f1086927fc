from collections.abc import AsyncIterator, Generator, Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from polyaxon_sdk.authoring.call.result import finished
from polyaxon_sdk.tracking.run import Run


class Told:
    """A run that only remembers what it is told."""

    def __init__(self) -> None:
        self.progress: list[float] = []
        self.metrics: list[dict[str, object]] = []

    def log_progress(self, value: float) -> None:
        self.progress.append(value)

    def log_metrics(self, **metrics: object) -> None:
        self.metrics.append(metrics)


def end_of(result: object, told: Told | None = None) -> object:
    return finished(cast(Run, told or Told()), result)


def test_a_plain_result_is_itself() -> None:
    result = SimpleNamespace()
    assert end_of(result) is result


async def awaited() -> int:
    return 3


def test_a_coroutine_is_awaited() -> None:
    assert end_of(awaited()) == 3


async def inside_of_a_loop() -> object:
    return end_of(awaited())


def test_so_it_is_where_a_loop_runs_already() -> None:
    assert end_of(inside_of_a_loop()) == 3


def steps() -> Generator[object, None, str]:
    yield 0.5
    yield {"loss": 0.25}
    yield "noted by nobody"
    yield True
    return "done"


def test_a_generator_is_followed_to_what_it_returns() -> None:
    told = Told()
    assert (end_of(steps(), told), told.progress, told.metrics) == ("done", [0.5], [{"loss": 0.25}])


async def async_steps() -> AsyncIterator[float]:
    yield 0.25
    yield 1.0


def test_an_async_generator_is_followed_too() -> None:
    told = Told()
    assert (end_of(async_steps(), told), told.progress) == (None, [0.25, 1.0])


def failing() -> Iterator[float]:
    yield 0.5
    raise ValueError("no digits")


@pytest.mark.parametrize("make", [failing])
def test_what_a_generator_raises_is_raised(make: Any) -> None:
    with pytest.raises(ValueError, match="no digits"):
        end_of(make())
