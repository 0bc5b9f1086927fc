"""The dag that is being made, where one is: calls inside of it make nodes."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Protocol

__all__ = ["TRACE", "Tracing"]


class Tracing(Protocol):
    """Whoever makes nodes of calls."""

    def called(self, step: object, args: tuple[object, ...], kwargs: dict[str, object]) -> object:
        """What a call of `step` stands for in the dag."""


TRACE: ContextVar[Tracing | None] = ContextVar("TRACE", default=None)
"""The dag whose body is being read; None where calls are plain calls."""
