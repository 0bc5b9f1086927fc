"""Carrying out a decorated function inside the run that was started for it."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from types import TracebackType
from typing import Any, NamedTuple, cast

from polyaxon_sdk.authoring.ahead import Ahead
from polyaxon_sdk.authoring.call.course import Bound, carry_out
from polyaxon_sdk.authoring.call.inputs import arguments_from
from polyaxon_sdk.authoring.code.sources import keep_sources
from polyaxon_sdk.authoring.code.target import import_object
from polyaxon_sdk.authoring.decorators.component import Component
from polyaxon_sdk.authoring.signature import Signature, read_signature
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.masking import secret_inputs
from polyaxon_sdk.runs.operation_inputs import inputs_in
from polyaxon_sdk.settings import held, inherited, load
from polyaxon_sdk.tracking.hooks import SUCCEEDED, ending_of
from polyaxon_sdk.tracking.quiet import Quiet, QuietRecord, begin_quietly, join_quietly
from polyaxon_sdk.tracking.run import Run
from polyaxon_sdk.tracking.start import init
from polyaxon_sdk.types import JsonObject

__all__ = ["Target", "execute", "target_of"]

_INTERRUPTED = 130

_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Target(NamedTuple):
    """A function that is carried out: the plain one, so that what it calls and raises is all the person's own."""

    function: Callable[..., object]
    signature: Signature


def execute(target: str, found: Target | None = None, ahead: Ahead | None = None) -> int:
    """Call the function that `file.py:name` names with the inputs of this process' run; log its outputs.

    Args:
        found: the function, where it is imported already.
        ahead: what else is known of the run.

    Returns:
        The exit code: 1 where the function raised; then its traceback is on stderr and the run failed. 130 where
        it was interrupted.

    Raises:
        InputError: this process is no run's, the run's operation can't be read, or nothing is to be kept of it.
    """
    run, quiet, inputs = _begun(found) if ahead is None else _joined(ahead)
    if quiet is None and not run.is_kept and load().flag("no_op"):
        raise InputError("POLYAXON_NO_OP keeps the outputs of this run from being kept", where=target)
    try:
        carry_out(run, lambda: _bound(quiet or run, target, found, inputs), partial(_end, quiet))
    except InputError as error:
        return _shown(f"Error: {error}\n")
    except KeyboardInterrupt as error:
        return _shown(_trace(error), code=_INTERRUPTED)
    except Exception as error:  # the person's own code: whatever it raises is shown to them
        return _shown(_trace(error))
    return 0


def _begun(found: Target | None) -> tuple[Run, Quiet | None, Mapping[str, object]]:
    """The run of this process, what is said of it while it logs nothing, and its inputs."""
    with held():
        inputs = _inputs()
        quiet = begin_quietly()
        run = init() if quiet is None else quiet.later
        if found is not None:
            _keep_sources(quiet or run)
    return run, quiet, inputs


def _joined(ahead: Ahead) -> tuple[Run, Quiet | None, Mapping[str, object]]:
    """The same, where most of it is known."""
    quiet = join_quietly(ahead.joining)
    if quiet is not None:
        return quiet.later, quiet, ahead.inputs
    run = init()
    for kind, fields in ahead.joining.said:
        if kind == "lineage":
            run.log_artifact_lineage(cast("JsonObject", fields["artifact"]))
    return run, None, ahead.inputs


def _inputs() -> dict[str, object]:
    """The values of the run's inputs by name, from its compiled operation; secret ones are handed on apart."""
    settings = load()
    if settings.run_uuid is None:
        raise InputError(
            "`python -m polyaxon_sdk.authoring` works inside of a run",
            expected="`polyaxon run -pm file.py:name`",
        )
    file = RunFolder(settings.runs / settings.run_uuid).operation
    return {**inputs_in(file), **secret_inputs(inherited({}))}


def _bound(run: Run | Quiet, target: str, found: Target | None, inputs: Mapping[str, object]) -> Bound:
    """The function, which is imported for it, and its arguments."""
    function, signature = found or target_of(target, import_object(target))
    if found is None:
        _keep_sources(run)
    return Bound(function, arguments_from(signature, inputs), signature)


def _keep_sources(run: Run | Quiet) -> None:
    with held():
        keep_sources(run.kept if isinstance(run, Quiet) else run)


def _end(quiet: Quiet | None, run: Run, error: BaseException | None, outputs: dict[str, Any]) -> None:
    """The run goes on to the end of its process, but for one that failed."""
    is_quiet = quiet is not None and not quiet.is_over
    if quiet is not None and is_quiet and _is_told(quiet.record, error, outputs):
        return
    if error is None:
        run.log_outputs(**outputs)
        keep_sources(run)  # those that the function imported
    elif is_quiet or not isinstance(error, SystemExit):  # else an exit code is told by the process
        run.end_with(ending_of(error))


def _is_told(record: QuietRecord, error: BaseException | None, outputs: dict[str, Any]) -> bool:
    """Say how a run ended that logged nothing; whether that is all."""
    if error is not None:
        return ending_of(error) is SUCCEEDED
    try:
        with held():
            keep_sources(record)
            record.leave(outputs)
    except OSError:  # the run itself waits for the disk, and tells
        return False
    return True


def target_of(name: str, found: object) -> Target:
    """What `file.py:name` names, as it is carried out.

    Raises:
        InputError: it is no function, or its signature can't be read.
    """
    if isinstance(found, Component):
        function = cast("Callable[..., object]", found.__wrapped__)
        return Target(function, read_signature(function, outputs=found.options.outputs))
    if callable(found):
        return Target(found, read_signature(found))
    raise InputError(f"{type(found).__name__} is no function", where=name)


def _shown(text: str, *, code: int = 1) -> int:
    sys.stderr.write(text)
    return code


def _trace(error: BaseException) -> str:
    """The traceback from the person's first frame on."""
    return "".join(traceback.format_exception(type(error), error, _theirs(error.__traceback__)))


def _theirs(trace: TracebackType | None) -> TracebackType | None:
    while trace is not None and trace.tb_frame.f_code.co_filename.startswith((_OURS + os.sep, "<frozen ")):
        trace = trace.tb_next
    return trace
