"""Laying one piece of a specification over another."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.polyaxonfile import Strategy, patch

UNDER: dict[str, Any] = {
    "name": "a",
    "tags": ["x"],
    "environment": {"labels": {"p": 1, "q": 1}, "nodeName": "n"},
    "container": {"image": "i", "args": ["a"], "env": [{"name": "A", "value": "1"}]},
}
OVER: dict[str, Any] = {
    "name": "b",
    "queue": "q",
    "tags": ["x", "y"],
    "environment": {"labels": {"q": 2}},
    "container": {"args": ["z"], "env": [{"name": "A", "value": "2"}]},
}


@pytest.mark.parametrize(
    ("strategy", "name", "tags", "labels", "args"),
    [
        ("post_merge", "b", ["x", "y"], {"p": 1, "q": 2}, ["a", "z"]),
        ("pre_merge", "a", ["x", "y"], {"p": 1, "q": 1}, ["z", "a"]),
        ("replace", "b", ["x", "y"], {"p": 1, "q": 2}, ["z"]),
        ("isnull", "a", ["x"], {"p": 1, "q": 1}, ["a"]),
    ],
)
def test_each_strategy_has_its_winner(
    strategy: Strategy, name: str, tags: list[str], labels: dict[str, int], args: list[str]
) -> None:
    found: Any = patch(UNDER, OVER, strategy)
    assert (found["name"], found["tags"]) == (name, tags)
    assert (found["environment"]["labels"], found["container"]["args"]) == (labels, args)


@pytest.mark.parametrize("strategy", ["post_merge", "pre_merge", "replace", "isnull"])
def test_every_strategy_keeps_what_only_one_side_says(strategy: Strategy) -> None:
    found: Any = patch(UNDER, OVER, strategy)
    assert (found["queue"], found["environment"]["nodeName"], found["container"]["image"]) == ("q", "n", "i")


def test_variables_of_one_name_both_stay_and_the_last_counts() -> None:
    found: Any = patch(UNDER, OVER, "post_merge")
    assert found["container"]["env"] == [{"name": "A", "value": "1"}, {"name": "A", "value": "2"}]


def test_a_matrix_of_another_kind_is_replaced() -> None:
    grid, mapping = {"kind": "grid", "params": {}}, {"kind": "mapping", "values": []}
    assert patch({"matrix": grid}, {"matrix": mapping}, "post_merge") == {"matrix": mapping}


def test_replace_takes_a_plain_mapping_key_by_key() -> None:
    under = {"container": {"resources": {"limits": {"cpu": 1}, "requests": {"cpu": 1}}}}
    over = {"container": {"resources": {"limits": {"memory": 1}}}}
    assert patch(under, over, "replace") == {
        "container": {"resources": {"limits": {"memory": 1}, "requests": {"cpu": 1}}}
    }


@pytest.mark.parametrize("empty", [None, [], {}])
def test_an_empty_value_counts_as_absent(empty: object) -> None:
    assert patch({"tags": empty}, {"tags": ["a"]}, "isnull") == {"tags": ["a"]}


DATA = st.dictionaries(
    st.sampled_from("abc"),
    st.recursive(
        st.integers(0, 3) | st.lists(st.integers(0, 3), max_size=2),
        lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
        max_leaves=4,
    ),
    max_size=3,
)
STRATEGIES = st.sampled_from(["post_merge", "pre_merge", "replace", "isnull"])


@given(DATA, STRATEGIES)
def test_nothing_changes_nothing(data: dict[str, Any], strategy: Strategy) -> None:
    assert patch(data, {}, strategy) == data
    assert patch({}, data, strategy) == data


@given(DATA, DATA)
def test_what_is_said_stays_said_under_isnull(under: dict[str, Any], over: dict[str, Any]) -> None:
    found = patch(under, over, "isnull")
    said = {key: value for key, value in under.items() if isinstance(value, int)}
    assert said.items() <= found.items()


@pytest.mark.parametrize(
    ("strategy", "value"), [("post_merge", 2), ("replace", 2), ("pre_merge", 1), ("isnull", 1)]
)
def test_inputs_of_one_name_are_one(strategy: Strategy, value: int) -> None:
    under = {"inputs": [{"name": "lr", "type": "int", "value": 1}]}
    found: Any = patch(under, {"inputs": [{"name": "lr", "type": "int", "value": 2}]}, strategy)
    assert [one["value"] for one in found["inputs"]] == [value]


def test_a_distribution_is_taken_whole() -> None:
    under = {"matrix": {"kind": "grid", "params": {"lr": {"kind": "choice", "value": [1, 2]}}}}
    over = {"matrix": {"kind": "grid", "params": {"lr": {"kind": "choice", "value": [3]}}}}
    assert patch(under, over, "post_merge") == over
