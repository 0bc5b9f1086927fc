"""Mappings, lists, and the mappings with a fixed shape."""

from __future__ import annotations

import json
from collections.abc import Callable

__all__ = ["as_artifacts", "as_dict", "as_list", "document"]


def as_dict(value: object) -> dict[str, object]:
    """A mapping, or the text of a JSON object.

    >>> as_dict('{"a": 1}')
    {'a': 1}
    """
    found = _from_json(value)
    if not isinstance(found, dict):
        raise ValueError
    return {str(key): item for key, item in found.items()}


def as_list(value: object) -> list[object]:
    """A list, or the text of a JSON array.

    >>> as_list("[1, 2]")
    [1, 2]
    """
    found = _from_json(value)
    if not isinstance(found, (list, tuple)):
        raise ValueError
    return list(found)


def document(name: str) -> Callable[[object], object]:
    """The parser of a mapping that has the fields of the class `name`."""

    def parse(value: object) -> object:
        from polyaxon_sdk import polyflow  # on the first such value: the converter costs 20 ms

        shape: type = getattr(polyflow, name)
        if isinstance(value, shape):
            return polyflow.write(value)
        return polyflow.write(polyflow.read(shape, as_dict(value)))

    return parse


def as_artifacts(value: object) -> object:
    """`{files, dirs}`; a list of such mappings becomes one, a list of paths becomes its dirs.

    >>> as_artifacts([{"files": ["a"]}, {"dirs": ["b"]}])
    {'files': ['a'], 'dirs': ['b']}
    """
    found = _from_json(value)
    if isinstance(found, list):
        parts = [{"dirs": [part]} if isinstance(part, str) else part for part in found]
        found = {key: _joined(key, parts) for key in ("files", "dirs")}
        found = {key: paths for key, paths in found.items() if paths}
    return document("V1ArtifactsType")(found)


def _joined(key: str, parts: list[object]) -> list[object]:
    return [path for part in parts for path in as_list(as_dict(part).get(key) or [])]


def _from_json(value: object) -> object:
    if not isinstance(value, str):
        return value
    return json.loads(value, parse_constant=_no_constant)


def _no_constant(name: str) -> object:
    raise ValueError(name)
