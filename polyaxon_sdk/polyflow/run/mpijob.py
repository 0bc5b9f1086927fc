"""V1MPIJob: MPI on several pods."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.run.replica import V1KFReplica, V1SchedulingPolicy
    from polyaxon_sdk.polyflow.templates import Template
    from polyaxon_sdk.polyflow.words import V1CleanPodPolicy

__all__ = ["V1MPIJob"]


@documented
@frozen(kw_only=True)
class V1MPIJob:
    """MPI on several pods (semantics 1.9).

    Args:
        clean_pod_policy: which pods go at the end; default: as the operator does.
        scheduling_policy: how they are placed; default: as the cluster does.
        slots_per_worker: processes on each worker; default 1.
        launcher: the pod that starts the processes; default none.
        worker: the pods on which they run; default none.

    >>> from polyaxon_sdk.polyflow import V1KFReplica
    >>> V1MPIJob(worker=V1KFReplica(replicas=3)).kind
    'mpijob'
    """

    kind: ClassVar[str] = "mpijob"

    clean_pod_policy: V1CleanPodPolicy | Literal["All", "Running", "None"] | None = None
    scheduling_policy: V1SchedulingPolicy | None = None
    slots_per_worker: int | Template | None = None
    launcher: V1KFReplica | Template | None = None
    worker: V1KFReplica | Template | None = None
