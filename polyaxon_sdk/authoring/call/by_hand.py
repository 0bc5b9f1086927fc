"""A component called from its own command line: the function, and what a run of it would know."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

from polyaxon_sdk.authoring.call.course import Bound, calling, carry_out
from polyaxon_sdk.authoring.call.inputs import fresh_defaults
from polyaxon_sdk.authoring.signature import read_signature
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.tracking.call import Call
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
        SystemExit: with a line that says so, where its return annotation can't be outputs, or where it tracked a run
            and returned what that doesn't say.
    """
    try:
        signature = read_signature(function, outputs=outputs)
    except InputError as error:
        raise SystemExit(f"Error: {error}") from error
    given = {**arguments, **fresh_defaults(signature, arguments)}
    bound = Bound(function, given, signature)
    whole = inspect.signature(function).bind(**given)
    whole.apply_defaults()
    with calling(Call(name, whole.arguments)):
        return cast(R, carry_out(None, lambda: bound, _end))


def _end(run: Run, error: BaseException | None, outputs: dict[str, Any]) -> None:
    """The run goes on to the end of its process, but for one that returned what it doesn't say."""
    if error is not None:
        run.end_with(ending_of(error))
        raise SystemExit(f"Error: {error}") from error
    run.log_outputs(**outputs)
