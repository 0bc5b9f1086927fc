"""V1DaskCluster: a Dask cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.run.replica import V1DaskReplica
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1DaskCluster"]


@documented
@frozen(kw_only=True)
class V1DaskCluster:
    """A Dask cluster (semantics 1.9).

    Args:
        worker: the pods that work; default none.
        scheduler: the pod that gives out work; default none.
        min_replicas: the fewest workers that are left; default: the worker's `replicas`.
        max_replicas: the most workers that are started; default: the worker's `replicas`.

    >>> from polyaxon_sdk.polyflow import V1DaskReplica
    >>> V1DaskCluster(worker=V1DaskReplica(replicas=2)).kind
    'daskcluster'
    """

    kind: ClassVar[str] = "daskcluster"

    worker: V1DaskReplica | Template | None = None
    scheduler: V1DaskReplica | Template | None = None
    min_replicas: int | Template | None = None
    max_replicas: int | Template | None = None
