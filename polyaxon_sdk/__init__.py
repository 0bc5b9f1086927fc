"""Write a training function, decorate it, run it; keep, find and compare everything it logs."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polyaxon_sdk import tracking
    from polyaxon_sdk.authoring import component
    from polyaxon_sdk.authoring.decorators.operation import operation
    from polyaxon_sdk.authoring.decorators.specified import specified
    from polyaxon_sdk.authoring.pipelines.dag import dag
    from polyaxon_sdk.authoring.pipelines.join import join
    from polyaxon_sdk.authoring.pipelines.starting import after, unless, when
    from polyaxon_sdk.authoring.vocabulary.artifacts import Artifacts, Dataset, Dir, File, Model
    from polyaxon_sdk.authoring.vocabulary.notes import Input, Output
    from polyaxon_sdk.authoring.vocabulary.spaces import (
        Choice,
        DateRange,
        GeomSpace,
        LinSpace,
        Log,
        LogNormal,
        LogSpace,
        LogUniform,
        Normal,
        Range,
        Uniform,
    )
    from polyaxon_sdk.client import RunClient
    from polyaxon_sdk.exceptions import InputError, PolyaxonError
    from polyaxon_sdk.version import __version__

__all__ = [
    "Artifacts",
    "Choice",
    "Dataset",
    "DateRange",
    "Dir",
    "File",
    "GeomSpace",
    "Input",
    "InputError",
    "LinSpace",
    "Log",
    "LogNormal",
    "LogSpace",
    "LogUniform",
    "Model",
    "Normal",
    "Output",
    "PolyaxonError",
    "Range",
    "RunClient",
    "Uniform",
    "__version__",
    "after",
    "component",
    "dag",
    "join",
    "operation",
    "specified",
    "tracking",
    "unless",
    "when",
]
# The module that holds each name; a name that is not here is a module itself.
_HOMES = {
    "Artifacts": "polyaxon_sdk.authoring.vocabulary.artifacts",
    "Choice": "polyaxon_sdk.authoring.vocabulary.spaces",
    "Dataset": "polyaxon_sdk.authoring.vocabulary.artifacts",
    "DateRange": "polyaxon_sdk.authoring.vocabulary.spaces",
    "Dir": "polyaxon_sdk.authoring.vocabulary.artifacts",
    "File": "polyaxon_sdk.authoring.vocabulary.artifacts",
    "GeomSpace": "polyaxon_sdk.authoring.vocabulary.spaces",
    "Input": "polyaxon_sdk.authoring.vocabulary.notes",
    "InputError": "polyaxon_sdk.exceptions",
    "LinSpace": "polyaxon_sdk.authoring.vocabulary.spaces",
    "Log": "polyaxon_sdk.authoring.vocabulary.spaces",
    "LogNormal": "polyaxon_sdk.authoring.vocabulary.spaces",
    "LogSpace": "polyaxon_sdk.authoring.vocabulary.spaces",
    "LogUniform": "polyaxon_sdk.authoring.vocabulary.spaces",
    "Model": "polyaxon_sdk.authoring.vocabulary.artifacts",
    "Normal": "polyaxon_sdk.authoring.vocabulary.spaces",
    "Output": "polyaxon_sdk.authoring.vocabulary.notes",
    "PolyaxonError": "polyaxon_sdk.exceptions",
    "Range": "polyaxon_sdk.authoring.vocabulary.spaces",
    "RunClient": "polyaxon_sdk.client",
    "Uniform": "polyaxon_sdk.authoring.vocabulary.spaces",
    "__version__": "polyaxon_sdk.version",
    "after": "polyaxon_sdk.authoring.pipelines.starting",
    "component": "polyaxon_sdk.authoring",
    "dag": "polyaxon_sdk.authoring.pipelines.dag",
    "join": "polyaxon_sdk.authoring.pipelines.join",
    "operation": "polyaxon_sdk.authoring.decorators.operation",
    "specified": "polyaxon_sdk.authoring.decorators.specified",
    "unless": "polyaxon_sdk.authoring.pipelines.starting",
    "when": "polyaxon_sdk.authoring.pipelines.starting",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = _HOMES.get(name, f"{__name__}.{name}")
    __import__(home)  # importlib's own function would bring more than it does
    return getattr(sys.modules[home], name) if name in _HOMES else sys.modules[home]


def __dir__() -> list[str]:
    return list(__all__)
