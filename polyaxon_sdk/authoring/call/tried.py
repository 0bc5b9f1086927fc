"""A search that is called with values: each of its runs is a call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NoReturn

from polyaxon_sdk.authoring.annotations.meaning import inside
from polyaxon_sdk.authoring.call.spelling import bind
from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.signature import read_signature
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1GridSearch, V1Mapping, V1Matrix, V1RandomSearch

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.decorators.runnable import Runnable

__all__ = ["Tried", "results_of", "try_each"]


class Tried:
    """What the calls of a search gave, in their order: `join` takes it.

    Args:
        name: of the search.
    """

    __slots__ = ("_name", "_results")

    def __init__(self, name: str, results: list[object]) -> None:
        self._name = name
        self._results = results

    def __repr__(self) -> str:
        return f"<search {self._name} of {len(self._results)} calls>"

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)  # Python's own questions, such as those of copy and inspect
        raise InputError(
            f"{self._name} is a search of many calls: `join` collects their values", where=caller()
        )


def results_of(found: object) -> list[object]:
    """What each call of a search gave; what is none is one itself."""
    return found._results if isinstance(found, Tried) else [found]


def try_each(
    runnable: Runnable[..., object], args: tuple[object, ...], kwargs: Mapping[str, object]
) -> object:
    """Call the function of a search with each of its values; once, where all of these are given.

    Raises:
        InputError: the search learns from its runs, with the line of the call.
    """
    function, matrix = runnable.function, runnable.specified().matrix
    given = {**runnable.given, **bind(function, args, kwargs)}
    if not isinstance(matrix, V1Mapping | V1GridSearch | V1RandomSearch):
        names = _searched(matrix)
        if names and names <= given.keys():
            return function(**given)
        raise InputError(
            f"{runnable.__name__} learns from its runs, which calls are not",
            where=caller(),
            expected="`.run()`" + (f", or a value for {', '.join(sorted(names))}" if names else ""),
        )
    # What suggests values, for searches alone.
    from polyaxon_sdk.tuners.suggesting import suggest

    rows = suggest(matrix, [], iteration=0)
    if all(row.keys() <= given.keys() for row in rows):
        return function(**given)
    return Tried(runnable.__name__, [function(**_built(function, row) | given) for row in rows])


def _searched(matrix: V1Matrix | None) -> set[str]:
    params = getattr(matrix, "params", None)
    return set(params) if isinstance(params, dict) else set()


def _built(function: Callable[..., object], row: Mapping[str, object]) -> dict[str, object]:
    """The values of one call, of the types that the function expects."""
    built = dict(row)
    for each in read_signature(function).inputs:
        if each.name in row:
            with inside(each.name):
                built[each.name] = each.meaning.build(row[each.name])
    return built
