"""What a field takes beside what it means most."""

from __future__ import annotations

import re

import pytest

from polyaxon_sdk.polyflow import SpecError, V1Component, V1Operation, read, read_operation, write

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


@pytest.mark.parametrize(
    "fields",
    [
        {"run": {"kind": "tfjob", "worker": "{{ x }}"}},
        {"run": {"kind": "mpijob", "launcher": "{{ x }}"}},
        {"run": {"kind": "raycluster", "head": "{{ x }}", "workers": {"a": "{{ x }}"}}},
        {"run": {"kind": "tfjob", "schedulingPolicy": {"minResources": 1}}},
        {
            "run": {
                "kind": "job",
                "init": [{"paths": "a"}, {"git": {"url": "b"}, "paths": [], "lineageRef": ""}],
            }
        },
        {"plugins": {"sidecar": "{{ x }}"}},
        {"template": {"enabled": "{{ x }}", "fields": "{{ x }}"}},
    ],
)
def test_a_place_takes_what_public_polyaxon_takes_there(fields: dict[str, object]) -> None:
    assert write(read_operation(fields)) == {"kind": "operation", **fields}


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        (
            {"skipOnUpstreamSkip": "{{ x }}"},
            "skipOnUpstreamSkip: '{{ x }}' is not allowed, expected true or false",
        ),
        ({"plugins": {"notifications": [{}]}}, "plugins.notifications[0].connections: missing"),
        (
            {"plugins": {"notifications": [{"connections": ["a"], "trigger": "foo"}]}},
            "plugins.notifications[0].trigger: 'foo' is not one of them",
        ),
        (
            {"plugins": {"sidecar": {"imagePullPolicy": "a"}}},
            "plugins.sidecar.imagePullPolicy: 'a' is not one of",
        ),
        ({"run": {"kind": "pytorchjob", "nProcPerNode": "a"}}, "run.nProcPerNode: 'a' is not one of them"),
        (
            {"run": {"kind": "raycluster", "metadata": {"a": 1}}},
            "run.metadata.a: 1 is not allowed, expected text",
        ),
        (
            {"run": {"kind": "raycluster", "autoscalerOptions": {"a": 1}}},
            "run.autoscalerOptions.a: unknown field",
        ),
        ({"run": {"kind": "job", "init": [{"git": "{{ x }}"}]}}, "run.init[0].git: '{{ x }}' is not allowed"),
        ({"run": {"kind": "tfjob", "enableDynamicWorker": "{{ x }}"}}, "run.enableDynamicWorker: '{{ x }}'"),
    ],
)
def test_a_place_refuses_what_public_polyaxon_refuses_there(fields: dict[str, object], line: str) -> None:
    with pytest.raises(SpecError, match="^" + re.escape(line)):
        read_operation(fields)
