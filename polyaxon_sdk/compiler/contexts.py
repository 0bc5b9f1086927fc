"""What templates see: values by name, `params`, and how each value prints (semantics 2.2 and 2.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from polyaxon_sdk.compiler.templates import render_text
from polyaxon_sdk.polyflow import V1IO
from polyaxon_sdk.polyflow.values import text

__all__ = ["as_arg", "as_text", "context_of", "values_of"]


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
    return {io.name: as_text(io) if io.is_flag else io.value for io in ios}


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
