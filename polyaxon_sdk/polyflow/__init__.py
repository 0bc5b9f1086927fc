"""The Polyaxonfile's nouns as frozen classes, and the converter between them and plain data.

Each name is loaded on first use: a script that decorates a function pays for four classes, not for all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.build import V1Build
    from polyaxon_sdk.polyflow.cache import V1Cache
    from polyaxon_sdk.polyflow.compiled import V1CompiledOperation
    from polyaxon_sdk.polyflow.component import V1Component
    from polyaxon_sdk.polyflow.connection import (
        V1BucketConnection,
        V1ClaimConnection,
        V1Connection,
        V1ConnectionResource,
        V1GitConnection,
        V1HostConnection,
        V1HostPathConnection,
    )
    from polyaxon_sdk.polyflow.connection_kind import ConnectionKind, V1ConnectionKind
    from polyaxon_sdk.polyflow.container import V1Container
    from polyaxon_sdk.polyflow.converter import convert, read, write
    from polyaxon_sdk.polyflow.early_stopping import (
        EarlyStopping,
        StoppingPolicy,
        V1DiffStoppingPolicy,
        V1FailureEarlyStopping,
        V1MedianStoppingPolicy,
        V1MetricEarlyStopping,
        V1TruncationStoppingPolicy,
    )
    from polyaxon_sdk.polyflow.environment import V1Environment
    from polyaxon_sdk.polyflow.event import V1EventKind, V1EventTrigger
    from polyaxon_sdk.polyflow.hook import V1Hook
    from polyaxon_sdk.polyflow.hp import HyperParam
    from polyaxon_sdk.polyflow.hp.choices import V1HpChoice, V1HpPChoice
    from polyaxon_sdk.polyflow.hp.dates import V1HpDateRange, V1HpDateTimeRange
    from polyaxon_sdk.polyflow.hp.normal import V1HpLogNormal, V1HpNormal, V1HpQLogNormal, V1HpQNormal
    from polyaxon_sdk.polyflow.hp.spaces import V1HpGeomSpace, V1HpLinSpace, V1HpLogSpace, V1HpRange
    from polyaxon_sdk.polyflow.hp.uniform import V1HpLogUniform, V1HpQLogUniform, V1HpQUniform, V1HpUniform
    from polyaxon_sdk.polyflow.init import (
        V1ArtifactsType,
        V1DockerfileType,
        V1EventType,
        V1FileType,
        V1GitType,
        V1Init,
        V1TensorboardType,
    )
    from polyaxon_sdk.polyflow.io import V1IO
    from polyaxon_sdk.polyflow.join import V1Join, V1JoinParam
    from polyaxon_sdk.polyflow.matrix import V1Matrix
    from polyaxon_sdk.polyflow.matrix.asha import V1Asha
    from polyaxon_sdk.polyflow.matrix.bayes import GaussianProcessConfig, UtilityFunctionConfig, V1Bayes
    from polyaxon_sdk.polyflow.matrix.grid import V1GridSearch
    from polyaxon_sdk.polyflow.matrix.hyperband import V1Hyperband
    from polyaxon_sdk.polyflow.matrix.hyperopt import V1Hyperopt
    from polyaxon_sdk.polyflow.matrix.iterative import V1Iterative
    from polyaxon_sdk.polyflow.matrix.mapping import V1Mapping
    from polyaxon_sdk.polyflow.matrix.random import V1RandomSearch
    from polyaxon_sdk.polyflow.matrix.tpe import V1TPE
    from polyaxon_sdk.polyflow.metric import V1OptimizationMetric, V1OptimizationResource
    from polyaxon_sdk.polyflow.mount import V1Mount
    from polyaxon_sdk.polyflow.operation import V1Operation
    from polyaxon_sdk.polyflow.param import V1Param
    from polyaxon_sdk.polyflow.plugins import V1Notification, V1Plugins, V1PolyaxonSidecarContainer
    from polyaxon_sdk.polyflow.problems import Problem, SpecError
    from polyaxon_sdk.polyflow.reading import read_component, read_operation
    from polyaxon_sdk.polyflow.run import V1Runtime
    from polyaxon_sdk.polyflow.run.dag import V1Dag
    from polyaxon_sdk.polyflow.run.daskcluster import V1DaskCluster
    from polyaxon_sdk.polyflow.run.internal import V1CleanerJob, V1NotifierJob, V1TunerJob
    from polyaxon_sdk.polyflow.run.job import V1Job
    from polyaxon_sdk.polyflow.run.mpijob import V1MPIJob
    from polyaxon_sdk.polyflow.run.pytorchjob import V1PytorchElasticPolicy, V1PytorchJob
    from polyaxon_sdk.polyflow.run.raycluster import V1RayCluster
    from polyaxon_sdk.polyflow.run.replica import V1DaskReplica, V1KFReplica, V1RayReplica, V1SchedulingPolicy
    from polyaxon_sdk.polyflow.run.service import V1Service
    from polyaxon_sdk.polyflow.run.tfjob import V1TFJob
    from polyaxon_sdk.polyflow.run_kind import (
        V1CloningKind,
        V1MatrixKind,
        V1PipelineKind,
        V1RunKind,
        V1ScheduleKind,
        V1Statuses,
    )
    from polyaxon_sdk.polyflow.schedule import (
        Schedule,
        V1CronSchedule,
        V1DateTimeSchedule,
        V1IntervalSchedule,
    )
    from polyaxon_sdk.polyflow.template import V1Template
    from polyaxon_sdk.polyflow.templates import Template, is_template
    from polyaxon_sdk.polyflow.termination import (
        V1ActivityProbe,
        V1ActivityProbeExec,
        V1ActivityProbeHttp,
        V1Culling,
        V1Termination,
    )
    from polyaxon_sdk.polyflow.tuner import V1Tuner
    from polyaxon_sdk.polyflow.validation import V1Validation
    from polyaxon_sdk.polyflow.words import (
        AcquisitionFunctions,
        GaussianProcessesKernels,
        PatchStrategy,
        PullPolicy,
        V1CleanPodPolicy,
        V1Optimization,
        V1PatchStrategy,
        V1ResourceType,
        V1TriggerPolicy,
    )

_HOMES = {
    "AcquisitionFunctions": "words",
    "ConnectionKind": "connection_kind",
    "EarlyStopping": "early_stopping",
    "GaussianProcessConfig": "matrix.bayes",
    "GaussianProcessesKernels": "words",
    "HyperParam": "hp",
    "PatchStrategy": "words",
    "Problem": "problems",
    "PullPolicy": "words",
    "Schedule": "schedule",
    "SpecError": "problems",
    "StoppingPolicy": "early_stopping",
    "Template": "templates",
    "UtilityFunctionConfig": "matrix.bayes",
    "V1ActivityProbe": "termination",
    "V1ActivityProbeExec": "termination",
    "V1ActivityProbeHttp": "termination",
    "V1ArtifactsType": "init",
    "V1Asha": "matrix.asha",
    "V1Bayes": "matrix.bayes",
    "V1BucketConnection": "connection",
    "V1Build": "build",
    "V1Cache": "cache",
    "V1ClaimConnection": "connection",
    "V1CleanPodPolicy": "words",
    "V1CleanerJob": "run.internal",
    "V1CloningKind": "run_kind",
    "V1CompiledOperation": "compiled",
    "V1Component": "component",
    "V1Connection": "connection",
    "V1ConnectionKind": "connection_kind",
    "V1ConnectionResource": "connection",
    "V1Container": "container",
    "V1CronSchedule": "schedule",
    "V1Culling": "termination",
    "V1Dag": "run.dag",
    "V1DaskCluster": "run.daskcluster",
    "V1DaskReplica": "run.replica",
    "V1DateTimeSchedule": "schedule",
    "V1DiffStoppingPolicy": "early_stopping",
    "V1DockerfileType": "init",
    "V1Environment": "environment",
    "V1EventKind": "event",
    "V1EventTrigger": "event",
    "V1EventType": "init",
    "V1FailureEarlyStopping": "early_stopping",
    "V1FileType": "init",
    "V1GitConnection": "connection",
    "V1GitType": "init",
    "V1GridSearch": "matrix.grid",
    "V1Hook": "hook",
    "V1HostConnection": "connection",
    "V1HostPathConnection": "connection",
    "V1HpChoice": "hp.choices",
    "V1HpDateRange": "hp.dates",
    "V1HpDateTimeRange": "hp.dates",
    "V1HpGeomSpace": "hp.spaces",
    "V1HpLinSpace": "hp.spaces",
    "V1HpLogNormal": "hp.normal",
    "V1HpLogSpace": "hp.spaces",
    "V1HpLogUniform": "hp.uniform",
    "V1HpNormal": "hp.normal",
    "V1HpPChoice": "hp.choices",
    "V1HpQLogNormal": "hp.normal",
    "V1HpQLogUniform": "hp.uniform",
    "V1HpQNormal": "hp.normal",
    "V1HpQUniform": "hp.uniform",
    "V1HpRange": "hp.spaces",
    "V1HpUniform": "hp.uniform",
    "V1Hyperband": "matrix.hyperband",
    "V1Hyperopt": "matrix.hyperopt",
    "V1IO": "io",
    "V1Init": "init",
    "V1IntervalSchedule": "schedule",
    "V1Iterative": "matrix.iterative",
    "V1Job": "run.job",
    "V1Join": "join",
    "V1JoinParam": "join",
    "V1KFReplica": "run.replica",
    "V1MPIJob": "run.mpijob",
    "V1Mapping": "matrix.mapping",
    "V1Matrix": "matrix",
    "V1MatrixKind": "run_kind",
    "V1MedianStoppingPolicy": "early_stopping",
    "V1MetricEarlyStopping": "early_stopping",
    "V1Mount": "mount",
    "V1Notification": "plugins",
    "V1NotifierJob": "run.internal",
    "V1Operation": "operation",
    "V1Optimization": "words",
    "V1OptimizationMetric": "metric",
    "V1OptimizationResource": "metric",
    "V1Param": "param",
    "V1PatchStrategy": "words",
    "V1PipelineKind": "run_kind",
    "V1Plugins": "plugins",
    "V1PolyaxonSidecarContainer": "plugins",
    "V1PytorchElasticPolicy": "run.pytorchjob",
    "V1PytorchJob": "run.pytorchjob",
    "V1RandomSearch": "matrix.random",
    "V1RayCluster": "run.raycluster",
    "V1RayReplica": "run.replica",
    "V1ResourceType": "words",
    "V1RunKind": "run_kind",
    "V1Runtime": "run",
    "V1ScheduleKind": "run_kind",
    "V1SchedulingPolicy": "run.replica",
    "V1Service": "run.service",
    "V1Statuses": "run_kind",
    "V1TFJob": "run.tfjob",
    "V1TPE": "matrix.tpe",
    "V1Template": "template",
    "V1TensorboardType": "init",
    "V1Termination": "termination",
    "V1TriggerPolicy": "words",
    "V1TruncationStoppingPolicy": "early_stopping",
    "V1Tuner": "tuner",
    "V1TunerJob": "run.internal",
    "V1Validation": "validation",
    "convert": "converter",
    "is_template": "templates",
    "read": "converter",
    "read_component": "reading",
    "read_operation": "reading",
    "write": "converter",
}

_FIELD_TYPES = {
    "Affinity": "kubernetes",
    "AutoscalerOptions": "kubernetes",
    "Count": "lenient",
    "DnsConfig": "kubernetes",
    "HostAlias": "kubernetes",
    "Moment": "lenient",
    "PodFailurePolicy": "kubernetes",
    "SecurityContext": "kubernetes",
    "Text": "lenient",
    "Toleration": "kubernetes",
    "Volume": "kubernetes",
    "Whole": "lenient",
}
"""What annotations of fields name and nobody else does."""

__all__ = [
    "V1IO",
    "V1TPE",
    "AcquisitionFunctions",
    "ConnectionKind",
    "EarlyStopping",
    "GaussianProcessConfig",
    "GaussianProcessesKernels",
    "HyperParam",
    "PatchStrategy",
    "Problem",
    "PullPolicy",
    "Schedule",
    "SpecError",
    "StoppingPolicy",
    "Template",
    "UtilityFunctionConfig",
    "V1ActivityProbe",
    "V1ActivityProbeExec",
    "V1ActivityProbeHttp",
    "V1ArtifactsType",
    "V1Asha",
    "V1Bayes",
    "V1BucketConnection",
    "V1Build",
    "V1Cache",
    "V1ClaimConnection",
    "V1CleanPodPolicy",
    "V1CleanerJob",
    "V1CloningKind",
    "V1CompiledOperation",
    "V1Component",
    "V1Connection",
    "V1ConnectionKind",
    "V1ConnectionResource",
    "V1Container",
    "V1CronSchedule",
    "V1Culling",
    "V1Dag",
    "V1DaskCluster",
    "V1DaskReplica",
    "V1DateTimeSchedule",
    "V1DiffStoppingPolicy",
    "V1DockerfileType",
    "V1Environment",
    "V1EventKind",
    "V1EventTrigger",
    "V1EventType",
    "V1FailureEarlyStopping",
    "V1FileType",
    "V1GitConnection",
    "V1GitType",
    "V1GridSearch",
    "V1Hook",
    "V1HostConnection",
    "V1HostPathConnection",
    "V1HpChoice",
    "V1HpDateRange",
    "V1HpDateTimeRange",
    "V1HpGeomSpace",
    "V1HpLinSpace",
    "V1HpLogNormal",
    "V1HpLogSpace",
    "V1HpLogUniform",
    "V1HpNormal",
    "V1HpPChoice",
    "V1HpQLogNormal",
    "V1HpQLogUniform",
    "V1HpQNormal",
    "V1HpQUniform",
    "V1HpRange",
    "V1HpUniform",
    "V1Hyperband",
    "V1Hyperopt",
    "V1Init",
    "V1IntervalSchedule",
    "V1Iterative",
    "V1Job",
    "V1Join",
    "V1JoinParam",
    "V1KFReplica",
    "V1MPIJob",
    "V1Mapping",
    "V1Matrix",
    "V1MatrixKind",
    "V1MedianStoppingPolicy",
    "V1MetricEarlyStopping",
    "V1Mount",
    "V1Notification",
    "V1NotifierJob",
    "V1Operation",
    "V1Optimization",
    "V1OptimizationMetric",
    "V1OptimizationResource",
    "V1Param",
    "V1PatchStrategy",
    "V1PipelineKind",
    "V1Plugins",
    "V1PolyaxonSidecarContainer",
    "V1PytorchElasticPolicy",
    "V1PytorchJob",
    "V1RandomSearch",
    "V1RayCluster",
    "V1RayReplica",
    "V1ResourceType",
    "V1RunKind",
    "V1Runtime",
    "V1ScheduleKind",
    "V1SchedulingPolicy",
    "V1Service",
    "V1Statuses",
    "V1TFJob",
    "V1Template",
    "V1TensorboardType",
    "V1Termination",
    "V1TriggerPolicy",
    "V1TruncationStoppingPolicy",
    "V1Tuner",
    "V1TunerJob",
    "V1Validation",
    "convert",
    "is_template",
    "read",
    "read_component",
    "read_operation",
    "write",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name) or _FIELD_TYPES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
