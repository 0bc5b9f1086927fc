"""Writing an object and reading it again gives the same object, for every class."""

from __future__ import annotations

import types
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polyaxon_sdk.polyflow import read, write
from polyaxon_sdk.polyflow.kinds import Kinds
from polyaxon_sdk.polyflow.kubernetes import Keys
from polyaxon_sdk.polyflow.lenient import Count, Moment, Text, Whole
from polyaxon_sdk.polyflow.problems import SpecError
from polyaxon_sdk.polyflow.shapes import shape_of
from polyaxon_sdk.polyflow.templates import Template
from tests.polyflow.nouns import NOUNS

NAMES = st.from_regex(r"[a-z][a-z0-9_-]{0,6}", fullmatch=True)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | NAMES,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2),
    max_leaves=4,
)
"""What a field takes that is not looked into; a mapping of param fields would be a param, so names only."""

TEXTS: dict[str, st.SearchStrategy[Any]] = {
    "start_at": st.just("2030-01-01T00:00:00"),
    "end_at": st.just("2031-01-01T00:00:00"),
    "start": st.just("2024-01-01"),
    "stop": st.just("2024-02-01"),
    "frequency": st.just(60.0),
    "type": st.sampled_from(["int", "str", "any"]),
    "ref": st.just("ops.train"),
}
"""The texts that follow a rule of their own."""


def values(kind: Any, name: str, depth: int) -> st.SearchStrategy[Any]:
    """Values of a field of this type."""
    origin = get_origin(kind)
    if kind is object:
        return PLAIN.filter(lambda value: value is not None)
    if kind in (Count, Whole):
        return st.integers(1, 9)
    if kind in (Moment, Text):
        return TEXTS.get(name, NAMES)
    if kind is str or kind is Template:
        return TEXTS.get(name, NAMES) if kind is str else st.just("{{ x }}")
    if kind is int:
        return st.integers(1, 9)
    if kind is float:
        return st.integers(1, 9).map(float)
    if kind is bool:
        return st.booleans()
    if kind is types.NoneType:
        return st.none()
    if origin is Literal:
        return st.sampled_from(get_args(kind))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    if origin is list:
        return st.lists(values(get_args(kind)[0], name, depth), max_size=2)
    if origin is dict:
        return st.dictionaries(NAMES, values(get_args(kind)[1], name, depth), max_size=2)
    if origin in (Union, types.UnionType):
        return st.one_of([values(one, name, depth) for one in get_args(kind)])
    if origin is Annotated:
        kinds: Kinds | Keys = kind.__metadata__[0]
        if isinstance(kinds, Keys):
            return st.fixed_dictionaries(dict.fromkeys((kinds.names[0], *kinds.needs), NAMES))
        return st.sampled_from(sorted(kinds.classes)).flatmap(lambda one: objects(kinds.find(one), depth))
    return objects(kind, depth)


def objects(cls: type[attrs.AttrsInstance], depth: int = 2) -> st.SearchStrategy[Any]:
    """Objects of a class that keep its rules; below a depth only what is required."""
    required = {
        field.name: values(field.type, field.name, depth - 1)
        for field in shape_of(cls).fields
        if field.required
    }
    optional = {
        field.name: values(field.type, field.name, depth - 1)
        for field in shape_of(cls).fields
        if not field.required and depth > 0
    }
    few = st.sets(st.sampled_from(sorted(optional)), max_size=4) if optional else st.just(set())
    return (
        few.flatmap(
            lambda names: st.fixed_dictionaries(
                {**required, **{name: optional[name] for name in sorted(names)}}
            )
        )
        .map(lambda fields: _made(cls, fields))
        .filter(lambda made: made is not None)
    )


def _made(cls: Any, fields: dict[str, Any]) -> Any:
    try:
        return cls(**fields)
    except SpecError:
        return None


@pytest.mark.parametrize("name", NOUNS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_written_is_read_again(name: str, data: st.DataObject) -> None:
    cls = NOUNS[name]
    made = data.draw(objects(cls))
    assert read(cls, write(made)) == made
