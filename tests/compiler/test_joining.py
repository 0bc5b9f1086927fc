"""The values of many runs."""

from __future__ import annotations

import pytest

from polyaxon_sdk.compiler import RunValues, collect
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Join, V1JoinParam, V1Param

FIRST = RunValues(uuid="a", outputs={"loss": 0.0}, artifacts={"board": "tb"})
SECOND = RunValues(uuid="b", outputs={})


def join(value: object, *, name: str = "p", context_only: bool | None = None) -> V1Join:
    return V1Join(query="kind:job", params={name: V1JoinParam(value=value, context_only=context_only)})


@pytest.mark.parametrize(
    ("value", "collected"),
    [
        ("globals.uuid", ["a", "b"]),
        ("outputs.loss", [0.0, None]),
        ("outputs", [{"loss": 0.0}, {}]),
        ("artifacts.board", ["a/tb", None]),
        ({"dirs": "code"}, {"files": [], "dirs": ["a/code", "b/code"]}),
        ({"dirs": "{{ artifacts.board }}"}, {"files": [], "dirs": ["a/tb", "b/board"]}),
    ],
)
def test_each_run_gives_one_value(value: object, collected: object) -> None:
    assert collect([(join(value), [FIRST, SECOND])])["p"].value == collected


def test_no_run_gives_an_empty_list() -> None:
    assert collect([(join("outputs.loss"), [])])["p"].value == []


def test_a_param_of_two_joins_has_the_values_of_both() -> None:
    found = collect([(join("globals.uuid"), [FIRST]), (join("globals.uuid", context_only=True), [SECOND])])
    assert found == {"p": V1Param(value=["a", "b"], context_only=True)}


def test_a_param_that_is_a_list_and_a_mapping_is_refused() -> None:
    with pytest.raises(InputError, match="'p' is a list in one join and files and dirs in another"):
        collect([(join("globals.uuid"), [FIRST]), (join({"dirs": "code"}), [FIRST])])
