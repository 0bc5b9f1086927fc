"""Answers to machines: what `check` and `compile` print as JSON, one object a request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import islice
from pathlib import Path as FilePath

from polyaxon_sdk.compiler.checking import Checked, examine, with_params
from polyaxon_sdk.compiler.compiling import compile_operation
from polyaxon_sdk.compiler.connections import Connections
from polyaxon_sdk.compiler.globals import Globals
from polyaxon_sdk.compiler.graph import graph_of
from polyaxon_sdk.compiler.naming import check_names
from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.polyaxonfile import Polyaxonfile, read_files
from polyaxon_sdk.polyflow import (
    V1Connection,
    V1Dag,
    V1GridSearch,
    V1Hyperband,
    V1Mapping,
    V1Matrix,
    V1Operation,
    V1RandomSearch,
    read,
    write,
)
from polyaxon_sdk.polyflow.problems import Path
from polyaxon_sdk.tuners import brackets_of, suggest_grid, suggest_mapping, suggest_randomly

__all__ = ["EXAMPLE_RUN", "answer_check", "answer_compile", "check_answer", "compile_answer"]

EXAMPLE_RUN = Globals(
    owner_name="acme",
    project_name="vision",
    project_uuid="0f5a8b1c2d3e4f5061728394a5b6c7d8",
    name="bold-run",
    uuid="1d2c3b4a5968778695a4b3c2d1e0f9a8",
    namespace="plx-runs",
    created_at="2024-01-02T03:04:05+00:00",
    compiled_at="2024-01-02T03:04:06+00:00",
)
"""The run that `compile` resolves templates for where there is none."""

EXAMPLE_STORE = "artifacts-store"
"""The name of its artifacts store."""

MAX_SUGGESTIONS = 10_000
"""How many suggestions an answer lists; it says so where there are more."""

Answer = dict[str, object]
ReadGiven = Callable[[], "tuple[Polyaxonfile, V1Operation]"]


def answer_check(request: Mapping[str, object]) -> Answer:
    """The answer to `{files, params, lint, refs}`, as `check_answer` has it."""
    return check_answer(partial(_read, request), lint=bool(request.get("lint")))


def answer_compile(request: Mapping[str, object]) -> Answer:
    """The answer to `{files, params, refs, connections}`, as `compile_answer` has it."""
    return compile_answer(partial(_read, request), connections=request.get("connections"))


def check_answer(read_given: ReadGiven, *, lint: bool = False) -> Answer:
    """What a check says of a source and its params: `{valid, kind, operation, warnings}` or `{valid, error}`.

    Templates make nothing invalid here, as in public Polyaxon: what `polyaxon check` refuses of them is a warning.

    Args:
        read_given: reads the source, and gives what it holds with the params put in.
        lint: leave out whether the params are right.
    """
    try:
        found, operation = read_given()
        warnings = list(found.warnings)
        if not lint:
            with found.locating(given=_given(found, operation)):
                checked = examine(operation)
            warnings += [*checked.warnings, *_of_templates(found, checked)]
    except PolyaxonError as error:
        return {"valid": False, "error": str(error)}
    return {"valid": True, "kind": found.kind, "operation": write(operation), "warnings": warnings}


def _given(found: Polyaxonfile, operation: V1Operation) -> dict[Path, str]:
    """The params that no file gave."""
    own = found.operation.params or {}
    return {
        ("params", name): "-P"
        for name, value in (operation.params or {}).items()
        if value is not own.get(name)
    }


def _of_templates(found: Polyaxonfile, checked: Checked) -> list[str]:
    try:
        with found.locating(given=_given(found, checked.operation)):
            return check_names(checked)
    except PolyaxonError as error:
        return str(error).splitlines()


def compile_answer(read_given: ReadGiven, *, connections: object = None) -> Answer:
    """What compiling says: `{valid, kind, compiled, warnings, resolved, dag, suggestions}` or
    `{valid, error}`.

    `resolved` is what an example run would be; it is null, with an `error`, where a template names what isn't
    known before the run.
    """
    try:
        found, operation = read_given()
        with found.locating(given=_given(found, operation)):
            checked = examine(operation)
        merged, warnings = checked.merged, [*found.warnings, *checked.warnings]
        answer: Answer = {"valid": True, "kind": found.kind, "compiled": write(merged), "warnings": warnings}
        if isinstance(merged.run, V1Dag):
            graph = graph_of(merged.run)
            nodes = {
                name: {"upstream": above, "downstream": graph.downstream[name]}
                for name, above in graph.upstream.items()
            }
            answer["dag"] = {"nodes": nodes, "levels": graph.levels}
    except PolyaxonError as error:
        return {"valid": False, "error": str(error)}
    try:
        with found.locating(given=_given(found, operation)):
            return {**answer, **_resolved(operation, _connections(connections))}
    except PolyaxonError as error:
        return {**answer, "resolved": None, "error": str(error)}


def _resolved(operation: V1Operation, connections: Connections) -> Answer:
    resolved = compile_operation(operation, run=EXAMPLE_RUN, connections=connections).operation
    written = write(resolved)
    if resolved.matrix is None and not resolved.joins:
        return {"resolved": written}
    answer: Answer = {"resolved": {key: written.get(key) for key in ("matrix", "joins")}}
    return answer if resolved.matrix is None else {**answer, "suggestions": _suggestions(resolved.matrix)}


def _suggestions(matrix: V1Matrix) -> Answer | None:
    """What a search would try, for the kinds that can say it before any run."""
    if isinstance(matrix, V1Mapping):
        return _listed(suggest_mapping(matrix))
    if isinstance(matrix, V1GridSearch):
        return _listed(suggest_grid(matrix))
    if isinstance(matrix, V1RandomSearch):
        return _listed(suggest_randomly(matrix))
    if isinstance(matrix, V1Hyperband):
        brackets = [
            {"bracket": one.number, "numRuns": one.rungs[0].runs, "resources": one.rungs[0].resource}
            for one in brackets_of(matrix)
        ]
        return {"brackets": brackets}
    return None


def _listed(suggestions: Iterable[object]) -> Answer:
    source = iter(suggestions)
    values = list(islice(source, MAX_SUGGESTIONS))
    return {"values": values} if next(source, None) is None else {"values": values, "hasMore": True}


def _connections(listed: object) -> Connections:
    found = [read(V1Connection, one) for one in listed] if isinstance(listed, list) else []
    return Connections(known={one.name: one for one in found}, store=EXAMPLE_STORE)


def _read(request: Mapping[str, object]) -> tuple[Polyaxonfile, V1Operation]:
    files, refs, params = request.get("files"), request.get("refs"), request.get("params")
    if (
        not files
        or not isinstance(files, list)
        or not isinstance(refs or {}, dict)
        or not isinstance(params or {}, dict)
    ):
        raise PolyaxonError("a request has files, and may have params and refs")
    table = {str(name): FilePath(str(path)) for name, path in refs.items()} if isinstance(refs, dict) else {}
    found = read_files([FilePath(str(file)) for file in files], refs=table)
    values = params if isinstance(params, dict) else {}
    return found, with_params(found.operation, {str(name): value for name, value in values.items()})
