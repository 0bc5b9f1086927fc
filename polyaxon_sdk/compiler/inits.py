"""Init steps that inputs ask for with `toInit` (semantics 1.6)."""

from __future__ import annotations

from collections.abc import Sequence

from polyaxon_sdk.polyflow import V1IO, SpecError, V1Init, read
from polyaxon_sdk.polyflow.problems import fault

__all__ = ["inits_of"]

_SOURCES = frozenset({"git", "artifacts", "dockerfile", "file", "tensorboard"})


def inits_of(ios: Sequence[V1IO]) -> list[V1Init]:
    """An init step for each input that asks for one and has a value, in order.

    Raises:
        SpecError: an input whose type can't be fetched, and that has no connection.

    >>> inits_of([V1IO(name="code", type="git", value={"url": "https://a/b"}, to_init=True)])[0].source
    'git'
    """
    return [_init(io) for io in ios if io.to_init and io.value is not None]


def _init(io: V1IO) -> V1Init:
    parts: dict[str, object] = {"connection": io.connection} if io.connection else {}
    if io.type in _SOURCES:
        parts[io.type] = _merged(io.value) if io.type == "artifacts" else io.value
    elif io.connection is None:
        expected = "git, artifacts, dockerfile, file or tensorboard, or a connection"
        raise fault(f"type {io.type} can't be fetched", path=("params", io.name, "toInit"), expected=expected)
    elif io.type == "path":
        parts["paths"] = io.value if isinstance(io.value, list) else [io.value]
    try:
        return read(V1Init, parts)
    except SpecError as error:
        raise error.under("params", io.name) from error


def _merged(value: object) -> object:
    """Several `{files, dirs}` as one."""
    if not isinstance(value, list):
        return value
    merged: dict[str, list[object]] = {}
    for part in value:
        for key in ("files", "dirs"):
            found = part.get(key) if isinstance(part, dict) else None
            merged.setdefault(key, []).extend(found if isinstance(found, list) else [])
    return {key: found for key, found in merged.items() if found}
