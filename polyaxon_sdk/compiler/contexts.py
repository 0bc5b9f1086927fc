"""What templates see: values by name, `params`, and how each value prints (semantics 2.2 and 2.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from polyaxon_sdk.compiler.services import of_service
from polyaxon_sdk.compiler.templates import render_text
from polyaxon_sdk.polyflow import V1IO
from polyaxon_sdk.polyflow.problems import at
from polyaxon_sdk.polyflow.values import text

if TYPE_CHECKING:
    from polyaxon_sdk.compiler.globals import Globals
    from polyaxon_sdk.polyflow import V1CompiledOperation

__all__ = ["as_arg", "as_text", "context_of", "globals_of", "values_of"]


def globals_of(run: Globals, merged: V1CompiledOperation) -> dict[str, object]:
    """What the templates of an operation see as `globals`.

    A run that collects no artifacts, and has no store mounted, has no path for them (semantics 2.2).

    >>> from polyaxon_sdk.compiler.globals import Globals
    >>> from polyaxon_sdk.polyflow import V1CompiledOperation, V1Plugins
    >>> quiet = V1CompiledOperation(plugins=V1Plugins(collect_artifacts=False))
    >>> "run_artifacts_path" in globals_of(Globals(uuid="ab"), quiet)
    False
    """
    found = of_service(run, merged.run).as_dict()
    plugins = merged.plugins
    keeps_nothing = getattr(plugins, "collect_artifacts", None) is False
    if keeps_nothing and getattr(plugins, "mount_artifacts_store", None) is not True:
        found = {name: value for name, value in found.items() if name not in _PATHS}
    return found


_PATHS = frozenset({"run_artifacts_path", "run_outputs_path"})


def context_of(inputs: Sequence[V1IO], contexts: Sequence[V1IO]) -> dict[str, object]:
    """The names that templates see: each value, and `params` with all that is known of each.

    >>> context = context_of([V1IO(name="lr", type="float", value=0.1)], [])
    >>> context["lr"], context["params"]["as_args"]
    (0.1, ['--lr=0.1'])
    """
    values = values_of([*contexts, *inputs])
    params: dict[str, object] = {io.name: _param(io, values) for io in (*contexts, *inputs)}
    params["as_args"] = [arg for arg in (as_arg(io, values) for io in inputs) if arg]
    return {**values, "params": params}


def values_of(ios: Sequence[V1IO]) -> dict[str, object]:
    """Each value by its name, as `{{ NAME }}` shows it."""
    return {io.name: as_text(io) if _is_shown(io) else io.value for io in ios}


def _is_shown(io: V1IO) -> bool:
    """Whether templates see the value as text: a flag, and a text whose default was written otherwise."""
    unread = io.type == "str" and not io.is_list and not isinstance(io.value, str | None)
    return bool(io.is_flag) or unread


def as_text(io: V1IO) -> str:
    """The value as text: `params.NAME.as_str`, and what `toEnv` sets.

    >>> as_text(V1IO(name="sizes", value=[1, 2]))
    '[1,2]'
    """
    if io.is_flag:
        return f"--{io.name}" if io.value else ""
    return text(io.value)


def as_arg(io: V1IO, values: Mapping[str, object]) -> str:
    """The value as one word of a command line: `params.NAME.as_arg`; nothing where there is no value.

    >>> as_arg(V1IO(name="lr", value=0.1), {})
    '--lr=0.1'
    """
    if io.value is None:
        return ""
    if io.arg_format:
        with at("params", io.name, "argFormat"):
            return render_text(io.arg_format, values)
    return as_text(io) if io.is_flag else f"--{io.name}={as_text(io)}"


def _param(io: V1IO, values: Mapping[str, object]) -> dict[str, object]:
    return {
        "value": io.value,
        "type": io.type,
        "connection": io.connection,
        "as_str": as_text(io),
        "as_arg": as_arg(io, values),
    }
