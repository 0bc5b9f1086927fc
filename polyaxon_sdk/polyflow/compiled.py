"""V1CompiledOperation: an operation with nothing left to find out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import frozen

from polyaxon_sdk.polyflow.names import check_name

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.build import V1Build
    from polyaxon_sdk.polyflow.cache import V1Cache
    from polyaxon_sdk.polyflow.event import V1EventTrigger
    from polyaxon_sdk.polyflow.hook import V1Hook
    from polyaxon_sdk.polyflow.io import V1IO
    from polyaxon_sdk.polyflow.join import V1Join
    from polyaxon_sdk.polyflow.matrix import Matrix
    from polyaxon_sdk.polyflow.mount import V1Mount
    from polyaxon_sdk.polyflow.plugins import V1Plugins
    from polyaxon_sdk.polyflow.run import Runtime
    from polyaxon_sdk.polyflow.schedule import Schedule
    from polyaxon_sdk.polyflow.templates import Template
    from polyaxon_sdk.polyflow.termination import V1Termination
    from polyaxon_sdk.polyflow.words import Trigger

__all__ = ["V1CompiledOperation"]


@frozen(kw_only=True)
class V1CompiledOperation:
    """Component and operation merged; made by the compiler, never written by people (semantics 1.2).

    Args:
        contexts: the values that templates see and no input declares.

    The other fields are those of `Definition`.

    >>> from polyaxon_sdk.polyflow import V1IO
    >>> V1CompiledOperation(inputs=[V1IO(name="lr", type="float", value=0.1)]).values()
    {'lr': 0.1}
    """

    kind: ClassVar[str] = "compiled_operation"

    version: float | None = None
    name: str | None = None
    description: str | None = None
    tags: list[str] | None = None
    presets: list[str] | None = None
    queue: str | None = None
    namespace: str | None = None
    cache: V1Cache | Template | None = None
    termination: V1Termination | Template | None = None
    plugins: V1Plugins | Template | None = None
    build: V1Build | Template | None = None
    hooks: list[V1Hook] | Template | None = None
    is_approved: bool | Template | None = None
    cost: float | Template | None = None
    mount: list[V1Mount] | None = None
    schedule: Schedule | None = None
    events: list[V1EventTrigger] | Template | None = None
    dependencies: list[str] | Template | None = None
    trigger: Trigger | Template | None = None
    conditions: str | None = None
    skip_on_upstream_skip: bool | Template | None = None
    matrix: Matrix | None = None
    joins: list[V1Join] | None = None
    inputs: list[V1IO] | None = None
    outputs: list[V1IO] | None = None
    contexts: list[V1IO] | None = None
    run: Runtime | None = None
    strict_params: bool | None = None

    def __attrs_post_init__(self) -> None:
        check_name(self.name)

    def values(self) -> dict[str, object]:
        """What a run's record shows as its inputs: context values, then inputs (semantics 2.5)."""
        return {io.name: io.value for io in [*(self.contexts or []), *(self.inputs or [])]}
