"""Whatever annotation one makes of others: a value of it comes back from JSON and YAML as it was."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, NamedTuple, Union
from uuid import UUID

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from polyaxon_sdk.authoring.annotations import meaning_of
from polyaxon_sdk.polyflow import V1IO
from tests.authoring.annotations.cases import Color, Layer, Level, Size

Annotated = tuple[Any, st.SearchStrategy[Any]]
"""An annotation, and its values."""


class Sample(NamedTuple):
    """An annotation with one of its values."""

    annotation: Any
    value: object


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
SCALARS: list[Annotated] = [
    (int, st.integers()),
    (float, FLOATS),
    (bool, st.booleans()),
    (str, TEXT),
    (str, st.sampled_from(["3", "1.5", "true", "no", "null", '"3"', '"', "2024-02-03", "[1]", "{}", ""])),
    (bytes, st.binary(max_size=8)),
    (Path, st.sampled_from(["a", "a/b.txt", "/", "3"]).map(Path)),
    (date, st.dates()),
    (datetime, st.datetimes()),
    (timedelta, st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=999))),
    (UUID, st.uuids()),
    (Decimal, st.decimals(allow_nan=False, allow_infinity=False, places=3)),
    (Color, st.sampled_from(Color)),
    (Level, st.sampled_from(Level)),
    (Size, st.sampled_from(Size)),
    (Literal["a", 1, True], st.sampled_from(["a", 1, True])),
    (Layer, st.builds(Layer, size=st.integers(), rate=FLOATS)),
]


def of(kind: Any, *arguments: object) -> Any:
    """`kind[arguments]`, of what is made here."""
    return kind[arguments if len(arguments) > 1 else arguments[0]]


def listed(inner: Annotated) -> Annotated:
    return of(list, inner[0]), st.lists(inner[1], max_size=3)


def mapped(inner: Annotated) -> Annotated:
    return of(dict, str, inner[0]), st.dictionaries(TEXT, inner[1], max_size=3)


def paired(one: Annotated, other: Annotated) -> Annotated:
    return of(tuple, one[0], other[0]), st.tuples(one[1], other[1])


def optional(inner: Annotated) -> Annotated:
    return of(Union, inner[0], None), st.none() | inner[1]


def grown(inner: st.SearchStrategy[Annotated]) -> st.SearchStrategy[Annotated]:
    ways: list[Callable[[Annotated], Annotated]] = [listed, mapped, optional]
    return st.one_of(*(st.builds(way, inner) for way in ways), st.builds(paired, inner, inner))


ANNOTATED = st.recursive(st.sampled_from(SCALARS), grown, max_leaves=4)
SAMPLES = ANNOTATED.flatmap(lambda pair: st.builds(Sample, st.just(pair[0]), pair[1]))
APART = [pair for pair in SCALARS if pair[0] not in (Level, bytes)]
"""Those of which no two are the same in JSON, as `Level.LOW` and 1 are, and bytes and a word."""

UNIONS = st.lists(st.sampled_from(APART), min_size=2, max_size=3).flatmap(
    lambda pairs: st.builds(
        Sample, st.just(of(Union, *(kind for kind, _ in pairs))), st.one_of([values for _, values in pairs])
    )
)


def received(sample: Sample, through: Callable[[object], object]) -> object:
    """The value after its way to a run."""
    meaning = meaning_of(sample.annotation)
    io = V1IO(name="x", type=meaning.type, is_list=meaning.is_list or None, is_optional=True)
    return meaning.build(io.parse(through(meaning.spell(sample.value))))


def typed(value: object) -> object:
    """A value with the types of all that is in it."""
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return type(value), [typed(item) for item in value]
    return type(value), value


@settings(deadline=None, max_examples=40)
@given(SAMPLES)
def test_a_value_comes_back_from_json(sample: Sample) -> None:
    found = received(sample, lambda value: json.loads(json.dumps(value)))
    assert typed(found) == typed(sample.value)


@settings(deadline=None, max_examples=30)
@given(SAMPLES)
def test_a_value_comes_back_from_yaml(sample: Sample) -> None:
    found = received(sample, lambda value: yaml.safe_load(yaml.safe_dump(value, allow_unicode=True)))
    assert typed(found) == typed(sample.value)


@settings(deadline=None, max_examples=60, derandomize=True)  # a text may be two things by chance
@given(UNIONS)
def test_a_value_of_a_union_comes_back_as_the_same_type(sample: Sample) -> None:
    found = received(sample, lambda value: json.loads(json.dumps(value)))
    assert typed(found) == typed(sample.value)
