"""How long the templates of one document may compute."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import thread_time

from polyaxon_sdk.exceptions import InputError

__all__ = ["MAX_SECONDS", "OverLimitError", "limited", "seconds_left", "spend", "spending"]

MAX_SECONDS = 5.0
"""Of computing, for all templates of one document."""

_LEFT: ContextVar[list[float] | None] = ContextVar("_LEFT", default=None)


class OverLimitError(InputError):
    """Templates took too much time or memory."""


@contextmanager
def limited() -> Iterator[None]:
    """Let all that is rendered inside take `MAX_SECONDS` of computing; inside of another, it shares what is left.

    >>> with limited():
    ...     seconds_left()
    5.0
    """
    if _LEFT.get() is not None:
        yield
        return
    token = _LEFT.set([MAX_SECONDS])
    try:
        yield
    finally:
        _LEFT.reset(token)


def seconds_left() -> float:
    """What the document's templates may still take; all of it where nobody counts."""
    left = _LEFT.get()
    return MAX_SECONDS if left is None else left[0]


def spend(seconds: float) -> None:
    """Take these seconds from what is left.

    Raises:
        OverLimitError: there are not so many.
    """
    left = _LEFT.get()
    if left is None:
        return
    left[0] -= seconds
    if left[0] < 0:
        raise OverLimitError(f"the templates of this file take more than {MAX_SECONDS:.0f} s in all")


@contextmanager
def spending() -> Iterator[None]:
    """Take the time that this thread computes inside from what is left; as `spend`."""
    start = thread_time()
    yield
    spend(thread_time() - start)
