"""Reading the snippets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from polyaxon_sdk.compiler import Globals, compile_operation
from polyaxon_sdk.polyaxonfile.yaml_text import load
from polyaxon_sdk.polyflow import V1Operation, read_operation, write

__all__ = ["FOLDER", "RUN", "compiled", "data", "operation", "quoted", "snippet"]

FOLDER = Path(__file__).parent
RUN = Globals(
    owner_name="acme",
    project_name="vision",
    name="bold",
    uuid="ab" * 16,
    artifacts_path="/plx/artifacts",
    run_artifacts_path="/plx/artifacts/ab",
)


def snippet(name: str) -> str:
    """A snippet as it was published."""
    return (FOLDER / name).read_text(encoding="utf-8")


def quoted(text: str) -> str:
    """The text with quotes around each value that is a bare template, as the message about it asks for."""
    return re.sub(r"(: \[?)(\{\{[^\n\"]*?\}\})(\]?)$", r'\1"\2"\3', text, flags=re.MULTILINE)


def data(name: str) -> Any:
    """What a snippet says, as plain data; a marker that stands for more is left out."""
    return load(quoted(snippet(name)).replace("\n...\n", "\n"), name)


def operation(name: str) -> V1Operation:
    """The operation that a snippet is, or the component as an operation of its own."""
    found = data(name)
    is_component = found.get("kind") == "component"
    return read_operation({"component": found} if is_component else found)


def compiled(operation: V1Operation, **params: object) -> dict[str, Any]:
    """The compiled operation as plain data."""
    return write(compile_operation(operation, run=RUN, params=params).operation)
