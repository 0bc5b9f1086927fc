"""The function call that a new run is of, where there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from polyaxon_sdk.types import JsonObject

__all__ = ["CALL", "Call"]


class Call(NamedTuple):
    """A call of a component by hand: a run that is begun in it is of this name and has these inputs.

    Attributes:
        lineage: what its run is known to read from its begin, as the record has it.
        is_recorded: whether the run is that of the call, from its begin to its end: many such runs may follow each
            other, so that they share a sidecar, and what is printed is not kept.
    """

    name: str
    inputs: Mapping[str, object]
    description: str | None = None
    tags: Sequence[str] = ()
    is_recorded: bool = False
    lineage: Sequence[JsonObject] = ()


CALL: ContextVar[Call | None] = ContextVar("CALL", default=None)
"""The call that is going on, for `tracking.init` to find."""
