"""The runtimes: what `run.kind` names (semantics 1.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

from polyaxon_sdk.polyflow.kinds import Kinds

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.run.dag import V1Dag
    from polyaxon_sdk.polyflow.run.daskcluster import V1DaskCluster
    from polyaxon_sdk.polyflow.run.job import V1Job
    from polyaxon_sdk.polyflow.run.mpijob import V1MPIJob
    from polyaxon_sdk.polyflow.run.pytorchjob import V1PytorchJob
    from polyaxon_sdk.polyflow.run.raycluster import V1RayCluster
    from polyaxon_sdk.polyflow.run.tfjob import V1TFJob

    V1Runtime: TypeAlias = V1Job | V1Dag | V1TFJob | V1PytorchJob | V1MPIJob | V1RayCluster | V1DaskCluster
    """Any runtime; V1Service and the system's own jobs are V1Jobs."""
else:
    V1Runtime = Annotated[
        object,
        Kinds(
            job="V1Job",
            service="V1Service",
            dag="V1Dag",
            tfjob="V1TFJob",
            pytorchjob="V1PytorchJob",
            mpijob="V1MPIJob",
            raycluster="V1RayCluster",
            daskcluster="V1DaskCluster",
            notifier="V1NotifierJob",
            cleaner="V1CleanerJob",
            tuner="V1TunerJob",
        ),
    ]

__all__ = ["V1Runtime"]
