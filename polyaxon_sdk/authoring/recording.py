"""A call in this process that leaves the record of a run."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import signature
from typing import TYPE_CHECKING, Any, TypeVar, cast

from polyaxon_sdk.authoring.arguments import bind, spell_all
from polyaxon_sdk.authoring.calling import finished
from polyaxon_sdk.authoring.results import log_result
from polyaxon_sdk.authoring.signature import read_signature
from polyaxon_sdk.tracking import active_run
from polyaxon_sdk.tracking.call import CALL, Call
from polyaxon_sdk.tracking.hooks import SUCCEEDED, ending_of
from polyaxon_sdk.tracking.run import Run
from polyaxon_sdk.tracking.start import init

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.runnable import Runnable

__all__ = ["record"]

R = TypeVar("R")


def record(runnable: Runnable[..., R], args: tuple[object, ...], kwargs: Mapping[str, object]) -> R:
    """Call a function as a run of this process; within a run it becomes a child of that one.

    A coroutine is awaited and a generator followed, as in a process of its own.

    Raises:
        InputError: arguments that aren't the function's, or a result that isn't of its annotation.
        BaseException: what the function raises; the run failed then.
    """
    function = runnable.function
    given = {**runnable.given, **bind(function, args, kwargs)}
    whole = signature(function).bind(**given)
    whole.apply_defaults()
    run = _begun(runnable, spell_all(function, whole.arguments))
    try:
        result = finished(run, function(**given))
        log_result(run, read_signature(function, outputs=runnable.output_names), result)
    except BaseException as error:  # the edge of the call: whatever ends it ends the run, and goes on
        run.end_with(ending_of(error))
        raise
    run.end_with(SUCCEEDED)
    return cast(R, result)


def _begun(runnable: Runnable[..., object], inputs: Mapping[str, object]) -> Run:
    """The run of the call, active from now on."""
    named = runnable.specified()
    component = runnable.to_component()
    token = CALL.set(Call(runnable.__name__, inputs))
    try:
        parent = active_run()
        describe: dict[str, Any] = {
            "name": named.name or component.name,
            "description": named.description or component.description,
            "tags": named.tags or component.tags,
        }
        return init(is_new=True, **describe) if parent is None else parent.child(**describe)
    finally:
        CALL.reset(token)
