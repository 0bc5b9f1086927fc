"""Patching a runtime."""

from __future__ import annotations

import re
from typing import Any

import pytest

from polyaxon_sdk.compiler.checking import check
from polyaxon_sdk.compiler.run_patch import patch_run
from polyaxon_sdk.polyflow import SpecError, read_operation

JOB: dict[str, Any] = {"kind": "job", "container": {"image": "a", "command": ["python"], "args": ["x"]}}
TFJOB: dict[str, Any] = {
    "kind": "tfjob",
    "chief": {"container": {"image": "a"}},
    "worker": {"replicas": 3, "container": {"image": "b"}},
}
RAY: dict[str, Any] = {
    "kind": "raycluster",
    "head": {"container": {"image": "a"}},
    "workers": {"small": {"replicas": 3, "container": {"image": "b"}}},
}


def patched(run: dict[str, Any], over: dict[str, Any]) -> Any:
    return patch_run(run, over, "post_merge", ("runPatch",))


def test_a_word_may_stand_twice_in_a_command_line() -> None:
    run = {"kind": "job", "container": {"args": ["--lr", "0.1"]}}
    found = patched(run, {"container": {"args": ["--dropout", "0.1"]}})
    assert found["container"]["args"] == ["--lr", "0.1", "--dropout", "0.1"]


def test_what_all_groups_get_gives_way_to_what_one_gets() -> None:
    over = {"container": {"image": "z"}, "worker": {"replicas": 5, "container": {"image": "y"}}}
    found = patched(TFJOB, {**over, "cleanPodPolicy": "All"})
    assert (found["chief"]["container"], found["worker"]["container"]) == ({"image": "z"}, {"image": "y"})
    assert (found["worker"]["replicas"], found["cleanPodPolicy"]) == (5, "All")


def test_every_group_of_workers_is_patched() -> None:
    found = patched(RAY, {"container": {"image": "z"}, "workers": {"small": {"replicas": 5}}})
    assert found["head"]["container"] == {"image": "z"}
    assert found["workers"] == {"small": {"replicas": 5, "container": {"image": "z"}}}


@pytest.mark.parametrize(
    ("run", "over", "path"),
    [
        (TFJOB, {"container": {"imgae": "b"}}, "runPatch.container.imgae"),
        (TFJOB, {"worker": {"container": {"imgae": "b"}}}, "runPatch.worker.container.imgae"),
        (RAY, {"container": {"imgae": "b"}}, "runPatch.container.imgae"),
        (JOB, {"container": {"imgae": "b"}}, "runPatch.container.imgae"),
        (JOB, {"kind": "service"}, "runPatch.kind: kind 'service' over a job"),
    ],
)
def test_a_mistake_is_told_once_where_the_patch_has_it(
    run: dict[str, Any], over: dict[str, Any], path: str
) -> None:
    with pytest.raises(SpecError, match="^" + re.escape(path)):
        patched(run, over)


@pytest.mark.parametrize("run", [JOB, TFJOB], ids=["job", "tfjob"])
def test_snake_case_meets_camel_case(run: dict[str, Any]) -> None:
    first = patched(run, {"container": {"workingDir": "/a"}})
    second = patched(first, {"container": {"working_dir": "/b"}})
    assert "/a" not in str(second)


@pytest.mark.parametrize("key", ["command", "args"])
def test_a_patch_that_only_adds_words_says_so(key: str) -> None:
    operation = read_operation({"runPatch": {"container": {key: ["z"]}}, "component": {"run": JOB}})
    told = f"runPatch.container.{key}: added to the component's own; patchStrategy: replace takes its place"
    assert [line[: len(told)] for line in check(operation)] == [told]


@pytest.mark.parametrize("strategy", ["post_merge", "pre_merge", "replace", "isnull"])
def test_a_patch_that_names_its_strategy_is_meant(strategy: str) -> None:
    patch = {"patchStrategy": strategy, "runPatch": {"container": {"args": ["z"]}}}
    assert check(read_operation({**patch, "component": {"run": JOB}})) == []
