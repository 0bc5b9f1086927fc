"""Mappings, lists, and the mappings with a fixed shape."""

from __future__ import annotations

import json
from collections.abc import Callable

__all__ = ["as_artifacts", "as_auth", "as_dict", "as_list", "as_object", "document"]


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


def as_object(value: object) -> object:
    """Any value; of a text, what it is as JSON.

    >>> as_object('{"a": 1}'), as_object(1)
    ({'a': 1}, 1)
    """
    return _from_json(value)


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
    """`{files, dirs, workers}`; a list of such mappings becomes one, a list of paths becomes its dirs.

    >>> as_artifacts([{"files": ["a"]}, {"dirs": ["b"]}])
    {'files': ['a'], 'dirs': ['b']}
    """
    found = _from_json(value)
    if isinstance(found, list):
        found = _joined([{"dirs": [part]} if isinstance(part, str) else as_dict(part) for part in found])
    return document("V1ArtifactsType")(found)


def _joined(parts: list[dict[str, object]]) -> dict[str, object]:
    joined: dict[str, object] = {}
    for key, item in (pair for part in parts for pair in part.items()):
        before = joined.get(key)
        joined[key] = [*before, *item] if isinstance(before, list) and isinstance(item, list) else item
    return joined


def as_auth(value: object) -> object:
    """`user:password`, or a mapping with these two; a password may have any sign in it.

    >>> as_auth("jo:s3:cret")
    {'user': 'jo', 'password': 's3:cret'}
    """
    if isinstance(value, str) and not value.lstrip().startswith("{"):
        user, colon, password = value.partition(":")
        found: dict[str, object] = {"user": user, "password": password} if colon else {}
    else:
        found = as_dict(value)
    if set(found) != {"user", "password"} or not all(isinstance(part, str) for part in found.values()):
        raise ValueError
    if not found["user"]:
        raise ValueError
    return found


def _from_json(value: object) -> object:
    if not isinstance(value, str):
        return value
    return json.loads(value, parse_constant=_no_constant)


def _no_constant(name: str) -> object:
    raise ValueError(name)
