"""A component called from its own command line: the function, and what a run of it would know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any, TypeVar

from polyaxon_sdk.authoring.results import outputs_from
from polyaxon_sdk.authoring.signature import read_signature
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.tracking import active_run
from polyaxon_sdk.tracking.call import CALL, Call
from polyaxon_sdk.tracking.hooks import ending_of
from polyaxon_sdk.tracking.run import Run

__all__ = ["call_by_hand"]

R = TypeVar("R")


def call_by_hand(function: Callable[..., R], name: str, arguments: Mapping[str, object]) -> R:
    """Call `function`; where it begins a run with `tracking.init()`, the run gets name, inputs and outputs of the call.

    Raises:
        SystemExit: with a line that says so, where the function tracked a run and returned what its annotation
            doesn't say.
    """
    bound = signature(function).bind(**arguments)
    bound.apply_defaults()
    token = CALL.set(Call(name, bound.arguments))
    before = active_run()
    try:
        result = function(**arguments)
    finally:
        CALL.reset(token)
    run = active_run()
    if run is not None and run is not before:
        _log_outputs(run, function, result)
    return result


def _log_outputs(run: Run, function: Callable[..., object], result: object) -> None:
    try:
        outputs: dict[str, Any] = outputs_from(read_signature(function), result)
    except InputError as error:
        run.end_with(ending_of(error))
        raise SystemExit(f"Error: {error}") from error
    run.log_outputs(**outputs)
