"""The function call that a new run is of, where there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polyaxon_sdk.types import JsonObject

__all__ = ["CALL", "Call"]


class Call:
    """A call of a component by hand: a run that is begun in it is of this name and has these inputs.

    Args:
        name, description, tags: what the run is called.
        inputs: by their names.
        lineage: what its run is known to read from its begin, as the record has it.
        is_recorded: whether the run is that of the call, from its begin to its end: many such runs may follow each
            other, so that they share a sidecar, and what is printed is not kept.
    """

    def __init__(
        self,
        name: str,
        inputs: Mapping[str, object],
        description: str | None = None,
        tags: Sequence[str] = (),
        *,
        is_recorded: bool = False,
        lineage: Sequence[JsonObject] = (),
    ) -> None:
        self.name = name
        self.inputs = inputs
        self.description = description
        self.tags = tags
        self.is_recorded = is_recorded
        self.lineage = lineage

    def again(self, inputs: Mapping[str, object], lineage: Sequence[JsonObject] = ()) -> Call:
        """Another call of the same function."""
        return Call(
            self.name, inputs, self.description, self.tags, is_recorded=self.is_recorded, lineage=lineage
        )


CALL: ContextVar[Call | None] = ContextVar("CALL", default=None)
"""The call that is going on, for `tracking.init` to find."""
