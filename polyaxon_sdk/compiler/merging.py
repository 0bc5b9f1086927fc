"""Component and operation into one: what each layer adds, and the patch of the runtime (semantics 1.2)."""

from __future__ import annotations

from attrs import evolve

from polyaxon_sdk.polyaxonfile import patch
from polyaxon_sdk.polyflow import SpecError, V1CompiledOperation, V1Component, V1Operation, read, write
from polyaxon_sdk.polyflow.problems import fault

__all__ = ["merge"]

_OWN = frozenset({
    "kind", "params", "hubRef", "dagRef", "urlRef", "pathRef", "component", "template", "patchStrategy",
    "isPreset", "runPatch", "run",
})  # fmt: skip
"""What one layer says about itself, so that it is not handed on."""


def merge(operation: V1Operation) -> V1CompiledOperation:
    """The operation and its component as one, before any value is put in.

    Raises:
        SpecError: there is nothing to run, or the patch does not fit the runtime.

    >>> from polyaxon_sdk.polyflow import V1Job
    >>> merge(V1Operation(name="now", component=V1Component(name="train", run=V1Job()))).name
    'now'
    """
    data = _merged(operation)
    if data.get("run") is None:
        raise fault("nothing to run", path=("run",), expected="a component with a runtime", missing=True)
    return read(V1CompiledOperation, {**data, "kind": V1CompiledOperation.kind})


def _merged(layer: V1Operation | V1Component) -> dict[str, object]:
    under = _merged(layer.component) if layer.component else {}
    own = write(layer)
    out = patch(under, {key: value for key, value in own.items() if key not in _OWN}, "post_merge")
    if layer.strict_params is False and under.get("strictParams"):
        out["strictParams"] = True
    run, base = own.get("run"), out.get("run")
    if isinstance(run, dict):
        same = isinstance(base, dict) and base.get("kind") == run.get("kind")
        out["run"] = patch(base, run, "post_merge") if same and isinstance(base, dict) else run
    if layer.run_patch:
        out["run"] = _patched(out.get("run"), layer)
    return out


def _patched(run: object, layer: V1Operation | V1Component) -> dict[str, object]:
    if not isinstance(run, dict):
        raise fault("no runtime to patch", path=("runPatch",), expected="a component with a runtime")
    assert layer.run_patch is not None
    kind = layer.run_patch.get("kind", run.get("kind"))
    if kind != run.get("kind"):
        raise fault(
            f"kind {kind!r} over a {run.get('kind')}",
            path=("runPatch", "kind"),
            expected=repr(run.get("kind")),
        )
    patched = patch(run, layer.run_patch, layer.patch_strategy or "post_merge")
    try:
        read(V1CompiledOperation, {"run": patched})
    except SpecError as error:
        raise SpecError(evolve(one, path=("runPatch", *one.path[1:])) for one in error.problems) from error
    return patched
