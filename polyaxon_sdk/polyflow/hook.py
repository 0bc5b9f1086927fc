"""V1Hook: an operation that another one's end sets off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.param import long_form

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.param import V1Param
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1Hook"]


@documented
@frozen(kw_only=True)
class V1Hook:
    """An operation to start when this one ends (semantics 1.13).

    Args:
        hub_ref: the component, by `NAME:TAG` in a hub.
        trigger: the end that it waits for; default `done`.
        connection: the name of the connection that it uses; default none.
        conditions: a template; where it is false the hook is left out; default: it runs.
        presets: names of stored patches; default none.
        queue: where it waits for its turn; default: the agent's own.
        namespace: the cluster's namespace; default: the agent's own.
        params: values beside those that every hook gets: name, uuid, kind, status, runtime, wait_time, duration,
            inputs, outputs and condition; default none.
        disable_defaults: leave out what every hook gets; default false.

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
    params: dict[str, V1Param] | Template | None = None
    disable_defaults: bool | Template | None = None

    @staticmethod
    def prepare(data: object) -> object:
        """Refuse params in short."""
        return long_form(data)
