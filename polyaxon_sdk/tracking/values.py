"""What a person logs as an input, an output or a tag, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from polyaxon_sdk.types import Json

__all__ = ["plain", "plain_values"]

_DEEPEST = 20


def plain(value: object, depth: int = 0) -> Json:
    """`value` as JSON: scalars of numpy and its kin as numbers, paths and everything else as text.

    >>> plain({"shape": (28, 28)})
    {'shape': [28, 28]}
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if depth >= _DEEPEST:
        return _text(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each, depth + 1) for key, each in value.items()}
    if isinstance(value, list | tuple | AbstractSet):
        return [plain(each, depth + 1) for each in value]
    for method in ("item", "tolist"):
        convert = getattr(value, method, None)
        if callable(convert):
            try:
                return plain(convert(), depth + 1)
            except (TypeError, ValueError, RuntimeError):
                continue
    return _text(value)


def plain_values(values: Mapping[str, object]) -> dict[str, Json]:
    """Each of `values` as JSON."""
    return {str(name): plain(value) for name, value in values.items()}


def _text(value: object) -> str:
    try:
        return str(value)
    except Exception:  # a value's own __str__ may raise whatever it likes
        return f"<{type(value).__name__}>"
