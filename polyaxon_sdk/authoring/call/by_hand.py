"""A component called from its own command line: the function, and what a run of it would know."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

from polyaxon_sdk.authoring.call.inputs import finished
from polyaxon_sdk.authoring.call.outputs import outputs_from
from polyaxon_sdk.authoring.signature import Signature, read_signature
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.tracking import active_run
from polyaxon_sdk.tracking.call import CALL, Call
from polyaxon_sdk.tracking.hooks import ending_of
from polyaxon_sdk.tracking.run import Run

__all__ = ["call_by_hand"]

R = TypeVar("R")


def call_by_hand(
    function: Callable[..., R], name: str, arguments: Mapping[str, object], outputs: Sequence[str] = ()
) -> R:
    """Call `function`; where it begins a run with `tracking.init()`, the run gets name, inputs and outputs of the call.

    A coroutine is awaited and a generator followed, as in a run.

    Args:
        outputs: the names of its outputs, where its return annotation has none.

    Raises:
        SystemExit: with a line that says so, where the function tracked a run and returned what its annotation
            doesn't say.
    """
    bound = inspect.signature(function).bind(**arguments)
    bound.apply_defaults()
    token = CALL.set(Call(name, bound.arguments))
    before = active_run()
    try:
        result = cast(R, finished(None, function(**arguments)))
    finally:
        CALL.reset(token)
    run = active_run()
    if run is not None and run is not before:
        _log_outputs(run, read_signature(function, outputs=outputs), result)
    return result


def _log_outputs(run: Run, signature: Signature, result: object) -> None:
    try:
        outputs: dict[str, Any] = outputs_from(signature, result)
    except InputError as error:
        run.end_with(ending_of(error))
        raise SystemExit(f"Error: {error}") from error
    run.log_outputs(**outputs)
