"""V1Job: a container that runs to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import frozen

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.container import V1Container
    from polyaxon_sdk.polyflow.environment import V1Environment
    from polyaxon_sdk.polyflow.init import V1Init
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1Job"]


@frozen(kw_only=True)
class V1Job:
    """A container that runs to its end (semantics 1.9).

    Args:
        environment: where its pod is placed.
        connections: the connections it may use, by name.
        volumes: Kubernetes volumes.
        init: the steps before it, in order.
        sidecars: containers beside it.
        container: the container itself.

    >>> from polyaxon_sdk.polyflow import V1Container
    >>> V1Job(container=V1Container(image="busybox")).kind
    'job'
    """

    kind: ClassVar[str] = "job"

    environment: V1Environment | Template | None = None
    connections: list[str] | Template | None = None
    volumes: list[dict[str, object]] | Template | None = None
    init: list[V1Init] | Template | None = None
    sidecars: list[V1Container] | Template | None = None
    container: V1Container | None = None
