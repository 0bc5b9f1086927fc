"""What is resolved at which stage: services, schedules, searches, joins, connections."""

from __future__ import annotations

import re
from typing import Any

import pytest

from polyaxon_sdk.compiler import Connections, Globals, check, compile_operation
from polyaxon_sdk.polyflow import (
    SpecError,
    V1Connection,
    V1GridSearch,
    V1HostConnection,
    V1Job,
    V1Service,
    V1Termination,
    read_operation,
)

RUN = Globals(uuid="ab", namespace="ns", owner_name="acme", project_name="vision")
INPUTS = [{"name": "lr", "type": "float", "value": 0.1}]


def operation(*, args: list[str] | None = None, **fields: Any) -> Any:
    component = {"inputs": INPUTS, "run": {"kind": "job", "container": {"args": args or ["{{ lr }}"]}}}
    return read_operation({"component": component, **fields})


def args_of(found: Any) -> Any:
    assert isinstance(found.operation.run, V1Job)
    assert found.operation.run.container is not None
    return found.operation.run.container.args


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ({}, "/services/v1/ns/acme/vision/runs/ab/6006"),
        ({"rewritePath": True}, "/rewrite-services/v1/ns/acme/vision/runs/ab/6006"),
        ({"isExternal": True}, "/external/v1/ns/acme/vision/runs/ab/6006"),
    ],
)
def test_a_service_knows_its_port_and_its_path(fields: dict[str, Any], url: str) -> None:
    container = {"args": ["{{ globals.ports[0] }}", "{{ globals.base_url }}"]}
    service = {"kind": "service", "ports": [6006], "container": container, **fields}
    found = compile_operation(read_operation({"run": service}), run=RUN).operation.run
    assert isinstance(found, V1Service)
    assert found.container is not None
    assert found.container.args == ["6006", url]


def test_a_place_without_a_name_leaves_no_gap_in_the_path() -> None:
    service = {"kind": "service", "ports": [80], "container": {"args": ["{{ globals.base_url }}"]}}
    found = compile_operation(read_operation({"run": service}), run=Globals(uuid="ab", project_name="vision"))
    assert isinstance(found.operation.run, V1Service)
    assert found.operation.run.container is not None
    assert found.operation.run.container.args == ["/services/v1/vision/runs/ab/80"]


@pytest.mark.parametrize("name", ["run_artifacts_path", "run_outputs_path"])
def test_a_run_that_collects_no_artifacts_has_no_path_for_them(name: str) -> None:
    asked = operation(args=[f"{{{{ globals.{name} }}}}"], plugins={"collectArtifacts": False})
    with pytest.raises(SpecError, match=f"names '{name}', which doesn't exist"):
        compile_operation(asked, run=RUN)


@pytest.mark.parametrize(
    "plugins", [{}, {"collectArtifacts": True}, {"collectArtifacts": False, "mountArtifactsStore": True}]
)
def test_a_run_with_a_store_has_its_path(plugins: dict[str, bool]) -> None:
    asked = operation(args=["{{ globals.run_artifacts_path }}"], plugins=plugins)
    assert args_of(compile_operation(asked, run=RUN)) == ["/plx-context/artifacts/ab"]


def test_init_shows_connections_too_unless_an_input_has_its_name() -> None:
    host = V1Connection(name="code", kind="registry", schema=V1HostConnection(url="https://a/b"))
    known = Connections(known={"code": host})
    found = compile_operation(operation(args=["{{ init.code.url }}"]), run=RUN, connections=known)
    assert args_of(found) == ["https://a/b"]
    asked = operation(args=["{{ init }}"], params={"init": {"value": "zeros", "contextOnly": True}})
    assert args_of(compile_operation(asked, run=RUN, connections=known)) == ["zeros"]


def test_a_schedule_leaves_the_runtime_to_its_runs() -> None:
    found = compile_operation(
        operation(schedule={"kind": "cron", "cron": "@daily"}, conditions="{{ lr > 0 }}"), run=RUN
    )
    assert (args_of(found), found.operation.conditions) == (["{{ lr }}"], "True")


def test_a_search_is_resolved_and_the_rest_left_to_its_runs() -> None:
    matrix = {"kind": "grid", "params": {"lr": {"kind": "choice", "value": "{{ choices }}"}}}
    params = {"choices": {"value": [1, 2], "contextOnly": True}}
    found = compile_operation(
        operation(matrix=matrix, params=params, termination={"timeout": "{{ lr }}"}), run=RUN
    )
    assert isinstance(found.operation.matrix, V1GridSearch)
    assert isinstance(found.operation.matrix.params, dict)
    assert found.operation.matrix.params["lr"].value == [1, 2]
    assert found.operation.termination == V1Termination(timeout="{{ lr }}")


def test_a_join_is_resolved_and_its_paths_are_left() -> None:
    join = {
        "query": "project.name:{{ globals.project_name }}",
        "limit": "{{ n }}",
        "params": {"u": {"value": {"dirs": "{{ artifacts.tb }}"}}},
    }
    found = compile_operation(operation(joins=[join], params={"n": 5}), run=RUN).operation
    assert found.joins is not None
    assert (found.joins[0].query, found.joins[0].limit) == ("project.name:vision", 5)
    assert found.joins[0].params is not None
    assert found.joins[0].params["u"].value == {"dirs": "{{ artifacts.tb }}"}


def test_a_connection_shows_its_schema() -> None:
    docker = V1Connection(name="docker", kind="registry", schema=V1HostConnection(url="host:5000"))
    params = {"lr": {"value": 1, "connection": "docker"}}
    asked = operation(args=["{{ connections[params.lr.connection].url + '/a' }}"], params=params)
    found = compile_operation(asked, run=RUN, connections=Connections(known={"docker": docker}))
    assert args_of(found) == ["host:5000/a"]


def test_hooks_and_builds_are_left_to_the_operations_that_they_start() -> None:
    hook = {"hubRef": "slack", "params": {"uuid": {"value": "{{ globals.uuid }}"}}}
    found = compile_operation(operation(hooks=[hook]), run=RUN).operation
    assert isinstance(found.hooks, list)
    assert isinstance(found.hooks[0].params, dict)
    assert found.hooks[0].params["uuid"].value == "{{ globals.uuid }}"


def test_a_reference_without_its_value_is_told_in_one_line() -> None:
    params = {"lr": {"ref": "ops.train", "value": "outputs.lr"}}
    check(operation(params=params))
    with pytest.raises(
        SpecError, match=re.escape("params.lr: the value comes from ops.train, expected a value by now")
    ):
        compile_operation(operation(params=params), run=RUN)


def test_a_dag_builds_no_image() -> None:
    dag = {"kind": "dag", "operations": [{"name": "a", "component": {"run": {"kind": "job"}}}]}
    with pytest.raises(SpecError, match="build: a dag has no image of its own"):
        check(read_operation({"build": {"hubRef": "kaniko"}, "component": {"run": dag}}))


@pytest.mark.parametrize("said", [{"delayValidation": False}, {"validation": {"delay": False}}])
def test_an_output_that_may_not_wait_is_required(said: dict[str, object]) -> None:
    outputs = [{"name": "a", "type": "int"}, {"name": "b", "type": "int", **said}]
    with pytest.raises(SpecError, match=r"^params.b: missing, expected a value of type int$"):
        check(read_operation({"outputs": outputs, "run": {"kind": "job"}}))


def test_a_default_may_name_an_earlier_input() -> None:
    inputs = [*INPUTS, {"name": "note", "type": "str", "value": "lr is {{ lr }}"}]
    asked = read_operation({"inputs": inputs, "run": {"kind": "job"}})
    assert compile_operation(asked, run=RUN).operation.values() == {"lr": 0.1, "note": "lr is 0.1"}
