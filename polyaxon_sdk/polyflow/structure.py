"""Hooks that build values of each type from plain data and give every problem its path."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

import attrs

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow.hints import FIELDS, KINDS, nearest
from polyaxon_sdk.polyflow.kinds import Kinds
from polyaxon_sdk.polyflow.kubernetes import Keys
from polyaxon_sdk.polyflow.lenient import FORMS
from polyaxon_sdk.polyflow.problems import MANY, Problem, SpecError, fault
from polyaxon_sdk.polyflow.shapes import Field, Shape, shape_of
from polyaxon_sdk.polyflow.templates import Template, is_template
from polyaxon_sdk.polyflow.values import parse

__all__ = ["FACTORIES", "SCALARS", "Find", "Hook"]

Hook: TypeAlias = Callable[[object], object]
"""Builds a value from plain data, or raises `SpecError` with paths from where it stands."""

Find: TypeAlias = Callable[[Any], Hook]
"""The hook of a type."""


def _text(data: object) -> str:
    if isinstance(data, str):
        return data
    raise _unfit(data, "text" if data is None or isinstance(data, (dict, list)) else f'text, "{data}"')


def _whole(data: object) -> int:
    if isinstance(data, int) and not isinstance(data, bool):
        return data
    raise _unfit(data, "a whole number")


def _scalar(kind: str, expected: str) -> Hook:
    def build(data: object) -> object:
        try:
            return parse(kind, data)
        except InputError as error:
            raise _unfit(data, expected) from error

    return build


SCALARS: dict[type, Hook] = {
    str: _text,
    int: _whole,
    float: _scalar("float", "a number"),
    bool: _scalar("bool", "true or false"),
}
"""The hooks of the scalar types."""


def _list_hook(kind: Any, find: Find) -> Hook:
    def build(data: object) -> object:
        if not isinstance(data, list):
            raise _unfit(data, "a list")
        return list(_each(enumerate(data), find(get_args(kind)[0])).values())

    return build


def _dict_hook(kind: Any, find: Find) -> Hook:
    def build(data: object) -> object:
        if not isinstance(data, dict):
            raise _unfit(data, "a mapping")
        return _each(((str(key), item) for key, item in data.items()), find(get_args(kind)[1]))

    return build


def _each(items: Iterable[tuple[str | int, object]], build: Hook) -> dict[str | int, object]:
    built: dict[str | int, object] = {}
    problems: list[Problem] = []
    for key, item in items:
        try:
            built[key] = build(item)
        except SpecError as error:
            problems += error.under(key).problems
            if len(problems) >= MANY:
                break
    if problems:
        raise SpecError(problems)
    return built


def _literal_hook(kind: Any, _: Find) -> Hook:
    words = get_args(kind)

    def build(data: object) -> object:
        if data in words:
            return data
        raise fault(
            f"{data!r} is not one of them", expected=_one_of(words), hint=nearest(str(data), map(str, words))
        )

    return build


def _kinds_hook(kind: Any, find: Find) -> Hook:
    kinds: Kinds = kind.__metadata__[0]

    def build(data: object) -> object:
        if attrs.has(type(data)) and type(data).__name__ in kinds.classes.values():
            return data
        if not isinstance(data, dict):
            raise _unfit(data, "a mapping with a kind")
        name = data.get("kind")
        if name is None:
            raise fault("missing", path=("kind",), expected=_one_of(kinds.classes), missing=True)
        if not isinstance(name, str) or name not in kinds.classes:
            hint = nearest(str(name), kinds.classes, meant=KINDS)
            raise fault(f"unknown kind {name!r}", path=("kind",), expected=_one_of(kinds.classes), hint=hint)
        return find(kinds.find(name))(data)

    return build


def _union_hook(kind: Any, find: Find) -> Hook:
    members = get_args(kind)
    fitting: dict[type, list[Hook]] = {}

    def build(data: object) -> object:
        if data is None and types.NoneType in members:
            return None
        if is_template(data) and Template in members:
            return data
        hooks = fitting.get(type(data))
        if hooks is None:
            hooks = [find(member) for member in members if _may_be(member, data)]
            fitting[type(data)] = hooks
        if not hooks:
            raise _unfit(data, _words(kind))
        return _first(hooks, data)

    return build


def _first(hooks: list[Hook], data: object) -> object:
    """What the first hook makes of the data; the last one's problems where none can."""
    for hook in hooks[:-1]:
        try:
            return hook(data)
        except SpecError:
            continue
    return hooks[-1](data)


def _may_be(member: Any, data: object) -> bool:
    """Whether data of this form can be of that type at all, so that errors speak of the type meant."""
    origin = get_origin(member) or member
    if attrs.has(type(data)):
        return member is type(data) or origin is Annotated
    if attrs.has(member) and hasattr(member, "prepare"):
        return True
    if isinstance(data, list):
        return origin in (list, object)
    if isinstance(data, dict):
        return (
            origin in (dict, object)
            or attrs.has(member)
            or (origin is Annotated and isinstance(member.__metadata__[0], (Kinds, Keys)))
        )
    if isinstance(data, str):
        return origin in (str, float, bool, Literal, object) or _form(member) is not None
    return origin in (int, float, bool, object) or _form(member) is not None


def _words(member: Any) -> str:
    origin = get_origin(member) or member
    if origin in (Union, types.UnionType):
        return " or ".join(words for words in map(_words, get_args(member)) if words)
    if _is_kinds(member):
        return "a mapping with a kind"
    if _form(member) is not None:
        return _words(member.__origin__)
    if origin is Literal:
        return _one_of(get_args(member))
    if attrs.has(member) or origin is dict or _is_keys(member):
        return "a mapping"
    names = {str: "text", int: "a whole number", float: "a number", bool: "true or false", list: "a list"}
    return "a template" if member is Template else names.get(origin, "")


def _class_hook(cls: type[attrs.AttrsInstance], find: Find) -> Hook:
    shape = shape_of(cls)
    prepare: Hook = getattr(cls, "prepare", lambda data: data)
    hooks: dict[str, Hook] = {}

    def hook_of(field: Field) -> Hook:
        if field.name not in hooks:
            hooks[field.name] = find(field.type)
        return hooks[field.name]

    def build(data: object) -> object:
        if isinstance(data, cls):
            return data
        data = prepare(data)
        if not isinstance(data, dict):
            raise _unfit(data, "a mapping")
        problems: list[Problem] = []
        values: dict[str, object] = {}
        for key, item in data.items():
            try:
                _take(shape, values, key, item, hook_of)
            except SpecError as error:
                problems += error.under(key).problems
                if len(problems) >= MANY:
                    raise SpecError(problems) from error
        hinted = " ".join(problem.hint for problem in problems)
        problems += [
            Problem(what="missing", path=(field.key,), expected=_words(field.type) or None, missing=True)
            for field in shape.fields
            if field.required and not {field.key, field.name} & set(data) and repr(field.key) not in hinted
        ]
        if problems:
            raise SpecError(problems)
        return cls(**values)

    return build


def _take(
    shape: Shape, values: dict[str, object], key: object, item: object, hook_of: Callable[[Field], Hook]
) -> None:
    """Put one key's value among the constructor's arguments."""
    if key == "kind" and shape.kind:
        if item is not None and item not in shape.kinds:
            raise fault(f"kind {item!r}", expected=" or ".join(map(repr, shape.kinds)))
        return
    field = shape.spellings.get(str(key))
    if field is None:
        keys = [field.key for field in shape.fields]
        known = ["kind", *keys] if shape.kind else keys
        raise fault("unknown field", hint=nearest(str(key), known, meant=FIELDS))
    if field.name in values:
        raise fault(f"a second spelling of {field.key!r}")
    values[field.name] = item if shape.loose else hook_of(field)(item)


def _unfit(data: object, expected: str) -> SpecError:
    return fault(f"{_short(data)} is not allowed" if data is not None else "no value", expected=expected)


def _short(data: object) -> str:
    text = repr(data)
    return text if len(text) <= 60 else text[:57] + "..."


def _one_of(words: Iterable[object]) -> str:
    known = [str(word) for word in words]
    return ", ".join(known) if len(known) <= 16 else f"one of {len(known)} words"


def _is_kinds(kind: Any) -> bool:
    return get_origin(kind) is Annotated and isinstance(kind.__metadata__[0], Kinds)


def _is_keys(kind: Any) -> bool:
    return get_origin(kind) is Annotated and isinstance(kind.__metadata__[0], Keys)


def _form(kind: Any) -> Hook | None:
    mark = kind.__metadata__[0] if get_origin(kind) is Annotated else None
    return FORMS.get(mark) if isinstance(mark, str) else None


FACTORIES: list[tuple[Callable[[Any], bool], Callable[[Any, Find], Hook]]] = [
    (lambda kind: kind is object, lambda _, __: lambda data: data),
    (attrs.has, _class_hook),
    (lambda kind: get_origin(kind) is list, _list_hook),
    (lambda kind: get_origin(kind) is dict, _dict_hook),
    (lambda kind: get_origin(kind) is Literal, _literal_hook),
    (lambda kind: get_origin(kind) in (Union, types.UnionType), _union_hook),
    (_is_kinds, _kinds_hook),
    (_is_keys, lambda kind, _: kind.__metadata__[0].read),
    (lambda kind: _form(kind) is not None, lambda kind, _: FORMS[kind.__metadata__[0]]),
]
"""Which hook a type gets: a test of the type, and what makes its hook."""
