"""Enumerations: a member is its word."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any, Literal, get_args, get_origin

import attrs
import pytest

from polyaxon_sdk.polyflow import (
    V1Connection,
    V1MatrixKind,
    V1Optimization,
    V1OptimizationMetric,
    V1PatchStrategy,
    V1RunKind,
    V1ScheduleKind,
    read,
    write,
)
from polyaxon_sdk.polyflow.kinds import Kinds
from polyaxon_sdk.polyflow.matrix import V1Matrix
from polyaxon_sdk.polyflow.run import V1Runtime
from polyaxon_sdk.polyflow.schedule import Schedule
from polyaxon_sdk.polyflow.shapes import shape_of
from tests.polyflow.nouns import ENUMERATIONS, NOUNS


def unions(kind: object) -> list[tuple[object, ...]]:
    """The members of each union inside a type."""
    inside = [found for each in get_args(kind) for found in unions(each)]
    return [get_args(kind), *inside] if get_origin(kind) is not Literal else []


def worded(cls: type[attrs.AttrsInstance]) -> list[tuple[set[str], set[str]]]:
    """The words of each enumeration that a field takes, and the words that stand beside it."""
    members = [union for field in shape_of(cls).fields for union in unions(field.type)]
    return [
        (set(each), {word for beside in union if get_origin(beside) is Literal for word in get_args(beside)})
        for union in members
        for each in union
        if isinstance(each, type) and issubclass(each, StrEnum)
    ]


@pytest.mark.parametrize("name", [name for name, cls in NOUNS.items() if worded(cls)])
def test_a_field_takes_the_words_of_its_enumeration(name: str) -> None:
    assert [(members, words) for members, words in worded(NOUNS[name]) if members != words] == []


@pytest.mark.parametrize("name", ENUMERATIONS)
def test_a_member_is_named_after_its_word(name: str) -> None:
    assert [
        each for each in ENUMERATIONS[name] if each.name.replace("_", "") != each.upper().replace("_", "")
    ] == []


def test_a_member_is_its_word_wherever_it_goes() -> None:
    member = V1PatchStrategy.ISNULL
    assert (f"{member}", str(member), f"{member:>7}", {"isnull": 1}[member], json.dumps(member)) == (
        "isnull",
        "isnull",
        " isnull",
        1,
        '"isnull"',
    )


def test_a_member_is_written_as_its_word() -> None:
    metric = V1OptimizationMetric(name="loss", optimization=V1Optimization.MINIMIZE)
    assert write(metric) == {"name": "loss", "optimization": "minimize"}
    assert type(write(metric)["optimization"]) is str


def test_a_word_is_read_as_text() -> None:
    found = read(V1Connection, {"name": "hub", "kind": "slack", "schema": {"url": "https://example.com"}})
    assert (type(found.kind), found.kind) == (str, "slack")


def kinds_of(section: Any) -> set[str]:
    """The kinds of a section's classes, as its Annotated holds them; type checkers see a union."""
    kinds: Kinds = section.__metadata__[0]
    return set(kinds.classes)


@pytest.mark.parametrize(
    ("section", "words"), [(V1Matrix, V1MatrixKind), (Schedule, V1ScheduleKind)], ids=["matrix", "schedule"]
)
def test_the_kinds_of_a_section_are_enumerated(section: object, words: type[StrEnum]) -> None:
    assert kinds_of(section) == set(words)


def test_every_runtime_is_a_kind_of_run() -> None:
    assert kinds_of(V1Runtime) <= set(V1RunKind)
