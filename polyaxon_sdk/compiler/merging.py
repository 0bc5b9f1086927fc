"""Component and operation into one: what each layer adds, and the patch of the runtime (semantics 1.2)."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from polyaxon_sdk.compiler.shortcuts import SHORTCUTS, expand
from polyaxon_sdk.polyaxonfile import Strategy, patch
from polyaxon_sdk.polyflow import (
    SpecError,
    V1CompiledOperation,
    V1Component,
    V1Operation,
    V1Param,
    read,
    write,
)
from polyaxon_sdk.polyflow.problems import Path, fault

__all__ = ["merge", "params_of"]

_OWN = frozenset({
    "kind", "params", "hubRef", "dagRef", "urlRef", "pathRef", "component", "template", "patchStrategy",
    "isPreset", "runPatch", "run", *SHORTCUTS,
})  # fmt: skip
"""What one layer says about itself, so that it is not handed on."""

_REPLICAS = ("chief", "ps", "worker", "evaluator", "master", "launcher", "head", "scheduler")


def merge(operation: V1Operation, *, inherited: Mapping[str, object] | None = None) -> V1CompiledOperation:
    """The operation and its component as one, before any value is put in.

    Its `contexts` are the names of the params meant for templates only.

    Args:
        inherited: what a dag hands to its operations, as `inheritance_of` gives it; their own values win.

    Raises:
        SpecError: there is nothing to run, or the patch doesn't fit the runtime.

    >>> from polyaxon_sdk.polyflow import V1Job
    >>> merge(V1Operation(name="now", component=V1Component(name="train", run=V1Job()))).name
    'now'
    """
    data = _merged(operation)
    if data.get("run") is None:
        raise fault("nothing to run", path=("run",), expected="a component with a runtime", missing=True)
    data = _inheriting(data, inherited or {})
    data["contexts"] = _contexts(operation, data)
    return read(V1CompiledOperation, {**data, "kind": V1CompiledOperation.kind})


def _inheriting(data: dict[str, object], inherited: Mapping[str, object]) -> dict[str, object]:
    run, shared = data.get("run"), inherited.get("run")
    out = patch(data, {key: value for key, value in inherited.items() if key != "run"}, "pre_merge")
    if isinstance(run, dict) and isinstance(shared, dict):
        out["run"] = _patched(run, shared, "pre_merge", ("run",))
    return out


def params_of(layer: V1Operation | V1Component) -> dict[str, V1Param]:
    """The params of all layers, the outermost of each name."""
    under = params_of(layer.component) if layer.component else {}
    return {**under, **(layer.params or {})}


def _contexts(operation: V1Operation, data: Mapping[str, object]) -> list[object]:
    declared = {io["name"] for key in ("inputs", "outputs") for io in _mappings(data.get(key))}
    plain = [name for name, param in params_of(operation).items() if param.context_only]
    joined = [
        name
        for join in operation.joins or []
        for name, param in (join.params or {}).items()
        if param.context_only
    ]
    return [
        *({"name": name} for name in plain if name not in declared),
        *({"name": name, "isList": True} for name in joined if name not in declared),
    ]


def _mappings(value: object) -> list[dict[str, object]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _merged(layer: V1Operation | V1Component) -> dict[str, object]:
    under = _merged(layer.component) if layer.component else {}
    own = write(layer)
    out = patch(under, {key: value for key, value in own.items() if key not in _OWN}, "post_merge")
    if under.get("strictParams"):
        out["strictParams"] = True
    run = _run(under.get("run"), own)
    if layer.run_patch:
        if not isinstance(run, dict):
            raise fault("no runtime to patch", path=("runPatch",), expected="a component with a runtime")
        run = _patched(run, layer.run_patch, layer.patch_strategy or "post_merge", ("runPatch",))
    return out if run is None else {**out, "run": run}


def _run(base: object, own: Mapping[str, object]) -> dict[str, object] | None:
    run = base if isinstance(base, dict) else None
    if isinstance(top := own.get("run"), dict):
        run = patch(run, top, "post_merge") if run and run.get("kind") == top.get("kind") else top
    short = expand(own)
    if not short:
        return run
    kind = "service" if "ports" in short else "job"
    if own.get("cmd") is not None and run is not None and isinstance(old := run.get("container"), dict):
        run = {**run, "container": {key: item for key, item in old.items() if key not in ("command", "args")}}
    return _patched(run or {"kind": kind}, short, "post_merge", ())


def _patched(
    run: dict[str, object], over: Mapping[str, object], strategy: Strategy, path: Path
) -> dict[str, object]:
    kind = over.get("kind", run.get("kind"))
    if kind != run.get("kind"):
        told = f"kind {kind!r} over a {run.get('kind')}"
        raise fault(told, path=(*path, "kind"), expected=repr(run.get("kind")))
    patched = patch(run, over, strategy)
    try:
        read(V1CompiledOperation, {"run": patched})
    except SpecError as error:
        replicas = [name for name in _REPLICAS if isinstance(run.get(name), dict)]
        if replicas:
            return _each_replica(run, over, strategy, path)
        raise SpecError(evolve(one, path=(*path, *one.path[1:])) for one in error.problems) from error
    return patched


def _each_replica(
    run: dict[str, object], over: Mapping[str, object], strategy: Strategy, path: Path
) -> dict[str, object]:
    """A patch that fits no distributed runtime as a whole is laid over each group of pods."""
    patched = dict(run)
    for name in _REPLICAS:
        if isinstance(group := run.get(name), dict):
            patched[name] = patch(group, over, strategy)
    try:
        read(V1CompiledOperation, {"run": patched})
    except SpecError as error:
        raise SpecError(evolve(one, path=(*path, *one.path[2:])) for one in error.problems) from error
    return patched
