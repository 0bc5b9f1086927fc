"""Patching a runtime; a distributed one as a whole or group by group (semantics 1.16)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import attrs

from polyaxon_sdk.polyaxonfile.patching import Strategy, patch
from polyaxon_sdk.polyflow import SpecError, V1CompiledOperation, read, write
from polyaxon_sdk.polyflow.problems import Path, Problem, fault
from polyaxon_sdk.polyflow.shapes import camel

__all__ = ["patch_run"]

_GROUPS = ("chief", "ps", "worker", "evaluator", "master", "launcher", "head", "scheduler")


def patch_run(
    run: dict[str, object], over: Mapping[str, object], strategy: Strategy, path: Path
) -> dict[str, object]:
    """A patch laid over a runtime, both plain data in camelCase.

    What a distributed runtime has no field for is laid over each of its groups of pods; then the rest over the
    runtime, so that what is said of one group counts before what is said of all.

    Args:
        path: where the patch stands, for what is wrong with it.

    Raises:
        SpecError: it is of another kind, or doesn't fit.

    >>> patch_run({"kind": "tfjob", "worker": {"replicas": 3}}, {"connections": ["data"]}, "post_merge", ())
    {'kind': 'tfjob', 'worker': {'replicas': 3, 'connections': ['data']}}
    """
    kind = over.get("kind", run.get("kind"))
    if kind != run.get("kind"):
        told = f"kind {kind!r} over a {run.get('kind')}"
        raise fault(told, path=(*path, "kind"), expected=repr(run.get("kind")))
    groups = _groups(run)
    over = _spelled(over, kind, groups)
    own = _keys(run) if groups else over.keys()
    shared = {key: item for key, item in over.items() if key not in own}
    patched = _with_each(run, groups, shared, strategy) if shared else run
    patched = patch(patched, {key: item for key, item in over.items() if key in own}, strategy)
    try:
        read(V1CompiledOperation, {"run": patched})
    except SpecError as error:
        raise SpecError(_placed(one, groups, shared, path) for one in error.problems) from error
    return patched


def _spelled(
    over: Mapping[str, object], kind: object, groups: Collection[tuple[str, ...]]
) -> Mapping[str, object]:
    """The patch with its keys in camelCase, so that they meet those of the runtime; one that is no whole stays."""
    try:
        whole = write(read(V1CompiledOperation, {"run": {**over, "kind": kind}}))["run"]
    except SpecError:
        if not groups:
            return over
        parts = [_spelled({key: item}, "job", ()) for key, item in over.items()]
        return {key: item for part in parts for key, item in part.items()}
    assert isinstance(whole, dict)
    return {key: item for key, item in whole.items() if key != "kind" or "kind" in over}


def _keys(run: Mapping[str, object]) -> Collection[str]:
    """The keys that the runtime takes itself."""
    found = type(read(V1CompiledOperation, {"run": run}).run)
    names = [field.name for field in attrs.fields(found)] if attrs.has(found) else []
    return {"kind", *names, *map(camel, names)}


def _groups(run: Mapping[str, object]) -> list[tuple[str, ...]]:
    """Where a distributed runtime has its groups of pods."""
    workers = run.get("workers")
    named = [("workers", name) for name in workers] if isinstance(workers, dict) else []
    return [*((name,) for name in _GROUPS if isinstance(run.get(name), dict)), *named]


def _with_each(
    run: Mapping[str, object],
    groups: Collection[tuple[str, ...]],
    over: Mapping[str, object],
    strategy: Strategy,
) -> dict[str, object]:
    out = dict(run)
    for head, *rest in groups:
        inner = out[head]
        assert isinstance(inner, dict)
        deeper = [tuple(rest)] if rest else []
        out[head] = _with_each(inner, deeper, over, strategy) if deeper else patch(inner, over, strategy)
    return out


def _placed(
    problem: Problem, groups: Collection[tuple[str, ...]], shared: Mapping[str, object], path: Path
) -> Problem:
    """The same, its path that of the patch: a problem of what each group gets stands in the patch once."""
    inner = problem.path[1:]
    for group in groups:
        rest = inner[len(group) :]
        if inner[: len(group)] == group and rest and rest[0] in shared:
            inner = rest
            break
    return attrs.evolve(problem, path=(*path, *inner))
