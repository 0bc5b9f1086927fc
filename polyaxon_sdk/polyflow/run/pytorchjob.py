"""V1PytorchJob: PyTorch on several pods."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.run.replica import V1KFReplica, V1SchedulingPolicy
    from polyaxon_sdk.polyflow.templates import Template
    from polyaxon_sdk.polyflow.words import V1CleanPodPolicy

__all__ = ["V1PytorchElasticPolicy", "V1PytorchJob"]


@documented
@frozen(kw_only=True)
class V1PytorchElasticPolicy:
    """How torchrun copes with workers that come and go (semantics 1.9).

    Args:
        min_replicas: the fewest workers; default: the worker's `replicas`.
        max_replicas: the most workers; default: the worker's `replicas`.
        rdvz_backend: how workers find each other, such as `c10d`; default: torchrun's own.
        rdvz_port: the port where they do; default: torchrun's own.
        rdvz_host: the host where they do; default: the first worker's.
        rdvz_id: the name under which they do; default: the run's.
        rdvz_conf: further settings of the backend, `{key, value}` each; default none.
        standalone: one node only, which finds itself; default false.
        n_proc_per_node: processes on each node; default: that of the job.
        max_restarts: how often a group of workers starts again; default: torchrun's own.
        metrics: what the autoscaler looks at, as Kubernetes spells it; default none.

    >>> V1PytorchElasticPolicy(min_replicas=1, max_replicas=4).max_replicas
    4
    """

    min_replicas: int | Template | None = None
    max_replicas: int | Template | None = None
    rdvz_backend: str | None = None
    rdvz_port: int | Template | None = None
    rdvz_host: str | None = None
    rdvz_id: str | None = None
    rdvz_conf: list[object] | Template | None = None
    standalone: bool | Template | None = None
    n_proc_per_node: int | Template | None = None
    max_restarts: int | Template | None = None
    metrics: list[object] | Template | None = None


@documented
@frozen(kw_only=True)
class V1PytorchJob:
    """PyTorch on several pods (semantics 1.9).

    Args:
        clean_pod_policy: which pods go at the end; default: as the operator does.
        scheduling_policy: how they are placed; default: as the cluster does.
        elastic_policy: how workers may come and go; default: they may not.
        n_proc_per_node: processes on each node: a number, `auto`, `cpu` or `gpu`; default 1.
        master: the pod with rank 0; default none.
        worker: the pods with the other ranks; default none.

    >>> from polyaxon_sdk.polyflow import V1KFReplica
    >>> V1PytorchJob(worker=V1KFReplica(replicas=3)).kind
    'pytorchjob'
    """

    kind: ClassVar[str] = "pytorchjob"

    clean_pod_policy: V1CleanPodPolicy | Literal["All", "Running", "None"] | None = None
    scheduling_policy: V1SchedulingPolicy | None = None
    elastic_policy: V1PytorchElasticPolicy | None = None
    n_proc_per_node: int | Literal["auto", "cpu", "gpu"] | Template | None = None
    master: V1KFReplica | Template | None = None
    worker: V1KFReplica | Template | None = None
