"""The function call that a new run is of, where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import NamedTuple

__all__ = ["CALL", "Call"]


class Call(NamedTuple):
    """A call of a component by hand: a run that is begun in it has this name and these inputs."""

    name: str
    inputs: Mapping[str, object]


CALL: ContextVar[Call | None] = ContextVar("CALL", default=None)
"""The call that is going on, for `tracking.init` to find."""
