"""What a search gives its runs, for people."""

from __future__ import annotations

import json
from math import exp

from polyaxon_sdk.cli.show import brief
from polyaxon_sdk.compiler.searching import provided
from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.polyflow import V1CompiledOperation, read, write
from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["searched", "searched_by"]


def searched(operation: V1CompiledOperation) -> dict[str, str]:
    """Each input that a search gives values to, with where these come from.

    >>> from polyaxon_sdk.polyflow import V1GridSearch, V1HpChoice, V1Job
    >>> grid = V1GridSearch(params={"rate": V1HpChoice(value=[0.1, 0.2])})
    >>> searched(V1CompiledOperation(run=V1Job(), matrix=grid))
    {'rate': 'choice [0.1, 0.2]'}
    """
    written = write(operation).get("matrix")
    params = written.get("params") if isinstance(written, dict) else None
    known = params if isinstance(params, dict) else {}
    return {
        name: _space(known[name]) if name in known else "searched" for name in sorted(provided(operation))
    }


def searched_by(folder: RunFolder) -> dict[str, str]:
    """The same of the run of a search; nothing where what it was compiled to can't be read."""
    try:
        return searched(read(V1CompiledOperation, json.loads(folder.operation.read_bytes())))
    except (OSError, ValueError, PolyaxonError):
        return {}


def _space(written: object) -> str:
    found = written if isinstance(written, dict) else {}
    kind, value = str(found.get("kind")), found.get("value")
    if not isinstance(value, dict) or not {"low", "high"} <= set(value):
        return f"{kind} {brief(value)}"
    low, high = (exp(value[end]) if "log" in kind else value[end] for end in ("low", "high"))
    return f"{kind} {low:g}..{high:g}"
