"""What is said in Python, as a file holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from polyaxon_sdk.polyflow import write

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1Component, V1Operation

__all__ = ["VERSION", "plain", "without_nothing", "yaml_of"]

VERSION = 1.1
"""Of the specification, as files say it."""


def yaml_of(specified: V1Component | V1Operation) -> str:
    """A component or an operation as a Polyaxonfile."""
    import yaml  # third-party, for those who ask for the file

    document = {"version": VERSION, "kind": specified.kind, **write(specified)}
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True)


def plain(value: object) -> object:
    """A value as a file holds it: objects of `polyflow`, mappings and sequences at any depth as plain data.

    >>> plain({"tags": ("a", "b")})
    {'tags': ['a', 'b']}
    """
    if hasattr(type(value), "__attrs_attrs__"):
        return write(value)
    if isinstance(value, str | bytes):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, Sequence) else value


def without_nothing(document: Mapping[str, object]) -> dict[str, object]:
    """A section without the fields that are None.

    >>> without_nothing({"image": None, "command": ["python"]})
    {'command': ['python']}
    """
    return {key: value for key, value in document.items() if value is not None}
