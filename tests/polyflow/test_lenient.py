"""Scalars in another form than their own."""

from __future__ import annotations

import pytest

from polyaxon_sdk.polyflow import SpecError, V1Dag, V1Environment, read
from polyaxon_sdk.polyflow.lenient import as_count, as_text, as_whole


@pytest.mark.parametrize(
    ("written", "text"),
    [("a", "a"), (5, "5"), (0.5, "0.5"), (True, "true"), ({}, "{}"), ({"a": [1, "ü"]}, '{"a":[1,"ü"]}')],
)
def test_a_label_is_text(written: object, text: str) -> None:
    assert as_text(written) == text


def test_labels_annotations_and_selectors_become_text() -> None:
    fields = {"labels": {"a": 5}, "annotations": {"b": True}, "nodeSelector": {"gpu": 1}}
    assert read(V1Environment, fields) == V1Environment(
        labels={"a": "5"}, annotations={"b": "true"}, node_selector={"gpu": "1"}
    )


@pytest.mark.parametrize(
    ("written", "number"), [(3, 3), (3.0, 3), (True, 1), ("3", 3), ("3.0", 3), (" -3 ", -3)]
)
def test_a_whole_number_in_other_forms(written: object, number: int) -> None:
    assert as_whole(written) == number


@pytest.mark.parametrize("written", [0.5, "a", "3.5", "", None, [], float("inf"), "9" * 5000])
def test_what_is_no_whole_number_is_refused(written: object) -> None:
    with pytest.raises(SpecError, match=r"expected a whole number$"):
        as_whole(written)


def test_a_count_is_no_text() -> None:
    assert as_count(True) == 1
    with pytest.raises(SpecError, match=r"^'3' is not allowed, expected a whole number$"):
        as_count("3")


def test_fields_take_them() -> None:
    assert read(V1Environment, {"priority": "5"}).priority == 5
    assert read(V1Dag, {"concurrency": "2"}).concurrency == 2
