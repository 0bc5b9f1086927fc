"""From an operation to a compiled operation, one stage a file; nothing here runs anything."""

from __future__ import annotations

from polyaxon_sdk.compiler.checking import check
from polyaxon_sdk.compiler.compiling import Compilation, compile_operation
from polyaxon_sdk.compiler.connections import Connections
from polyaxon_sdk.compiler.dag import inheritance_of, nodes_of
from polyaxon_sdk.compiler.globals import Globals
from polyaxon_sdk.compiler.graph import Graph, graph_of
from polyaxon_sdk.compiler.joining import collect
from polyaxon_sdk.compiler.merging import merge
from polyaxon_sdk.compiler.process import command_line, environment_of
from polyaxon_sdk.compiler.referring import RunValues, look_up, refer, resolve

__all__ = [
    "Compilation",
    "Connections",
    "Globals",
    "Graph",
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
