"""What a field takes beside what it means most."""

from __future__ import annotations

import pytest

from polyaxon_sdk.polyflow import V1Component, V1Operation, read, read_operation, write

RUN = {"kind": "job", "container": {"image": "a"}}


@pytest.mark.parametrize("kind", [None, "component", "operation"])
def test_a_component_is_one_whatever_kind_it_says(kind: str | None) -> None:
    component = read_operation({"component": {"kind": kind, "run": RUN}}).component
    assert write(component) == {"kind": "component", "run": RUN}


@pytest.mark.parametrize("cls", [V1Component, V1Operation])
def test_an_operation_of_a_dag_may_say_component_or_nothing(
    cls: type[V1Component] | type[V1Operation],
) -> None:
    data = {"run": {"kind": "dag", "operations": [{"kind": "component", "name": "a"}, {"kind": None}]}}
    assert write(read(cls, data))["run"] == {
        "kind": "dag",
        "operations": [{"kind": "operation", "name": "a"}, {"kind": "operation"}],
    }
