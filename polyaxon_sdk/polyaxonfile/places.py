"""Where in a document a field stands, by the path that it has in an operation."""

from __future__ import annotations

from collections.abc import Iterator

from polyaxon_sdk.polyflow.problems import Path

__all__ = ["Place", "Places", "nearest"]

Place = tuple[int, int]
"""A line and a column, from 1."""

Places = dict[Path, Place]
"""Each field path of a document to its place."""

_SHORT = frozenset({"container", "ports", "environment", "init", "connections", "sidecars", "volumes"})
_SHORTER = {"args": "cmd", "command": "cmd", "env": "env", "resources": "resources"}
"""What stands at the top of a file for a part of the container."""


def nearest(places: Places, path: Path, data: object = None) -> tuple[int, Place]:
    """How many steps of a path the document has, and the place of the last of them.

    A step may stand in the `component`, in the `runPatch`, in a shortcut, or in the component that a `dagRef` names.

    Args:
        data: what the document says.

    >>> nearest({("component",): (2, 1), ("component", "run"): (2, 13)}, ("run", "init"))
    (1, (2, 13))
    """
    return max(_ways(places, (), path, data), key=lambda way: way[0])


def _ways(places: Places, at: Path, rest: Path, data: object) -> Iterator[tuple[int, Place]]:
    yield 0, places.get(at, (1, 1))
    for taken, to in _steps(at, rest, data):
        if to in places:
            yield from ((taken + more, place) for more, place in _ways(places, to, rest[taken:], data))


def _steps(at: Path, rest: Path, data: object) -> Iterator[tuple[int, Path]]:
    """Where the next steps may stand: how many they are, and the path in the document."""
    if not rest:
        return
    yield 1, (*at, rest[0])
    yield 0, (*at, "component")
    if rest[0] == "run":
        yield 1, (*at, "runPatch")
        if rest[1:2] and rest[1] in _SHORT:
            yield 2, (*at, rest[1])
        if rest[1:2] == ("container",) and rest[2:3] and rest[2] in _SHORTER:
            yield 3, (*at, _SHORTER[str(rest[2])])
    referred = _referred(at, data)
    if referred:
        yield 0, referred


def _referred(at: Path, data: object) -> Path | None:
    """The component that the operation of a dag at this path names."""
    if at[-2:-1] != ("operations",):
        return None
    name, components = _value(data, (*at, "dagRef")), _value(data, (*at[:-2], "components"))
    named = [_value(one, ("name",)) for one in components] if isinstance(components, list) else []
    return (*at[:-2], "components", named.index(name)) if name is not None and name in named else None


def _value(data: object, path: Path) -> object:
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data
