"""Component and operation into one: what each layer adds, and the patch of the runtime (semantics 1.2)."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from polyaxon_sdk.compiler.run_patch import patch_run
from polyaxon_sdk.compiler.shortcuts import SHORTCUTS, expand
from polyaxon_sdk.polyaxonfile import Strategy, patch
from polyaxon_sdk.polyflow import (
    Problem,
    SpecError,
    V1CompiledOperation,
    V1Component,
    V1Operation,
    V1Param,
    read,
    write,
)
from polyaxon_sdk.polyflow.problems import fault

__all__ = ["merge", "params_of"]

_OWN = frozenset({
    "kind", "params", "hubRef", "dagRef", "urlRef", "pathRef", "component", "template", "patchStrategy",
    "isPreset", "runPatch", "run", *SHORTCUTS,
})  # fmt: skip
"""What one layer says about itself, so that it is not handed on."""


def merge(
    operation: V1Operation,
    *,
    inherited: Mapping[str, object] | None = None,
    notes: list[str] | None = None,
) -> V1CompiledOperation:
    """The operation and its component as one, before any value is put in.

    Its `contexts` are the names of the params meant for templates only.

    Args:
        inherited: what a dag hands to its operations, as `inheritance_of` gives it; their own values win.
        notes: gets a line for each patch that may do other than was meant.

    Raises:
        SpecError: there is nothing to run, or the patch doesn't fit the runtime.

    >>> from polyaxon_sdk.polyflow import V1Job
    >>> merge(V1Operation(name="now", component=V1Component(name="train", run=V1Job()))).name
    'now'
    """
    data = _merged(operation, [] if notes is None else notes)
    if data.get("run") is None:
        raise fault("nothing to run", path=("run",), expected="a component with a runtime", missing=True)
    data = _inheriting(data, inherited or {})
    data["contexts"] = _contexts(operation, data)
    return read(V1CompiledOperation, {**data, "kind": V1CompiledOperation.kind})


def _inheriting(data: dict[str, object], inherited: Mapping[str, object]) -> dict[str, object]:
    run, shared = data.get("run"), inherited.get("run")
    out = patch(data, {key: value for key, value in inherited.items() if key != "run"}, "pre_merge")
    if isinstance(run, dict) and isinstance(shared, dict):
        out["run"] = patch_run(run, shared, "pre_merge", ("run",))
    return out


def params_of(layer: V1Operation | V1Component) -> dict[str, V1Param]:
    """The params of all layers, the outermost of each name."""
    under = params_of(layer.component) if layer.component else {}
    return {**under, **(layer.params or {})}


def _contexts(operation: V1Operation, data: Mapping[str, object]) -> list[object]:
    joined = [
        name
        for join in read(V1Operation, {"joins": data.get("joins")}).joins or []
        for name, param in (join.params or {}).items()
        if param.context_only
    ]
    return [
        *({"name": name} for name, param in params_of(operation).items() if param.context_only),
        *({"name": name, "isList": True} for name in joined),
    ]


def _merged(layer: V1Operation | V1Component, notes: list[str]) -> dict[str, object]:
    under = _merged(layer.component, notes) if layer.component else {}
    own = write(layer)
    given = layer.patch_strategy or "post_merge"
    strategy = given if layer.is_preset else "post_merge"
    out = patch(under, {key: value for key, value in own.items() if key not in _OWN}, strategy)
    if under.get("strictParams"):
        out["strictParams"] = True
    run = _run(under.get("run"), own, strategy)
    if layer.run_patch:
        if not isinstance(run, dict):
            raise fault("no runtime to patch", path=("runPatch",), expected="a component with a runtime")
        if layer.patch_strategy is None:
            notes += _surprises(run, layer.run_patch)
        run = patch_run(run, layer.run_patch, given, ("runPatch",))
    return out if run is None else {**out, "run": run}


def _surprises(run: Mapping[str, object], over: Mapping[str, object]) -> list[str]:
    """A line for each list of words that a patch lengthens without saying that it means to."""
    old, new = run.get("container"), over.get("container")
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return []
    told = "added to the component's own; patchStrategy: replace takes its place, post_merge says that it is meant"
    return [
        f"runPatch.container.{key}: {told}" for key in ("command", "args") if old.get(key) and new.get(key)
    ]


def _run(base: object, own: Mapping[str, object], strategy: Strategy) -> dict[str, object] | None:
    run = base if isinstance(base, dict) else None
    if isinstance(top := own.get("run"), dict):
        run = patch(run, top, strategy) if run and run.get("kind") == top.get("kind") else top
    short = expand(own)
    if not short:
        return run
    kind = "service" if "ports" in short else "job"
    if own.get("cmd") is not None and run is not None and isinstance(old := run.get("container"), dict):
        if strategy in ("post_merge", "replace"):
            run = {**run, "container": _without_command(old)}
        elif old.get("command") or old.get("args"):
            short = {**short, "container": _without_command(short["container"])}
    try:
        return patch_run(run or {"kind": kind}, short, strategy, ())
    except SpecError as error:
        whole = str((run or {}).get("kind", kind))
        raise SpecError(_of_shortcut(problem, own, whole) for problem in error.problems) from error


def _of_shortcut(problem: Problem, own: Mapping[str, object], kind: str) -> Problem:
    """The same at the key that was written: a `cmd` is no field of a container that nobody wrote."""
    head = problem.path[0] if problem.path else ""
    written = [key for key in ("container", "cmd", "env", "resources") if own.get(key) is not None]
    at = written[0] if head == "container" and written else head
    if len(problem.path) > 1 or problem.what != "unknown field":
        return problem
    return evolve(problem, path=(at,), what=f"a {kind} takes no {at}", hint="")


def _without_command(container: object) -> dict[str, object]:
    assert isinstance(container, dict)
    return {key: item for key, item in container.items() if key not in ("command", "args")}
