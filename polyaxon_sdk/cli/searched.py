"""What a search gives its runs, for people."""

from __future__ import annotations

import json
from math import exp

from polyaxon_sdk.cli.show import brief
from polyaxon_sdk.compiler.searching import provided
from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.polyflow import V1CompiledOperation, read, write
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.types import Json

__all__ = ["searched", "searched_by", "spaces_of"]


def searched(operation: V1CompiledOperation) -> dict[str, str]:
    """Each input that a search gives values to, with where these come from.

    >>> from polyaxon_sdk.polyflow import V1GridSearch, V1HpChoice, V1Job
    >>> grid = V1GridSearch(params={"rate": V1HpChoice(value=[0.1, 0.2])})
    >>> searched(V1CompiledOperation(run=V1Job(), matrix=grid))
    {'rate': 'choice [0.1, 0.2]'}
    """
    return {name: _told(space) for name, space in _spaces(operation).items()}


def searched_by(folder: RunFolder) -> dict[str, str]:
    """The same of the run of a search; nothing where what it was compiled to can't be read."""
    return {name: _told(space) for name, space in spaces_of(folder).items()}


def spaces_of(folder: RunFolder) -> dict[str, Json]:
    """Each input that the run of a search gives values to, with its space as it is written; None where it has none of
    its own.
    """
    try:
        return _spaces(read(V1CompiledOperation, json.loads(folder.operation.read_bytes())))
    except (OSError, ValueError, PolyaxonError):
        return {}


def _spaces(operation: V1CompiledOperation) -> dict[str, Json]:
    written = write(operation).get("matrix")
    params = written.get("params") if isinstance(written, dict) else None
    known = params if isinstance(params, dict) else {}
    return {name: known.get(name) for name in sorted(provided(operation))}


def _told(space: Json) -> str:
    if not isinstance(space, dict):
        return "searched"
    kind, value = str(space.get("kind")), space.get("value")
    if not isinstance(value, dict) or not {"low", "high"} <= set(value):
        return f"{kind} {brief(value)}"
    low, high = (exp(value[end]) if "log" in kind else value[end] for end in ("low", "high"))
    return f"{kind} {low:g}..{high:g}"
