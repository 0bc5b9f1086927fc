"""Files and presets over a component, each by its own strategy."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.compiler import merge
from polyaxon_sdk.polyaxonfile import Strategy, patch
from polyaxon_sdk.polyaxonfile.layers import lay_over
from polyaxon_sdk.polyflow import V1Operation, read_operation, write

TRAIN: dict[str, Any] = {
    "name": "train",
    "tags": ["a", "b"],
    "termination": {"maxRetries": 1, "timeout": 5},
    "run": {
        "kind": "job",
        "container": {"image": "a", "args": ["a"], "env": [{"name": "A", "value": "1"}]},
    },
}
PRESET: dict[str, Any] = {
    "isPreset": True,
    "name": "other",
    "tags": ["b", "c"],
    "termination": {"maxRetries": 7, "ttl": 3},
    "runPatch": {"container": {"image": "z", "args": ["z"], "env": [{"name": "A", "value": "2"}]}},
}
KINDLESS: dict[str, Any] = {"container": {"image": "a"}, "cmd": "train", "tags": ["a"]}
NODE: dict[str, Any] = {"name": "a", "dagRef": "train", "dependencies": ["x"], "params": {"lr": {"value": 1}}}


def laid(under: dict[str, Any], *over: dict[str, Any]) -> V1Operation:
    operation = read_operation(under)
    for each in over:
        operation = lay_over(operation, read_operation(each))
    return operation


def merged(under: dict[str, Any], *over: dict[str, Any]) -> dict[str, Any]:
    return write(merge(laid(under, *over)))


@pytest.mark.parametrize(
    ("strategy", "name", "tags", "retries", "image", "args", "env"),
    [
        ("post_merge", "other", ["a", "b", "c"], 7, "z", ["a", "z"], ["1", "2"]),
        ("pre_merge", "train", ["b", "c", "a"], 1, "a", ["z", "a"], ["2", "1"]),
        ("replace", "other", ["b", "c"], 7, "z", ["z"], ["2"]),
        ("isnull", "train", ["a", "b"], 1, "a", ["a"], ["1"]),
    ],
)
def test_a_preset_keeps_its_strategy_over_a_bare_component(
    strategy: str, name: str, tags: list[str], retries: int, image: str, args: list[str], env: list[str]
) -> None:
    found = merged({"component": TRAIN}, {**PRESET, "patchStrategy": strategy})
    container = found["run"]["container"]
    assert (found["name"], found["tags"], found["termination"]["maxRetries"]) == (name, tags, retries)
    assert (container["image"], container["args"]) == (image, args)
    assert [one["value"] for one in container["env"]] == env


@pytest.mark.parametrize("strategy", ["post_merge", "pre_merge", "replace", "isnull"])
def test_every_strategy_merges_a_termination_key_by_key(strategy: str) -> None:
    found = merged({"component": TRAIN}, {**PRESET, "patchStrategy": strategy})
    assert {**found["termination"], "maxRetries": 0} == {"maxRetries": 0, "timeout": 5, "ttl": 3}


@pytest.mark.parametrize(
    ("strategies", "args", "image"),
    [
        (("replace", "post_merge"), ["z", "y"], "y"),
        (("pre_merge", "post_merge"), ["z", "a", "y"], "y"),
        (("post_merge", "pre_merge"), ["y", "a", "z"], "z"),
        (("post_merge", "replace"), ["y"], "y"),
        (("replace", "isnull"), ["z"], "z"),
    ],
)
def test_each_file_is_laid_over_what_those_before_it_made(
    strategies: tuple[str, str], args: list[str], image: str
) -> None:
    first, second = strategies
    over = {"patchStrategy": second, "runPatch": {"container": {"args": ["y"], "image": "y"}}}
    container = merged({"component": TRAIN}, {**PRESET, "patchStrategy": first}, over)["run"]["container"]
    assert (container["args"], container["image"]) == (args, image)


@pytest.mark.parametrize(
    ("strategy", "args"),
    [("replace", ["z"]), ("pre_merge", ["z", "set -e\ntrain"]), ("isnull", ["set -e\ntrain"])],
)
def test_a_preset_keeps_its_strategy_over_shortcuts(strategy: str, args: list[str]) -> None:
    assert merged(KINDLESS, {**PRESET, "patchStrategy": strategy})["run"]["container"]["args"] == args


@pytest.mark.parametrize(
    ("strategy", "args"),
    [("replace", ["set -e\nhi"]), ("post_merge", ["set -e\nhi"]), ("isnull", ["a"]), ("pre_merge", ["a"])],
)
def test_a_script_takes_the_place_of_a_command_or_leaves_it_whole(strategy: str, args: list[str]) -> None:
    found = merged({"component": TRAIN}, {"patchStrategy": strategy, "cmd": "hi"})
    assert found["run"]["container"]["args"] == args


@pytest.mark.parametrize(
    ("strategy", "value"), [("post_merge", 2), ("replace", 2), ("pre_merge", 1), ("isnull", 1)]
)
def test_a_param_is_taken_whole(strategy: str, value: int) -> None:
    over = {"patchStrategy": strategy, "params": {"lr": {"value": 2}, "new": {"value": 3}}}
    params = laid({"component": TRAIN, "params": {"lr": {"value": 1}}}, over).params
    assert params is not None
    assert (params["lr"].value, params["new"].value) == (value, 3)


def test_a_value_takes_the_place_of_a_reference() -> None:
    under = {"component": TRAIN, "params": {"lr": {"ref": "ops.a", "value": "outputs.lr", "toEnv": "LR"}}}
    params = laid(under, {"params": {"lr": {"value": [2]}}}).params
    assert params is not None
    assert (params["lr"].ref, params["lr"].value, params["lr"].to_env) == (None, [2], "LR")


@pytest.mark.parametrize("strategy", ["replace", "pre_merge", "isnull"])
def test_a_node_of_a_dag_keeps_its_edges_under_a_preset(strategy: str) -> None:
    node = laid(NODE, {"patchStrategy": strategy, "runPatch": {"container": {"image": "z"}}})
    assert (node.name, node.dependencies, set(node.params or {})) == ("a", ["x"], {"lr"})


def test_a_name_that_is_given_later_counts_over_a_preset() -> None:
    over = {**PRESET, "patchStrategy": "pre_merge"}
    assert merged({"component": TRAIN}, over, {"name": "mine"})["name"] == "mine"


def test_spellings_of_two_files_meet() -> None:
    first, second = ({"runPatch": {"container": {key: key}}} for key in ("working_dir", "workingDir"))
    assert merged({"component": TRAIN}, first, second)["run"]["container"]["workingDir"] == "workingDir"


def test_patches_without_anything_to_run_become_one() -> None:
    first, second = ({"runPatch": {"container": {"args": [word]}}} for word in "ab")
    assert laid(first, second).run_patch == {"container": {"args": ["a", "b"]}}


WORDS = st.lists(st.sampled_from("xyz"), max_size=2)
STRATEGIES = st.sampled_from(["post_merge", "pre_merge", "replace", "isnull"])
CONTAINERS = st.fixed_dictionaries(
    {}, optional={"image": st.sampled_from("ab"), "args": WORDS, "workingDir": st.sampled_from(["/a", "/b"])}
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from("ab"),
        "tags": WORDS.map(lambda words: list(dict.fromkeys(words))),
        "termination": st.dictionaries(st.sampled_from(["timeout", "ttl"]), st.integers(1, 9), min_size=1),
    },
)


@given(FIELDS, CONTAINERS, st.lists(st.tuples(STRATEGIES, FIELDS, CONTAINERS), max_size=3))
def test_files_in_a_row_are_laid_over_one_another_in_turn(
    fields: dict[str, Any],
    container: dict[str, Any],
    layers: list[tuple[Strategy, dict[str, Any], dict[str, Any]]],
) -> None:
    expected = {**fields, "run": {"kind": "job", "container": container}}
    for strategy, over, words in layers:
        expected = patch(expected, {**over, "run": {"container": words}}, strategy)
    files = [
        {**over, "patchStrategy": strategy, "runPatch": {"container": words}}
        for strategy, over, words in layers
    ]
    component = {**fields, "run": {"kind": "job", "container": container}}
    assert said(merged({"component": component}, *files)) == said(expected)


def said(data: Any) -> Any:
    """The data without what says nothing, and without what a compiled operation has besides."""
    if not isinstance(data, dict):
        return data
    found = {key: said(item) for key, item in data.items() if key not in ("contexts", "kind")}
    return {key: item for key, item in found.items() if item not in (None, [], {})}
