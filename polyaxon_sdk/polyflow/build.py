"""V1Build: the operation that makes an image before the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from polyaxon_sdk.polyflow.prepare import as_lists

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.cache import V1Cache
    from polyaxon_sdk.polyflow.param import V1Param
    from polyaxon_sdk.polyflow.templates import Template
    from polyaxon_sdk.polyflow.words import PatchStrategy

__all__ = ["V1Build"]


@frozen(kw_only=True)
class V1Build:
    """An operation that runs first and whose image the main container takes (semantics 1.13).

    Args:
        hub_ref: the component, such as `kaniko`.
        connection: the registry.
        presets, queue, namespace, cache: as for an operation.
        params: default destination: the project's name and the run's uuid.
        run_patch, patch_strategy: as for an operation.

    >>> V1Build(hub_ref="kaniko", connection="docker").hub_ref
    'kaniko'
    """

    hub_ref: str
    connection: str | None = None
    presets: list[str] | None = None
    queue: str | None = None
    namespace: str | None = None
    cache: V1Cache | Template | None = None
    params: dict[str, V1Param] | None = None
    run_patch: dict[str, object] | None = None
    patch_strategy: PatchStrategy | None = None

    @staticmethod
    def prepare(data: object) -> object:
        """Take `presets: a` as a list."""
        return as_lists(data, "presets")
