"""V1PytorchJob: PyTorch on several pods."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from attrs import frozen

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.run.replica import V1KFReplica, V1SchedulingPolicy
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1PytorchElasticPolicy", "V1PytorchJob"]


@frozen(kw_only=True)
class V1PytorchElasticPolicy:
    """How torchrun copes with workers that come and go.

    Args:
        min_replicas, max_replicas: the bounds.
        rdvz_backend, rdvz_port, rdvz_host, rdvz_id, rdvz_conf: the rendezvous.
        standalone: one node only.
        n_proc_per_node: processes on each node.
        max_restarts: how often a worker starts again.
        metrics: what the autoscaler looks at.

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


@frozen(kw_only=True)
class V1PytorchJob:
    """PyTorch on several pods (semantics 1.9).

    Args:
        clean_pod_policy: which pods go at the end.
        scheduling_policy: how they are placed.
        elastic_policy: how workers may come and go.
        n_proc_per_node: processes on each node: a number, `auto`, `cpu` or `gpu`.
        master, worker: the groups of pods.

    >>> from polyaxon_sdk.polyflow import V1KFReplica
    >>> V1PytorchJob(worker=V1KFReplica(replicas=3)).kind
    'pytorchjob'
    """

    kind: ClassVar[str] = "pytorchjob"

    clean_pod_policy: Literal["All", "Running", "None"] | None = None
    scheduling_policy: V1SchedulingPolicy | Template | None = None
    elastic_policy: V1PytorchElasticPolicy | Template | None = None
    n_proc_per_node: int | str | None = None
    master: V1KFReplica | None = None
    worker: V1KFReplica | None = None
