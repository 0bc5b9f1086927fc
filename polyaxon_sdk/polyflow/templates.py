"""Recognising templates; rendering them is the compiler's."""

from __future__ import annotations

from typing import Annotated, TypeAlias, TypeGuard

__all__ = ["Template", "is_template"]

Template: TypeAlias = Annotated[str, "template"]
"""A text with `{{ }}` or `{% %}`, allowed where the field's own type is another."""


def is_template(value: object) -> TypeGuard[str]:
    """Whether a value has to be rendered (semantics 2.1).

    >>> is_template("{{ lr }}"), is_template("lr"), is_template(3)
    (True, False, False)
    """
    return isinstance(value, str) and ("{{" in value or "{%" in value)
