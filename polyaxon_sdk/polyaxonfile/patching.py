"""Laying one piece of a specification over another (semantics 1.16)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from polyaxon_sdk.polyflow import PatchStrategy

__all__ = ["Strategy", "patch", "unsaid"]

Strategy: TypeAlias = PatchStrategy
"""Which side wins, and whether lists grow."""

_BY_KIND = frozenset({"matrix", "schedule"})
"""Sections that merge only with one of their own kind."""

_SECTIONS = frozenset({
    "build", "cache", "chief", "component", "container", "culling", "elasticPolicy", "environment",
    "evaluator", "head", "launcher", "master", "matrix", "params", "plugins", "ps", "run", "runPatch",
    "schedule", "scheduler", "schedulingPolicy", "sidecar", "template", "termination", "worker", "workers",
})  # fmt: skip
"""Mappings that merge key by key whatever the strategy; `replace` takes any other as it comes."""

_WORDS = frozenset({"command", "args"})
"""Lists in which a word may stand twice and means something each time."""

_NAMED = frozenset({"inputs", "outputs"})
"""Lists whose entries are told apart by name."""


def patch(under: Mapping[str, object], over: Mapping[str, object], strategy: Strategy) -> dict[str, object]:
    """`over` laid over `under`, both plain data in camelCase; neither is changed.

    Args:
        strategy: `post_merge` merges mappings, lengthens lists at the end and lets `over` win;
            `pre_merge` lengthens them at the front and lets `under` win;
            `replace` replaces lists and lets `over` win; `isnull` only fills what is absent.

    >>> patch({"a": 1, "l": [1]}, {"a": 2, "l": [2]}, "post_merge")
    {'a': 2, 'l': [1, 2]}
    >>> patch({"a": 1, "l": [1]}, {"a": 2, "l": [2], "b": 3}, "isnull")
    {'a': 1, 'l': [1], 'b': 3}
    """
    out = dict(under)
    for key, new in over.items():
        if new is None:
            continue
        old = under.get(key)
        out[key] = new if old in (None, [], {}) else _both(key, old, new, strategy)
    return out


def unsaid(over: Mapping[str, object], under: Mapping[str, object]) -> dict[str, object]:
    """The part of `over` about which `under` says nothing.

    >>> unsaid({"a": 1, "b": {"c": 1, "d": 2}}, {"a": 0, "b": {"c": 0}})
    {'b': {'d': 2}}
    """
    out: dict[str, object] = {}
    for key, new in over.items():
        old = under.get(key)
        if old in (None, [], {}):
            out[key] = new
        elif isinstance(old, Mapping) and isinstance(new, Mapping) and (rest := unsaid(new, old)):
            out[key] = rest
    return out


def _both(key: str, old: object, new: object, strategy: Strategy) -> object:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return _mappings(key, old, new, strategy)
    if isinstance(old, list) and isinstance(new, list) and key != "cmd":
        return _lists(key, old, new, strategy)
    return old if strategy in ("isnull", "pre_merge") else new


def _mappings(
    key: str, old: Mapping[str, object], new: Mapping[str, object], strategy: Strategy
) -> Mapping[str, object]:
    if key in _BY_KIND and old.get("kind") != new.get("kind"):
        return old if strategy == "isnull" else new
    if key == "params":
        return _params(old, new, strategy)
    if strategy == "replace" and key not in _SECTIONS:
        return {**old, **new}
    return patch(old, new, strategy)


def _lists(key: str, old: list[object], new: list[object], strategy: Strategy) -> list[object]:
    if strategy in ("isnull", "replace"):
        return old if strategy == "isnull" else new
    first, second = (old, new) if strategy == "post_merge" else (new, old)
    if key in _WORDS:
        return first + second
    if key in _NAMED and all(isinstance(item, dict) for item in first + second):
        return _by_name(first, second)
    return first + [item for item in second if item not in first]


def _by_name(first: list[object], second: list[object]) -> list[object]:
    """Entries of one name as one, the later one's fields before the earlier one's."""
    found: dict[object, dict[str, object]] = {}
    for item in first + second:
        assert isinstance(item, dict)
        found[item.get("name")] = {**found.get(item.get("name"), {}), **item}
    return list(found.values())


def _params(old: Mapping[str, object], new: Mapping[str, object], strategy: Strategy) -> dict[str, object]:
    """Params by name; half of one value and half of another is no value."""
    keeps = strategy in ("isnull", "pre_merge")
    out = dict(old)
    for name, param in new.items():
        before = old.get(name)
        out[name] = param if before is None else _param(*((param, before) if keeps else (before, param)))
    return out


def _param(loser: object, winner: object) -> object:
    if not isinstance(loser, Mapping) or not isinstance(winner, Mapping):
        return winner
    if winner.keys() & {"value", "ref", "kind"}:
        loser = {key: item for key, item in loser.items() if key not in ("value", "ref", "kind")}
    return {**loser, **winner}
