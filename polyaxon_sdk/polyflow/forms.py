"""The shorter ways to write a value, which `prepare` of its class takes, as JSON Schema."""

from __future__ import annotations

import attrs

from polyaxon_sdk.polyflow.hp.parts import Parts
from polyaxon_sdk.polyflow.io import V1IO
from polyaxon_sdk.polyflow.names import RESERVED
from polyaxon_sdk.polyflow.param import V1Param
from polyaxon_sdk.polyflow.shapes import Field
from polyaxon_sdk.polyflow.values import TYPES

__all__ = ["field_form", "short_form"]

_SLUG = r"^[-a-zA-Z0-9_]+$|\{\{|\{%"
_DIGITS: dict[str, object] = {"type": "string", "pattern": r"^\s*\d+\s*$"}


def short_form(cls: type[attrs.AttrsInstance], schema: dict[str, object]) -> dict[str, object]:
    """The schema of a class, with the other ways to write it."""
    if cls is V1Param:
        return _param(schema)
    if cls is V1IO and isinstance(properties := schema["properties"], dict):
        older = {"options": {"doNotSuggest": True}}
        return {**schema, "properties": {**properties, **older}}
    if issubclass(cls, Parts):
        return _parts(cls, schema)
    return schema


def field_form(cls: type[attrs.AttrsInstance], field: Field, schema: dict[str, object]) -> dict[str, object]:
    """The schema of a field, with the other ways to write it."""
    if field.name in ("tags", "presets"):
        return {"anyOf": [{"type": "string"}, schema]}
    if cls.__name__ == "V1Join" and field.name in ("limit", "offset"):
        return {"anyOf": [schema, _DIGITS]}
    if field.name == "name" and cls.__name__ in ("V1Component", "V1Operation"):
        return {**schema, "pattern": _SLUG}
    if cls is V1IO and field.name == "name":
        return {**schema, "minLength": 1, "not": {"enum": sorted(RESERVED)}}
    if cls is V1IO and field.name == "type":
        hint = {
            "type": "string",
            "pattern": r"[\[|.]|^[A-Z]|^(string|integer|boolean|object|number|tuple|set|frozenset)$",
        }
        return {"anyOf": [{"enum": [*TYPES, "", None]}, hint]}
    return schema


def _parts(cls: type[attrs.AttrsInstance], schema: dict[str, object]) -> dict[str, object]:
    """A mapping, the parts in their order, or these in a text with colons."""
    needed = len([field for field in attrs.fields(cls) if field.default is attrs.NOTHING])
    text = {"type": "string", "pattern": f"^[^:]+(:[^:]+){{{needed - 1},}}$"}
    return {"anyOf": [{"type": "array", "minItems": needed}, text, schema]}


def _param(schema: dict[str, object]) -> dict[str, object]:
    """A mapping with one of a param's keys has no others; anything else is the value itself."""
    properties = schema["properties"]
    assert isinstance(properties, dict)
    named = {"type": "object", "anyOf": [{"required": [key]} for key in properties]}
    return {"properties": properties, "if": named, "then": {"propertyNames": {"enum": list(properties)}}}
