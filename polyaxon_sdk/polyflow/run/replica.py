"""Replicas: the groups of equal pods that a distributed run is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.container import V1Container
    from polyaxon_sdk.polyflow.environment import V1Environment
    from polyaxon_sdk.polyflow.init import V1Init
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1DaskReplica", "V1KFReplica", "V1RayReplica", "V1SchedulingPolicy"]


@frozen(kw_only=True)
class V1KFReplica:
    """Equal pods of a training operator's run; the fields of a job and how many (semantics 1.9).

    Args:
        replicas: how many pods.

    >>> V1KFReplica(replicas=3).replicas
    3
    """

    replicas: int | Template | None = None
    environment: V1Environment | Template | None = None
    connections: list[str] | Template | None = None
    volumes: list[dict[str, object]] | Template | None = None
    init: list[V1Init] | Template | None = None
    sidecars: list[V1Container] | Template | None = None
    container: V1Container | None = None


@frozen(kw_only=True)
class V1DaskReplica(V1KFReplica):
    """Equal pods of a Dask cluster.

    >>> V1DaskReplica(replicas=2).replicas
    2
    """


@frozen(kw_only=True)
class V1RayReplica(V1KFReplica):
    """Equal pods of a Ray cluster.

    Args:
        min_replicas, max_replicas: the bounds that the autoscaler keeps.
        ray_start_params: options of `ray start`.

    >>> V1RayReplica(min_replicas=1, max_replicas=4).max_replicas
    4
    """

    min_replicas: int | Template | None = None
    max_replicas: int | Template | None = None
    ray_start_params: dict[str, object] | Template | None = None


@frozen(kw_only=True)
class V1SchedulingPolicy:
    """How a cluster's scheduler places a distributed run.

    Args:
        min_available: how many pods must be placed together.
        queue, min_resources, priority_class: handed to the scheduler.
        schedule_timeout_seconds: how long it may take.

    >>> V1SchedulingPolicy(min_available=2).min_available
    2
    """

    min_available: int | Template | None = None
    queue: str | None = None
    min_resources: dict[str, object] | Template | None = None
    priority_class: str | None = None
    schedule_timeout_seconds: int | Template | None = None
