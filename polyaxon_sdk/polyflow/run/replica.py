"""Replicas: the groups of equal pods that a distributed run is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.run.pod import Pod

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.lenient import Text
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1DaskReplica", "V1KFReplica", "V1RayReplica", "V1SchedulingPolicy"]


@documented
@frozen(kw_only=True)
class V1KFReplica(Pod):
    """Equal pods of a training operator's run (semantics 1.9).

    Args:
        replicas: how many pods; default 1.

    >>> V1KFReplica(replicas=3).replicas
    3
    """

    replicas: int | Template | None = None


@documented
@frozen(kw_only=True)
class V1DaskReplica(V1KFReplica):
    """Equal pods of a Dask cluster (semantics 1.9).

    >>> V1DaskReplica(replicas=2).replicas
    2
    """


@documented
@frozen(kw_only=True)
class V1RayReplica(V1KFReplica):
    """Equal pods of a Ray cluster (semantics 1.9).

    Args:
        min_replicas: the fewest that the autoscaler leaves; default: `replicas`.
        max_replicas: the most that the autoscaler starts; default: `replicas`.
        ray_start_params: options of `ray start`, by name; default none.

    >>> V1RayReplica(min_replicas=1, max_replicas=4).max_replicas
    4
    """

    min_replicas: int | Template | None = None
    max_replicas: int | Template | None = None
    ray_start_params: dict[str, Text] | None = None


@documented
@frozen(kw_only=True)
class V1SchedulingPolicy:
    """How a cluster's scheduler places a distributed run (semantics 1.9).

    Args:
        min_available: how many pods must be placed together; default: all.
        queue: the scheduler's queue; default: the scheduler's own.
        min_resources: what must be free before any pod is placed, by resource; default none.
        priority_class: the name of its priority; default: the cluster's.
        schedule_timeout_seconds: how long placing may take; default: no limit.

    >>> V1SchedulingPolicy(min_available=2).min_available
    2
    """

    min_available: int | Template | None = None
    queue: str | None = None
    min_resources: dict[str, object] | int | Template | None = None
    priority_class: str | None = None
    schedule_timeout_seconds: int | Template | None = None
