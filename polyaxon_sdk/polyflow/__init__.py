"""The Polyaxonfile's nouns as frozen classes, and the converter between them and plain data.

Each name is loaded on first use: a script that decorates a function pays for four classes, not for all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.cache import V1Cache
    from polyaxon_sdk.polyflow.compiled import V1CompiledOperation
    from polyaxon_sdk.polyflow.component import V1Component
    from polyaxon_sdk.polyflow.container import V1Container
    from polyaxon_sdk.polyflow.converter import convert, read, read_component, read_operation, write
    from polyaxon_sdk.polyflow.environment import V1Environment
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
    from polyaxon_sdk.polyflow.operation import V1Operation
    from polyaxon_sdk.polyflow.param import V1Param
    from polyaxon_sdk.polyflow.plugins import V1Notification, V1Plugins, V1PolyaxonSidecarContainer
    from polyaxon_sdk.polyflow.problems import Problem, SpecError
    from polyaxon_sdk.polyflow.run import Runtime
    from polyaxon_sdk.polyflow.run.job import V1Job
    from polyaxon_sdk.polyflow.template import V1Template
    from polyaxon_sdk.polyflow.templates import Template, is_template
    from polyaxon_sdk.polyflow.termination import V1Culling, V1Termination
    from polyaxon_sdk.polyflow.validation import V1Validation

_HOMES = {
    "Problem": "problems",
    "Runtime": "run",
    "SpecError": "problems",
    "Template": "templates",
    "V1ArtifactsType": "init",
    "V1Cache": "cache",
    "V1CompiledOperation": "compiled",
    "V1Component": "component",
    "V1Container": "container",
    "V1Culling": "termination",
    "V1DockerfileType": "init",
    "V1Environment": "environment",
    "V1EventType": "init",
    "V1FileType": "init",
    "V1GitType": "init",
    "V1IO": "io",
    "V1Init": "init",
    "V1Job": "run.job",
    "V1Notification": "plugins",
    "V1Operation": "operation",
    "V1Param": "param",
    "V1Plugins": "plugins",
    "V1PolyaxonSidecarContainer": "plugins",
    "V1Template": "template",
    "V1TensorboardType": "init",
    "V1Termination": "termination",
    "V1Validation": "validation",
    "convert": "converter",
    "is_template": "templates",
    "read": "converter",
    "read_component": "converter",
    "read_operation": "converter",
    "write": "converter",
}

__all__ = [
    "V1IO",
    "Problem",
    "Runtime",
    "SpecError",
    "Template",
    "V1ArtifactsType",
    "V1Cache",
    "V1CompiledOperation",
    "V1Component",
    "V1Container",
    "V1Culling",
    "V1DockerfileType",
    "V1Environment",
    "V1EventType",
    "V1FileType",
    "V1GitType",
    "V1Init",
    "V1Job",
    "V1Notification",
    "V1Operation",
    "V1Param",
    "V1Plugins",
    "V1PolyaxonSidecarContainer",
    "V1Template",
    "V1TensorboardType",
    "V1Termination",
    "V1Validation",
    "convert",
    "is_template",
    "read",
    "read_component",
    "read_operation",
    "write",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
