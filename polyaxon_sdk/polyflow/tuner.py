"""V1Tuner: the operation that decides a search's next runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.param import long_form

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.param import V1Param
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1Tuner"]


@documented
@frozen(kw_only=True)
class V1Tuner:
    """The component that makes suggestions (semantics 1.13).

    Args:
        hub_ref: the component, by `NAME:TAG` in a hub.
        presets: names of stored patches; default none.
        queue: where it waits for its turn; default: the agent's own.
        namespace: the cluster's namespace; default: the agent's own.
        params: values for the component's inputs; default none.

    >>> V1Tuner(hub_ref="acme/optimizer:v1").hub_ref
    'acme/optimizer:v1'
    """

    hub_ref: str
    presets: list[str] | Template | None = None
    queue: str | None = None
    namespace: str | None = None
    params: dict[str, V1Param] | Template | None = None

    @staticmethod
    def prepare(data: object) -> object:
        """Refuse params in short."""
        return long_form(data)
