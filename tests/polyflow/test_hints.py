"""The name that was meant."""

from __future__ import annotations

import string
from functools import cache

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from polyaxon_sdk import polyflow
from polyaxon_sdk.exceptions import did_you_mean
from polyaxon_sdk.polyflow.hints import FIELDS, KINDS, nearest
from polyaxon_sdk.polyflow.hints import TYPES as MEANT_TYPES
from polyaxon_sdk.polyflow.shapes import Shape, shape_of
from polyaxon_sdk.polyflow.values import TYPES

CLASSES = [getattr(polyflow, name) for name in polyflow.__all__ if name.startswith("V1")]
KEYS = [
    (shape_of(cls), field.key)
    for cls in CLASSES
    if attrs.has(cls)
    for field in shape_of(cls).fields
    if len(field.key) > 2
]


@cache
def slips(word: str) -> frozenset[str]:
    """The word with one letter left out, put in, changed or swapped with the next."""
    halves = [(word[:at].lower(), word[at:].lower()) for at in range(len(word) + 1)]
    left_out = {start + end[1:] for start, end in halves if end}
    swapped = {start + end[1::-1] + end[2:] for start, end in halves if len(end) > 1}
    others = {(start, letter, end) for start, end in halves for letter in string.ascii_lowercase}
    changed = {start + letter + end[1:] for start, letter, end in others if end}
    put_in = {start + letter + end for start, letter, end in others}
    return frozenset(left_out | swapped | changed | put_in)


@given(st.data(), st.sampled_from(KEYS))
def test_a_slip_of_one_letter_in_any_key_gives_that_key(
    data: st.DataObject, found: tuple[Shape, str]
) -> None:
    shape, key = found
    others = {field.key for field in shape.fields} - {key}
    written = data.draw(st.sampled_from(sorted(slips(key) - set(FIELDS))))
    assume(not any(written in {*slips(other), other.lower()} for other in others))
    assert nearest(written, [*others, key], meant=FIELDS) == f", did you mean {key!r}?"


@pytest.mark.parametrize(
    ("word", "words", "meant"),
    [
        ("Kind", ["kind", "init"], "kind"),
        ("maxiterations", ["maxIterations", "maxRetries"], "maxIterations"),
        ("max_retries", ["maxRetries"], "maxRetries"),
        ("cmd", ["connections", "container", "command"], "command"),
        ("gte", ["gt", "ge"], "ge"),
        ("retries", ["maxRetries", "restartPolicy"], "maxRetries"),
        ("dependsOn", ["dependencies", "depth"], "dependencies"),
    ],
)
def test_a_field_is_meant_by_another_word(word: str, words: list[str], meant: str) -> None:
    assert nearest(word, words, meant=FIELDS) == f", did you mean {meant!r}?"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("decimal", "float"), ("Text", "str"), ("json", "dict"), ("folder", "path"),
        ("flaot", "float"), ("url", "uri"), ("datetiem", "datetime"),
    ],
)  # fmt: skip
def test_a_type_is_meant_by_another_word(word: str, meant: str) -> None:
    assert nearest(word, TYPES, meant=MEANT_TYPES) == f", did you mean {meant!r}?"


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("speed", ["isApproved", "schedule"]),
        ("xgbjob", ["job", "mpijob"]),
        ("sparkjob", ["job", "mpijob"]),
        ("rust", ["uri", "str", "list"]),
        ("a", ["b", "c"]),
        ("", ["a", "b"]),
    ],
)
def test_what_is_like_nothing_gets_no_hint(word: str, words: list[str]) -> None:
    assert nearest(word, words, meant=KINDS) == ""


@given(st.text(), st.lists(st.text()))
def test_a_hint_is_one_of_the_words(word: str, words: list[str]) -> None:
    hint = did_you_mean(word, words)
    assert hint == "" or hint in {f", did you mean {each!r}?" for each in words}
