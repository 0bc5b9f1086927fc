"""Calling a person's function with the inputs of a run."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Awaitable, Coroutine, Generator, Mapping
from typing import TYPE_CHECKING, Any, cast

from polyaxon_sdk.authoring.annotations.meaning import inside
from polyaxon_sdk.authoring.signature import Signature
from polyaxon_sdk.tracking import active_run

if TYPE_CHECKING:
    from polyaxon_sdk.tracking.run import Run

__all__ = ["arguments_from", "finished", "note_artifacts"]


def arguments_from(signature: Signature, inputs: Mapping[str, object]) -> dict[str, object]:
    """The arguments that inputs stand for, of the types that the function expects.

    An input without a value leaves the function its default; of one that could be changed it gets a copy.

    Args:
        signature: the function's.
        inputs: values by name, as JSON or a command line holds them.

    Raises:
        InputError: a value that is none of its input.
    """
    arguments: dict[str, object] = {}
    for each in signature.inputs:
        value = inputs.get(each.name)
        if value is None and isinstance(each.default, list | dict):
            value = each.default
        if value is not None:
            with inside(each.name):
                arguments[each.name] = each.meaning.build(value)
        elif not each.has_default:
            arguments[each.name] = None
    return arguments


def note_artifacts(run: Run, signature: Signature, arguments: Mapping[str, object]) -> None:
    """Note the files and folders that a call reads as inputs of its run; what is in them is not read for it."""
    for each in signature.inputs:
        path = arguments.get(each.name)
        if each.meaning.artifact is not None and isinstance(path, os.PathLike):
            kind = each.meaning.artifact
            run.log_artifact_ref(path, kind, each.name, is_input=True, skip_hash_calculation=True)


def finished(run: Run | None, result: object) -> object:
    """What a call comes to in the end: a coroutine is awaited, a generator followed.

    A generator tells how far it is: a number it yields is logged as progress, from 0 to 1, a mapping as metrics.

    Args:
        run: what it is the call of; None for the one that it begins itself, if it does.

    Raises:
        BaseException: what the function raises.
    """
    if isinstance(result, Generator):
        return _followed(run, result)
    if isinstance(result, AsyncGenerator):
        return _awaited(_followed_async(run, result))
    return _awaited(result) if isinstance(result, Awaitable) else result


def _followed(run: Run | None, steps: Generator[object, None, object]) -> object:
    while True:
        try:
            _tell(run, next(steps))
        except StopIteration as end:
            return end.value


async def _followed_async(run: Run | None, steps: AsyncGenerator[object, None]) -> None:
    async for step in steps:
        _tell(run, step)


def _tell(called: Run | None, step: object) -> None:
    if (run := called or active_run()) is None:
        return
    if isinstance(step, int | float) and not isinstance(step, bool):
        run.log_progress(step)
    elif isinstance(step, Mapping):
        run.log_metrics(**cast("dict[str, Any]", step))


def _awaited(result: Awaitable[object]) -> object:
    # asyncio costs 40 ms, for functions that are async; so do threads beside a loop.
    import asyncio
    import contextvars
    from concurrent.futures import ThreadPoolExecutor

    async def wait() -> object:
        return await result

    coroutine: Coroutine[Any, Any, object] = wait()
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    with ThreadPoolExecutor(1) as beside:  # a notebook has a loop that runs already
        return beside.submit(contextvars.copy_context().run, asyncio.run, coroutine).result()
