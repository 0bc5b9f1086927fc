"""A call in this process that leaves the record of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast
from weakref import WeakKeyDictionary

from polyaxon_sdk.authoring.call.course import Bound, calling, carry_out
from polyaxon_sdk.authoring.call.inputs import as_built, fresh_defaults
from polyaxon_sdk.authoring.call.spelling import bind, spell_all
from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.code.sources import copy_sources, lineage_of_sources
from polyaxon_sdk.authoring.function.place import check_free, file_of
from polyaxon_sdk.authoring.signature import Signature, read_signature
from polyaxon_sdk.authoring.signature.docstring import read_docstring
from polyaxon_sdk.authoring.signature.names import parameters_of
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Component
from polyaxon_sdk.settings import load
from polyaxon_sdk.tracking import active_run
from polyaxon_sdk.tracking.call import Call
from polyaxon_sdk.tracking.hooks import SUCCEEDED, ending_of
from polyaxon_sdk.tracking.run import Run
from polyaxon_sdk.tracking.start import init

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.decorators.runnable import Runnable

__all__ = ["record"]

R = TypeVar("R")


class _Known(NamedTuple):
    """What is the same in all recorded calls of a function."""

    call: Call
    signature: Signature
    target: str | None


_KNOWN: WeakKeyDictionary[Runnable[..., object], _Known] = WeakKeyDictionary()


def record(runnable: Runnable[..., R], args: tuple[object, ...], kwargs: Mapping[str, object]) -> R:
    """Call a function as a run of this process; within a run it becomes a child of that one.

    A coroutine is awaited and a generator followed, as in a process of its own.

    Raises:
        InputError: arguments that aren't the function's, or a result that isn't of its annotation.
        BaseException: what the function raises; the run failed then.
    """
    function = runnable.function
    if (known := _KNOWN.get(runnable)) is None:
        known = _KNOWN[runnable] = _known(runnable)
    given = {**runnable.given, **bind(function, args, kwargs)}
    given |= fresh_defaults(known.signature, given)
    try:
        whole = parameters_of(function).bind(**given)
    except TypeError as error:
        raise InputError(str(error), where=caller(), path=runnable.__name__) from error
    whole.apply_defaults()
    spelled = _spelled(function, whole.arguments, known.signature)
    given = {name: as_built(known.signature, name, value, spelled[name]) for name, value in given.items()}
    target = known.target if load().flag("track_code") else None
    run = _begun(known.call.again(spelled, () if target is None else [lineage_of_sources(target)]))
    if target is not None and run.is_kept:
        copy_sources(run.folder, run.masker)

    def end(run: Run, error: BaseException | None, outputs: dict[str, object]) -> None:
        with calling(known.call):
            run.end_with(SUCCEEDED if error is None else ending_of(error), outputs)

    return cast(R, carry_out(run, lambda: Bound(function, given, known.signature), end))


def _spelled(
    function: Callable[..., object], arguments: Mapping[str, object], known: Signature
) -> dict[str, object]:
    """The arguments as JSON holds them; a None is one, as in the call."""
    given = {name: value for name, value in arguments.items() if value is not None}
    return {**dict.fromkeys(arguments), **spell_all(function, given, known)}


def _begun(call: Call) -> Run:
    """The run of the call, active from now on; what the function itself begins is none of it."""
    with calling(call):
        parent = active_run()
        return init(is_new=True) if parent is None else parent.child()


def _known(runnable: Runnable[..., object]) -> _Known:
    """What takes as long as all the rest to find out, and is found out once."""
    check_free(runnable.function)
    function, said, component = runnable.function, runnable.specified(), _component(runnable)
    name, description = said.name or component.name, said.description or component.description
    tags = said.tags or component.tags or ()
    call = Call(name or runnable.__name__, {}, description, tags, is_recorded=True)
    signature = read_signature(function, outputs=runnable.output_names)
    return _Known(call, signature, _target(function))


def _target(function: Callable[..., object]) -> str | None:
    """The function as `FILE.py:NAME`; None for one that stands in no file."""
    try:
        return f"{file_of(function)}:{function.__qualname__}"
    except InputError:
        return None


def _component(runnable: Runnable[..., object]) -> V1Component:
    """The component; of a function that no new process could import, as in a notebook, what its docstring says."""
    if _target(runnable.function) is None:
        return V1Component(description=read_docstring(runnable.function.__doc__).description)
    return runnable.to_component()
