"""V1Build: the operation that makes an image before the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.param import long_form

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.cache import V1Cache
    from polyaxon_sdk.polyflow.param import V1Param
    from polyaxon_sdk.polyflow.templates import Template
    from polyaxon_sdk.polyflow.words import V1PatchStrategy

__all__ = ["V1Build"]


@documented
@frozen(kw_only=True)
class V1Build:
    """An operation that runs first and whose image the main container takes (semantics 1.13).

    Args:
        hub_ref: the component, such as `kaniko`.
        connection: the name of the registry's connection; default: none.
        presets: names of stored patches; default none.
        queue: where it waits for its turn; default: the agent's own.
        namespace: the cluster's namespace; default: the agent's own.
        cache: whether an image built before is taken instead; default: only in a dag or a matrix.
        params: values for the component's inputs; default: `destination`, from the project's name and the run's uuid.
        run_patch: fields to lay over the component's runtime; default none.
        patch_strategy: how `run_patch` is laid over it: `post_merge`, `pre_merge`, `replace` or `isnull`;
            default `post_merge`.

    >>> V1Build(hub_ref="kaniko", connection="docker").hub_ref
    'kaniko'
    """

    hub_ref: str
    connection: str | None = None
    presets: list[str] | Template | None = None
    queue: str | None = None
    namespace: str | None = None
    cache: V1Cache | Template | None = None
    params: dict[str, V1Param] | None = None
    run_patch: dict[str, object] | None = None
    patch_strategy: (
        V1PatchStrategy | Literal["replace", "isnull", "post_merge", "pre_merge"] | Template | None
    ) = None

    @staticmethod
    def prepare(data: object) -> object:
        """Refuse params in short."""
        return long_form(data, templates=True)
