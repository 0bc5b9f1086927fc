"""V1CompiledOperation: an operation with nothing left to find out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.specification import Specification

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.io import V1IO

__all__ = ["V1CompiledOperation"]


@documented
@frozen(kw_only=True)
class V1CompiledOperation(Specification):
    """Component and operation merged; made by the compiler, never written by people (semantics 1.2).

    Args:
        contexts: the values that templates see and no input declares; default none.

    >>> from polyaxon_sdk.polyflow import V1IO
    >>> V1CompiledOperation(inputs=[V1IO(name="lr", type="float", value=0.1)]).values()
    {'lr': 0.1}
    """

    kind: ClassVar[str] = "compiled_operation"

    contexts: list[V1IO] | None = None

    def values(self) -> dict[str, object]:
        """What a run's record shows as its inputs: context values, then inputs (semantics 2.5)."""
        return {io.name: io.value for io in [*(self.contexts or []), *(self.inputs or [])]}
