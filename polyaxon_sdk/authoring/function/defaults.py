"""The defaults of a function as its file has them, whatever calls of it do to them."""

from __future__ import annotations

from collections.abc import Iterator
from types import FunctionType
from typing import NamedTuple
from weakref import WeakKeyDictionary

from polyaxon_sdk.authoring.function.place import innermost

__all__ = ["keep_defaults", "written_default"]

_MARKS = ("__dataclass_fields__", "__attrs_attrs__", "model_fields")


class _Kept(NamedTuple):
    """A default, and a copy of it that no call gets."""

    live: object
    written: object


_KEPT: WeakKeyDictionary[FunctionType, dict[str, _Kept]] = WeakKeyDictionary()


def keep_defaults(function: object) -> None:
    """Copy those defaults that a call could change, while none has.

    >>> def train(sizes: list[int] = []) -> None: ...
    >>> keep_defaults(train)
    """
    found = innermost(function)
    if not isinstance(found, FunctionType) or found in _KEPT:
        return
    kept = {name: value for name, value in _defaults(found) if _is_mutable(value)}
    if kept:
        from copy import deepcopy  # stdlib, for those few who have such defaults

        _KEPT[found] = {name: _Kept(value, deepcopy(value)) for name, value in kept.items()}


def written_default(function: object, name: str, default: object) -> object:
    """A parameter's default as it was when the function was decorated.

    >>> def train(sizes: list[int] = []) -> None: ...
    >>> keep_defaults(train)
    >>> train.__defaults__[0].append(1)
    >>> written_default(train, "sizes", train.__defaults__[0])
    []
    """
    found = innermost(function)
    kept = _KEPT.get(found, {}).get(name) if isinstance(found, FunctionType) else None
    return default if kept is None or kept.live is not default else kept.written


def _defaults(function: FunctionType) -> Iterator[tuple[str, object]]:
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    defaults = function.__defaults__ or ()
    yield from zip(names[len(names) - len(defaults) :], defaults, strict=True)
    yield from (function.__kwdefaults__ or {}).items()


def _is_mutable(value: object) -> bool:
    """Whether it is plain data that can be changed: lists, sets, mappings, and objects with named fields."""
    return isinstance(value, list | dict | set) or any(hasattr(type(value), mark) for mark in _MARKS)
