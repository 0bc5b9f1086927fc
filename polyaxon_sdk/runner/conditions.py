"""Conditions: whether an operation is carried out at all (semantics 1.17)."""

from __future__ import annotations

from collections.abc import Mapping

from polyaxon_sdk.compiler.templates import render_native
from polyaxon_sdk.polyflow import is_template
from polyaxon_sdk.polyflow.values import parse

__all__ = ["is_met"]


def is_met(condition: str | None, known: Mapping[str, object]) -> bool:
    """Whether a condition is true; none at all is.

    Raises:
        InputError: it is no template, names what isn't there, or is neither true nor false.

    >>> is_met("{{ loss < 1 }}", {"loss": 0.5})
    True
    """
    if condition is None:
        return True
    return parse("bool", render_native(condition, known) if is_template(condition) else condition) is True
