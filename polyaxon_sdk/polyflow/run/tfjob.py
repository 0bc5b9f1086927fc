"""V1TFJob: TensorFlow on several pods."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.run.replica import V1KFReplica, V1SchedulingPolicy
    from polyaxon_sdk.polyflow.templates import Template
    from polyaxon_sdk.polyflow.words import V1CleanPodPolicy

__all__ = ["V1TFJob"]


@documented
@frozen(kw_only=True)
class V1TFJob:
    """TensorFlow on several pods (semantics 1.9).

    Args:
        clean_pod_policy: which pods go at the end; default: as the operator does.
        scheduling_policy: how they are placed; default: as the cluster does.
        enable_dynamic_worker: workers may come and go; default false.
        success_policy: when the whole counts as succeeded, such as `AllWorkers`; default: at the end of its chief.
        chief: the pod that leads; default none.
        ps: the parameter servers; default none.
        worker: the pods that train; default none.
        evaluator: the pod that evaluates beside the training; default none.

    >>> from polyaxon_sdk.polyflow import V1KFReplica
    >>> V1TFJob(worker=V1KFReplica(replicas=3)).kind
    'tfjob'
    """

    kind: ClassVar[str] = "tfjob"

    clean_pod_policy: V1CleanPodPolicy | Literal["All", "Running", "None"] | None = None
    scheduling_policy: V1SchedulingPolicy | None = None
    enable_dynamic_worker: bool | None = None
    success_policy: str | None = None
    chief: V1KFReplica | Template | None = None
    ps: V1KFReplica | Template | None = None
    worker: V1KFReplica | Template | None = None
    evaluator: V1KFReplica | Template | None = None
