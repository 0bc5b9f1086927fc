"""From the words of `sweep` to the matrix of a search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.search.matrix import Wanted, check_taken, matrix_of
from polyaxon_sdk.authoring.search.metric import metric_of
from polyaxon_sdk.authoring.search.offered import space_of
from polyaxon_sdk.authoring.search.own import own_search
from polyaxon_sdk.authoring.search.spaced import spaced
from polyaxon_sdk.authoring.signature import read_signature
from polyaxon_sdk.authoring.signature.names import check_names
from polyaxon_sdk.exceptions import InputError

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.annotations import Meaning
    from polyaxon_sdk.authoring.decorators.runnable import Runnable
    from polyaxon_sdk.polyflow import HyperParam, V1Matrix

__all__ = ["sweep_of"]


def sweep_of(
    runnable: Runnable[..., object], wanted: Wanted, space: Mapping[str, object]
) -> tuple[V1Matrix, dict[str, object]]:
    """The matrix of a search, and the arguments that all of its runs have.

    Args:
        space: values of inputs; those that are no space are arguments. Where none is a space, what the annotations
            offer is searched.

    Raises:
        InputError: nothing to search, an unknown input, or values that are none; the line is named.
    """
    check_names(runnable.function, space)
    inputs = {each.name: each.meaning for each in read_signature(runnable.function).inputs}
    pairs = {name: _spaced(name, value, inputs[name]) for name, value in space.items()}
    found = {name: each for name, each in pairs.items() if each is not None}
    given = {name: value for name, value in space.items() if name not in found}
    if not (isinstance(wanted.matrix, str) or wanted.matrix is None or callable(wanted.matrix)):
        if found:
            raise InputError("values to search beside a matrix", where=caller(), expected="one of the two")
        check_taken(wanted, (), "a matrix that is whole")
        return cast("V1Matrix", wanted.matrix), given
    taken = {*space, *runnable.given}
    wide = found or {name: each for name, each in space_of(runnable.function).items() if name not in taken}
    params = {name: wide[name] for name in inputs if name in wide}
    if not params:
        raise InputError(
            f"{runnable.__name__} has nothing to search", where=caller(), expected="such as lr=[0.1, 0.01]"
        )
    outputs = [each.name for each in runnable.to_component().outputs or []]
    if callable(wanted.matrix):
        metric = None if wanted.metric is None else metric_of(outputs, wanted.metric)
        return own_search(wanted.matrix, wanted, params, metric), given
    return matrix_of(wanted, params, outputs), given


def _spaced(name: str, value: object, meaning: Meaning) -> HyperParam | None:
    """As `spaced`; mistakes are told with the line of the search and the input."""
    try:
        return spaced(value, meaning)
    except InputError as error:
        error.where, error.path = caller(), name
        raise
