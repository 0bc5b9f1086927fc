"""Laying an operation over another by its own strategy (semantics 1.16)."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, fields

from polyaxon_sdk.polyaxonfile.patching import Strategy, patch, unsaid
from polyaxon_sdk.polyflow import V1Component, V1Operation, V1Param, read, write

__all__ = ["lay_over"]

_RUNTIME = (
    "run", "container", "ports", "cmd", "env", "resources", "environment", "init", "connections", "sidecars",
    "volumes",
)  # fmt: skip
"""The runtime and the short ways into it."""


def lay_over(operation: V1Operation, over: V1Operation) -> V1Operation:
    """`over` laid over an operation, by `over`'s `patchStrategy`; neither is changed.

    Its fields are put into the operation's own where that says the same. Where it doesn't, since what they meet
    stands in the component, the operation becomes the component of a preset, which the compiler lays over it
    last.

    >>> from polyaxon_sdk.polyflow import V1Container, V1Job
    >>> train = V1Component(tags=["a"], run=V1Job(container=V1Container(args=["a"])))
    >>> lay_over(V1Operation(component=train), V1Operation(tags=["b"])).tags
    ['b']
    """
    strategy = over.patch_strategy or "post_merge"
    if not _has_runtime(operation) or over.component is not None:
        return _put_into(operation, over, strategy)
    if strategy == "post_merge" and _goes_on(operation, over):
        return _put_into(operation, over, strategy)
    component = _plain(operation)
    if strategy == "isnull" and component is not None and not _says_runtime(over):
        return _put_into(operation, over, strategy, said=write(component))
    return _wrapped(operation, over, strategy)


def _put_into(
    operation: V1Operation, over: V1Operation, strategy: Strategy, *, said: Mapping[str, object] | None = None
) -> V1Operation:
    written = write(operation)
    added = write(evolve(over, patch_strategy=None, is_preset=None))
    if said is not None:
        added = _where_silent(added, said)
    patched = patch(written, added, strategy)
    if said is None and over.run_patch and not operation.run_patch:
        patched["patchStrategy"] = over.patch_strategy
    return read(V1Operation, patched)


def _where_silent(over: dict[str, object], component: Mapping[str, object]) -> dict[str, object]:
    """What an operation that only fills gaps adds to a component, which it would otherwise overrule."""
    run, patched = component.get("run"), over.get("runPatch")
    own = {key: value for key, value in component.items() if key not in ("kind", "run")}
    added = unsaid(over, own)
    if isinstance(run, dict) and isinstance(patched, dict):
        added["runPatch"] = unsaid(patched, run)
    return {"kind": over["kind"], **added}


def _wrapped(operation: V1Operation, over: V1Operation, strategy: Strategy) -> V1Operation:
    preset = evolve(over, is_preset=True, patch_strategy=strategy, component=_as_component(operation))
    outermost = read(V1Operation, patch(_outermost(operation), _outermost(over), strategy))
    return evolve(outermost, version=operation.version, component=_as_component(preset))


def _outermost(layer: V1Operation) -> dict[str, object]:
    """What is looked for in the outermost layer alone, such as the edges of a dag."""
    return write(
        V1Operation(
            name=_name(layer),
            params=_params(layer) or None,
            dependencies=layer.dependencies,
            events=layer.events,
        )
    )


def _name(layer: V1Operation | V1Component) -> str | None:
    return layer.name or (_name(layer.component) if layer.component else None)


def _params(layer: V1Operation | V1Component) -> dict[str, V1Param]:
    return {**(_params(layer.component) if layer.component else {}), **(layer.params or {})}


def _as_component(operation: V1Operation) -> V1Component:
    """The same as a component; the one in it where it says nothing itself."""
    if operation.component is not None and set(write(operation)) <= {"kind", "version", "component"}:
        return operation.component
    return V1Component(**{field.name: getattr(operation, field.name) for field in fields(V1Operation)})


def _has_runtime(operation: V1Operation) -> bool:
    return operation.component is not None or operation.dag_ref is not None or _says_runtime(operation)


def _says_runtime(layer: V1Operation | V1Component) -> bool:
    return any(getattr(layer, name) is not None for name in _RUNTIME)


def _goes_on(operation: V1Operation, over: V1Operation) -> bool:
    """Whether what is merged at the end of each patch is what is merged at the end of both."""
    if not operation.run_patch:
        return not operation.is_preset
    plain = operation.patch_strategy in (None, "post_merge") and not operation.is_preset
    alike = not over.run_patch or not (_has_snake(operation.run_patch) or _has_snake(over.run_patch))
    return plain and alike and not _says_runtime(over)


def _has_snake(data: object) -> bool:
    """Whether a key may have a second spelling, which only the compiler knows."""
    if isinstance(data, list):
        return any(map(_has_snake, data))
    return isinstance(data, dict) and any("_" in str(key) or _has_snake(item) for key, item in data.items())


def _plain(operation: V1Operation) -> V1Component | None:
    """The component that alone says what runs, in its `run`; none where more does."""
    component = operation.component
    if component is None or component.component is not None or component.run_patch or operation.run_patch:
        return None
    shortcuts = any(getattr(component, name) is not None for name in _RUNTIME if name != "run")
    return None if shortcuts or _says_runtime(operation) else component
