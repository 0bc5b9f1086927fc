"""V1Tuner: the operation that decides a search's next runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.param import long_form
from polyaxon_sdk.polyflow.problems import fault

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.param import V1Param
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1Tuner"]


@documented
@frozen(kw_only=True)
class V1Tuner:
    """The component that makes suggestions (semantics 1.13).

    Args:
        hub_ref: the component, by `NAME:TAG` in a hub; needed without `path_ref`, default none.
        path_ref: the component, by the path of its file, or by `FILE.py:NAME` a decorated function or
            a plain one that takes the history and the space; default none.
        presets: names of stored patches; default none.
        queue: where it waits for its turn; default: the agent's own.
        namespace: the cluster's namespace; default: the agent's own.
        params: values for the component's inputs; default none.

    >>> V1Tuner(hub_ref="acme/optimizer:v1").hub_ref
    'acme/optimizer:v1'
    """

    hub_ref: str | None = None
    path_ref: str | None = None
    presets: list[str] | Template | None = None
    queue: str | None = None
    namespace: str | None = None
    params: dict[str, V1Param] | Template | None = None

    def __attrs_post_init__(self) -> None:
        if self.hub_ref is None and self.path_ref is None:
            raise fault("missing", path=("hubRef",), expected="a component of a hub", missing=True)
        if self.hub_ref is not None and self.path_ref is not None:
            raise fault("hubRef and pathRef: which one?", expected="one reference")

    @staticmethod
    def prepare(data: object) -> object:
        """Refuse params in short."""
        return long_form(data)
