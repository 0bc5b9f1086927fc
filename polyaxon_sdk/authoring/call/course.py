"""The course of a call that is a run: by hand, recorded in this process, or in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from polyaxon_sdk.authoring.call.inputs import note_artifacts
from polyaxon_sdk.authoring.call.outputs import outputs_from
from polyaxon_sdk.authoring.call.result import finished
from polyaxon_sdk.authoring.signature import Signature
from polyaxon_sdk.tracking import active_run
from polyaxon_sdk.tracking.call import CALL, Call

if TYPE_CHECKING:
    from polyaxon_sdk.tracking.run import Run

__all__ = ["Bound", "End", "calling", "carry_out"]


class Bound(NamedTuple):
    """A function, and what it is called with."""

    function: Callable[..., object]
    arguments: Mapping[str, object]
    signature: Signature


End = Callable[["Run", BaseException | None, dict[str, object]], None]
"""Is told how a run ended, and its outputs."""


def carry_out(run: Run | None, bind: Callable[[], Bound], end: End) -> object:
    """Call a function as a run: the files that it reads are noted, it is followed to its end, and the end is told.

    Args:
        run: whose call it is; None where the function itself may begin one, which then is.
        bind: finds the function and its arguments; what it raises ends the run too.

    Raises:
        InputError: a result that isn't of the function's annotation.
        BaseException: what the function raises.
    """
    before = active_run() if run is None else None
    try:
        function, arguments, signature = bind()
        if run is not None:
            note_artifacts(run, signature, arguments)
        result = finished(run, function(**arguments))
        if run is None:
            if (begun := active_run()) is None or begun is before:
                return result
            run = begun
            note_artifacts(run, signature, arguments)
        outputs = outputs_from(signature, result, run)
    except BaseException as error:  # the edge of the call: whatever ends it ends the run, and goes on
        if run is not None:
            end(run, error, {})
        raise
    end(run, None, outputs)
    return result


@contextmanager
def calling(call: Call) -> Iterator[None]:
    """Let the runs that are begun within be of a call."""
    token = CALL.set(call)
    try:
        yield
    finally:
        CALL.reset(token)
