"""What a person logs as an input, an output or a tag, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from polyaxon_sdk.types import Json

__all__ = ["plain", "plain_values", "text_of"]

_DEEPEST = 20


def plain(value: object, depth: int = 0) -> Json:
    """`value` as JSON: scalars of numpy and its kin as numbers, paths and everything else as text.

    >>> plain({"shape": (28, 28)})
    {'shape': [28, 28]}
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if depth >= _DEEPEST:
        return text_of(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each, depth + 1) for key, each in value.items()}
    if isinstance(value, list | tuple | AbstractSet):
        return [plain(each, depth + 1) for each in value]
    converted = [found for method in ("item", "tolist") if (found := _converted(value, method)) is not value]
    return plain(converted[0], depth + 1) if converted else text_of(value)


def _converted(value: object, method: str) -> object:
    """What the value's own method makes of it; itself where there is none."""
    try:
        return getattr(value, method)()
    except Exception:  # a value's own method may raise whatever it likes
        return value


def plain_values(values: Mapping[str, object]) -> dict[str, Json]:
    """Each of `values` as JSON."""
    return {str(name): plain(value) for name, value in values.items()}


def text_of(value: object) -> str:
    """`value` as text, whatever its own `__str__` does."""
    try:
        return str(value)
    except Exception:  # a value's own __str__ may raise whatever it likes
        return f"<{type(value).__name__}>"
