"""Component and operation into one."""

from __future__ import annotations

import re
from typing import Any

import pytest

from polyaxon_sdk.compiler import merge
from polyaxon_sdk.polyflow import SpecError, V1Job, V1Service, V1TFJob, read_operation, write


def merged(**fields: Any) -> dict[str, Any]:
    return write(merge(read_operation(fields)))


def run_of(**fields: Any) -> Any:
    return merged(**fields)["run"]


JOB: dict[str, Any] = {"kind": "job", "container": {"image": "a", "args": ["x"]}}
TFJOB: dict[str, Any] = {
    "kind": "tfjob",
    "chief": {"replicas": 1, "container": {"image": "a"}},
    "worker": {"replicas": 3, "container": {"image": "a"}},
}


def test_the_operation_is_laid_over_its_component() -> None:
    component = {"name": "train", "description": "d", "tags": ["a"], "run": JOB}
    found = merged(name="now", tags=["b", "a"], component=component)
    assert (found["name"], found["description"], found["tags"]) == ("now", "d", ["a", "b"])


@pytest.mark.parametrize(("over", "under"), [(True, None), (None, True), (False, True), (True, False)])
def test_strict_params_on_either_side_win(over: bool | None, under: bool | None) -> None:
    assert merged(strictParams=over, component={"strictParams": under, "run": JOB})["strictParams"] is True


def test_params_are_not_handed_on() -> None:
    assert set(merged(params={"lr": 1}, component={"run": JOB})) == {"kind", "run", "contexts"}


@pytest.mark.parametrize(
    ("strategy", "args", "image"),
    [
        (None, ["x", "z"], "b"),
        ("post_merge", ["x", "z"], "b"),
        ("pre_merge", ["z", "x"], "a"),
        ("replace", ["z"], "b"),
        ("isnull", ["x"], "a"),
    ],
)
def test_a_run_patch_follows_its_strategy(strategy: str | None, args: list[str], image: str) -> None:
    patch = {"container": {"args": ["z"], "image": "b"}}
    container = run_of(patchStrategy=strategy, runPatch=patch, component={"run": JOB})["container"]
    assert (container["args"], container["image"]) == (args, image)


def test_a_patch_of_a_distributed_run_goes_to_every_group() -> None:
    found = run_of(runPatch={"container": {"workingDir": "/w"}}, component={"run": TFJOB})
    assert [found[group]["container"]["workingDir"] for group in ("chief", "worker")] == ["/w", "/w"]


def test_a_patch_of_one_group_goes_there() -> None:
    found = run_of(runPatch={"worker": {"replicas": 5}}, component={"run": TFJOB})
    assert (found["chief"]["replicas"], found["worker"]["replicas"]) == (1, 5)


def test_a_wrong_patch_of_a_distributed_run_names_its_field() -> None:
    with pytest.raises(
        SpecError, match=re.escape("runPatch.container.imgae: unknown field, did you mean 'image'?")
    ):
        merged(runPatch={"container": {"imgae": "b"}}, component={"run": TFJOB})


@pytest.mark.parametrize(
    ("fields", "run"),
    [
        ({"container": {"image": "a"}}, {"kind": "job", "container": {"image": "a"}}),
        (
            {"container": {"image": "a"}, "cmd": "echo hi"},
            {
                "kind": "job",
                "container": {"image": "a", "command": ["/bin/sh", "-c"], "args": ["set -e\necho hi"]},
            },
        ),
        ({"ports": [80]}, {"kind": "service", "ports": [80]}),
        (
            {"env": {"A": "1"}},
            {"kind": "job", "container": {"env": [{"name": "A", "value": "1"}]}},
        ),
        (
            {"resources": {"cpu": "1..2", "memory": "1Gi", "gpu": 1, "google.com/tpu": 2}},
            {
                "kind": "job",
                "container": {
                    "resources": {
                        "requests": {"cpu": "1", "memory": "1Gi", "nvidia.com/gpu": 1, "google.com/tpu": 2},
                        "limits": {"cpu": "2", "nvidia.com/gpu": 1, "google.com/tpu": 2},
                    }
                },
            },
        ),
        (
            {"environment": {"nodeName": "n"}, "connections": ["c"]},
            {"kind": "job", "environment": {"nodeName": "n"}, "connections": ["c"]},
        ),
    ],
)
def test_shortcuts_stand_for_parts_of_the_runtime(fields: dict[str, Any], run: dict[str, Any]) -> None:
    assert run_of(**fields) == run


def test_a_command_takes_the_place_of_the_components_own() -> None:
    component = {"cmd": ["a", "b"], "container": {"image": "i"}}
    assert run_of(cmd="c", component=component)["container"]["args"] == ["set -e\nc"]


def test_ports_go_to_the_service_that_is_there() -> None:
    run = merge(read_operation({"ports": [80], "component": {"run": {"kind": "service", "ports": [70]}}})).run
    assert isinstance(run, V1Service)
    assert run.ports == [70, 80]


def test_an_unknown_resource_is_told_in_one_line() -> None:
    with pytest.raises(
        SpecError, match=re.escape("resources: unknown resource 'limits', expected cpu, memory, gpu")
    ):
        merged(resources={"limits": {"cpu": 1}})


def test_a_runtime_of_the_operation_is_laid_over_one_of_its_kind() -> None:
    assert run_of(run={"kind": "job", "connections": ["c"]}, component={"run": JOB}) == {
        **JOB,
        "connections": ["c"],
    }


def test_a_runtime_of_another_kind_takes_its_place() -> None:
    assert run_of(run=TFJOB, component={"run": JOB}) == TFJOB


def test_classes_are_those_of_the_kinds() -> None:
    runs = [merge(read_operation({"run": run})).run for run in (JOB, TFJOB)]
    assert list(map(type, runs)) == [V1Job, V1TFJob]
