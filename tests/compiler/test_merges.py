from typing import Any

import pytest

from polyaxon_sdk.compiler import Globals, Merges, compile_operation, merge
from polyaxon_sdk.polyflow import V1Component, V1Operation, V1Param, read, read_operation, write

COMPONENT = read(
    V1Component,
    {
        "kind": "component",
        "inputs": [{"name": "lr", "type": "float"}],
        "run": {
            "kind": "job",
            "container": {"image": "a", "args": ["{{ lr }}", "{{ globals.uuid }}"]},
        },
    },
)


def with_lr(value: object, **fields: Any) -> V1Operation:
    return V1Operation(component=COMPONENT, params={"lr": V1Param(value=value, **fields)})


def patch_with(argument: object) -> dict[str, Any]:
    return {"container": {"args": [argument]}}


def test_operations_that_differ_in_values_alone_are_merged_once() -> None:
    merges = Merges()
    first = merges.merge(with_lr(0.1), inherited=None, notes=[])
    assert merges.merge(with_lr(0.2), inherited=None, notes=[]) is first


@pytest.mark.parametrize(
    ("operation", "inherited"),
    [
        (V1Operation(component=COMPONENT, name="train", params={"lr": V1Param(value=0.1)}), None),
        (V1Operation(component=COMPONENT, params={"rate": V1Param(value=0.1)}), None),
        (with_lr(0.1, context_only=True), None),
        (with_lr(0.1), {"queue": "gpu"}),
        (read_operation({"component": write(COMPONENT), "params": {"lr": {"value": 0.1}}}), None),
    ],
)
def test_what_differs_in_more_is_merged_anew(
    operation: V1Operation, inherited: dict[str, object] | None
) -> None:
    merges = Merges()
    merges.merge(with_lr(0.1), inherited=None, notes=[])
    assert merges.merge(operation, inherited=inherited, notes=[]) == merge(operation, inherited=inherited)


def test_equal_values_of_other_types_are_merged_anew() -> None:
    merges = Merges()
    patched = [V1Operation(component=COMPONENT, run_patch=patch_with(value)) for value in (1, True)]
    found = [merges.merge(each, inherited=None, notes=[]) for each in patched]
    assert found == [merge(each) for each in patched]
    assert found[0] is not found[1]


def test_each_run_gets_its_own_values() -> None:
    merges = Merges()
    runs: list[Any] = [
        compile_operation(with_lr(value), run=Globals(uuid=uuid), merges=merges).operation.run
        for value, uuid in ((0.1, "0a"), (0.2, "0b"))
    ]
    assert [run.container.args for run in runs] == [["0.1", "0a"], ["0.2", "0b"]]


def test_what_a_patch_may_do_is_told_of_each() -> None:
    merges, patch, notes = Merges(), patch_with("more"), list[str]()
    for lr in (0.1, 0.2):
        operation = V1Operation(component=COMPONENT, run_patch=patch, params={"lr": V1Param(value=lr)})
        merges.merge(operation, inherited=None, notes=notes)
    assert len(notes) == 2
