"""V1Hook: an operation that another one's end sets off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import frozen

from polyaxon_sdk.polyflow.prepare import as_lists

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.param import V1Param

__all__ = ["V1Hook"]


@frozen(kw_only=True)
class V1Hook:
    """An operation to start when this one ends (semantics 1.13).

    Args:
        hub_ref: the component.
        trigger: the status that it waits for; default `done`.
        connection: the connection that it uses.
        conditions: a template; false skips it.
        presets, queue, namespace: as for an operation.
        params: beside those that every hook gets: name, uuid, status, duration, inputs, outputs and the like.
        disable_defaults: leave those out; default false.

    >>> V1Hook(hub_ref="slack", trigger="failed").hub_ref
    'slack'
    """

    hub_ref: str
    trigger: Literal["failed", "stopped", "succeeded", "skipped", "upstream_failed", "done"] | None = None
    connection: str | None = None
    conditions: str | None = None
    presets: list[str] | None = None
    queue: str | None = None
    namespace: str | None = None
    params: dict[str, V1Param] | None = None
    disable_defaults: bool | None = None

    @staticmethod
    def prepare(data: object) -> object:
        """Take `presets: a` as a list."""
        return as_lists(data, "presets")
