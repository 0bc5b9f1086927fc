"""The fields of everything that is one pod of a cluster, or one command on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.container import V1Container
    from polyaxon_sdk.polyflow.environment import V1Environment
    from polyaxon_sdk.polyflow.init import V1Init
    from polyaxon_sdk.polyflow.kubernetes import Volume
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["Pod"]


# Each class made of it has these methods of its own; here they would only cost time to import.
@frozen(kw_only=True, init=False, eq=False, repr=False)
class Pod:
    """A main container, what comes before it and what runs beside it (semantics 1.9).

    Args:
        environment: where and how its pod is placed; default: as the cluster does.
        connections: names of the connections that it may use; default none.
        volumes: Kubernetes volumes; default none.
        init: the steps before it, in order; default none.
        sidecars: containers beside it; default none.
        container: the main container; default: what a patch says.
    """

    environment: V1Environment | Template | None = None
    connections: list[str] | Template | None = None
    volumes: list[Volume] | None = None
    init: list[V1Init] | Template | None = None
    sidecars: list[V1Container] | None = None
    container: V1Container | None = None
