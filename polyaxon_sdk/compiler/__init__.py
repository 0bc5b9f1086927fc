"""From an operation to a compiled operation, one stage a file; nothing here runs anything."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polyaxon_sdk.compiler.checking import check
    from polyaxon_sdk.compiler.compiling import Compilation, compile_operation
    from polyaxon_sdk.compiler.connections import Connections
    from polyaxon_sdk.compiler.dag import inheritance_of, nodes_of
    from polyaxon_sdk.compiler.globals import Globals
    from polyaxon_sdk.compiler.graph import Graph, graph_of
    from polyaxon_sdk.compiler.joining import collect
    from polyaxon_sdk.compiler.merges import Merges
    from polyaxon_sdk.compiler.merging import merge
    from polyaxon_sdk.compiler.process import command_line, environment_of
    from polyaxon_sdk.compiler.referring import RunValues, look_up, refer, resolve

_HOMES = {
    "Compilation": "compiling",
    "Connections": "connections",
    "Globals": "globals",
    "Graph": "graph",
    "Merges": "merges",
    "RunValues": "referring",
    "check": "checking",
    "collect": "joining",
    "command_line": "process",
    "compile_operation": "compiling",
    "environment_of": "process",
    "graph_of": "graph",
    "inheritance_of": "dag",
    "look_up": "referring",
    "merge": "merging",
    "nodes_of": "dag",
    "refer": "referring",
    "resolve": "referring",
}
"""The module of each name, which is loaded on first use: a check of a job pays for no dag."""

__all__ = [
    "Compilation",
    "Connections",
    "Globals",
    "Graph",
    "Merges",
    "RunValues",
    "check",
    "collect",
    "command_line",
    "compile_operation",
    "environment_of",
    "graph_of",
    "inheritance_of",
    "look_up",
    "merge",
    "nodes_of",
    "refer",
    "resolve",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
