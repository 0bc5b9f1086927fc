"""The specification as JSON Schema, for editors and other programs."""

from __future__ import annotations

import re
import types
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

import attrs

from polyaxon_sdk.polyflow.bounds import positive
from polyaxon_sdk.polyflow.component import V1Component
from polyaxon_sdk.polyflow.documentation import fields_of, summary_of
from polyaxon_sdk.polyflow.forms import field_form, short_form
from polyaxon_sdk.polyflow.kinds import Kinds
from polyaxon_sdk.polyflow.kubernetes import Keys
from polyaxon_sdk.polyflow.lenient import Count, Moment, Text, Whole
from polyaxon_sdk.polyflow.operation import V1Operation
from polyaxon_sdk.polyflow.shapes import Field, shape_of
from polyaxon_sdk.polyflow.templates import Template

__all__ = ["Schema", "schema_of_polyaxonfile"]

Schema: TypeAlias = dict[str, object]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ROOTS: dict[str, type[V1Component] | type[V1Operation]] = {
    "component": V1Component,
    "operation": V1Operation,
}
_SCALARS: dict[object, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": ["number", "string"], "pattern": r"^\s*[-+]?[\d._]+([eE][-+]?\d+)?\s*$"},
    bool: {
        "anyOf": [
            {"type": "boolean"},
            {"enum": [0, 1]},
            {"type": "string", "pattern": "^(?:true|True|TRUE|yes|Yes|YES|on|On|ON|t|y|1)$"},
            {"type": "string", "pattern": "^(?:false|False|FALSE|no|No|NO|off|Off|OFF|f|n|0)$"},
        ]
    },
    object: {},
    types.NoneType: {"type": "null"},
    Count: {"type": ["integer", "boolean"]},
    Whole: {"type": ["integer", "boolean", "string"], "pattern": r"^\s*[-+]?\d+(\.0*)?\s*$"},
    Moment: {"type": ["string", "number"]},
    Text: {"not": {"type": "null"}},
    Template: {"type": "string", "pattern": r"\{\{|\{%", "description": "A template."},
}


def schema_of_polyaxonfile(kind: Literal["component", "operation"] | None = None) -> Schema:
    """The JSON Schema (2020-12) of a Polyaxonfile: of one kind, or of a file that says which it is.

    Each key is accepted in camelCase and in snake_case; an editor proposes the former alone. What a file may say
    in words of former releases is left out.

    >>> schema_of_polyaxonfile("component")["$ref"]
    '#/$defs/V1Component'
    """
    definitions = _Definitions()
    refs = {name: definitions.ref(cls) for name, cls in _ROOTS.items()}
    schema: Schema = {"$schema": _DIALECT, "title": "Polyaxonfile"}
    if kind is not None:
        schema |= refs[kind]
    else:
        is_component = {"required": ["kind"], "properties": {"kind": {"const": "component"}}}
        schema |= {
            "type": "object",
            "properties": {"kind": {"enum": [*_ROOTS, None]}},
            "if": is_component,
            "then": refs["component"],
            "else": refs["operation"],
        }
    return {**schema, "$defs": dict(sorted(definitions.found.items()))}


class _Definitions:
    """The schemas of the classes that were met, by name."""

    def __init__(self) -> None:
        self.found: dict[str, Schema] = {}

    def ref(self, cls: type[attrs.AttrsInstance]) -> Schema:
        """The reference to a class, whose schema is among those found then."""
        if cls.__name__ not in self.found:
            self.found[cls.__name__] = {}
            self.found[cls.__name__] = self._class(cls)
        return {"$ref": f"#/$defs/{cls.__name__}"}

    def _class(self, cls: type[attrs.AttrsInstance]) -> Schema:
        shape, texts = shape_of(cls), fields_of(cls)
        validators = {attribute.name: attribute.validator for attribute in attrs.fields(cls)}
        properties: Schema = {"kind": {"const": shape.kind}} if shape.kind else {}
        if len(shape.kinds) > 1:
            properties["kind"] = {"enum": [*shape.kinds, None]}
        for field in shape.fields:
            described: Schema = {"description": texts[field.name]} if field.name in texts else {}
            bounds: Schema = {"exclusiveMinimum": 0} if validators[field.name] is positive else {}
            properties[field.key] = {**field_form(cls, field, self.of(field.type)), **bounds, **described}
        for field in _respelled(shape.fields):
            properties[field.name] = {
                "$ref": f"#/$defs/{cls.__name__}/properties/{field.key}",
                "doNotSuggest": True,
            }
        required = [field for field in shape.fields if field.required]
        schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        if plain := [field.key for field in required if field not in _respelled(required)]:
            schema["required"] = plain
        if either := [_either(field) for field in _respelled(required)]:
            schema["allOf"] = either
        return {"description": summary_of(cls), **short_form(cls, schema)}

    def of(self, kind: Any) -> Schema:  # a type as annotations spell it has no type of its own
        """The schema of a field's type."""
        origin, arguments = get_origin(kind), get_args(kind)
        if kind in _SCALARS:
            return dict(_SCALARS[kind])
        if attrs.has(kind):
            return self.ref(kind)
        if origin is list:
            return {"type": "array", "items": self.of(arguments[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.of(arguments[1])}
        if origin is Literal:
            return {"enum": list(arguments)}
        if origin is Annotated:
            mark = kind.__metadata__[0]
            return _keys(mark) if isinstance(mark, Keys) else self._kinds(mark)
        assert origin in (Union, types.UnionType), kind
        return self._union(arguments)

    def _union(self, members: tuple[Any, ...]) -> Schema:
        found = [self.of(member) for member in members if not _is_enumeration(member)]
        rest = [schema for schema in found if schema != _SCALARS[types.NoneType]]
        if {} in found:
            return {}
        if len(found) == 1:
            return found[0]
        if len(rest) < len(found) and len(rest) == 1 and isinstance(rest[0].get("type"), (str, list)):
            kinds = rest[0]["type"]
            return {**rest[0], "type": [*(kinds if isinstance(kinds, list) else [kinds]), "null"]}
        return {"anyOf": found}

    def _kinds(self, kinds: Kinds) -> Schema:
        """The class that `kind` names, told by the kind, so that an editor speaks of that class alone."""
        cases = [
            {"if": {"properties": {"kind": {"const": kind}}}, "then": self.ref(kinds.find(kind))}
            for kind in kinds.classes
        ]
        kind = {"enum": list(kinds.classes)}
        return {"type": "object", "required": ["kind"], "properties": {"kind": kind}, "allOf": cases}


def _is_enumeration(member: object) -> bool:
    """Whether it is the class of the words that stand beside it in the union."""
    return isinstance(member, type) and issubclass(member, StrEnum)


def _keys(keys: Keys) -> Schema:
    schema: Schema = {"type": "object", "properties": {name: {} for name in keys.names}}
    if keys.needs:
        schema["required"] = list(keys.needs)
    snake = {re.sub("[A-Z]", lambda sign: f"_{sign[0].lower()}", name) for name in keys.names}
    return {**schema, "propertyNames": {"enum": sorted({*keys.names, *snake})}}


def _respelled(fields: tuple[Field, ...] | list[Field]) -> list[Field]:
    """The fields that have a second spelling, in snake_case."""
    return [field for field in fields if field.name != field.key]


def _either(field: Field) -> Schema:
    return {"anyOf": [{"required": [field.key]}, {"required": [field.name]}]}
