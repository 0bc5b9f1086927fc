"""Values that wandb keeps as updates of a tree, such as config and summary."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

__all__ = ["Values", "decoded", "put"]


class Values:
    """The tree that updates make."""

    def __init__(self) -> None:
        self._tree: dict[str, object] = {}

    def take(self, record: Any) -> None:  # messages of protobuf have no types
        """Carry out the updates and removals of a record of config or summary."""
        for item in record.update:
            put(self._tree, item.nested_key or [item.key], decoded(item.value_json))
        for item in record.remove:
            _remove(self._tree, list(item.nested_key or [item.key]))

    @property
    def shown(self) -> dict[str, object]:
        """The tree without what wandb keeps in it for itself."""
        return {name: value for name, value in self._tree.items() if not name.startswith("_")}


def put(tree: dict[str, object], path: Iterable[str], value: object) -> None:
    """Set the value at a path in the tree."""
    *above, last = path
    for name in above:
        below = tree.get(name)
        if not isinstance(below, dict):
            below = tree[name] = {}
        tree = below
    tree[last] = value


def decoded(text: str) -> object:
    """The value of a JSON text; of what is none the text itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _remove(tree: dict[str, object], path: list[str]) -> None:
    for name in path[:-1]:
        below = tree.get(name)
        if not isinstance(below, dict):
            return
        tree = below
    tree.pop(path[-1], None)
