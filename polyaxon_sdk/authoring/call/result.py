"""What a call comes to in the end."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Coroutine, Generator, Mapping
from typing import TYPE_CHECKING, Any, cast

from polyaxon_sdk.tracking import active_run

if TYPE_CHECKING:
    from polyaxon_sdk.tracking.run import Run

__all__ = ["finished"]


_THEMSELVES = frozenset({type(None), bool, int, float, str, bytes, dict, list, tuple})
"""Types of what nothing is to be awaited of: the abstract classes take longer to say so."""


def finished(run: Run | None, result: object) -> object:
    """What a call comes to in the end: a coroutine is awaited, a generator followed.

    A generator tells how far it is: a number it yields is logged as progress, from 0 to 1, a mapping as metrics.

    Args:
        run: what it is the call of; None for the one that it begins itself, if it does.

    Raises:
        BaseException: what the function raises.
    """
    if type(result) in _THEMSELVES:
        return result
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
