"""The public text on params and contexts, word for word: access, prefixes, joins, matrix."""

from __future__ import annotations

import re
from typing import Any

import pytest

from polyaxon_sdk.compiler import RunValues, check, collect, compile_operation, nodes_of
from polyaxon_sdk.compiler.connections import Connections
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.yaml_text import load
from polyaxon_sdk.polyflow import (
    V1Connection,
    V1Dag,
    V1Join,
    V1Operation,
    V1Param,
    read,
    read_operation,
    write,
)
from polyaxon_sdk.tuners import suggest_randomly
from tests.seeds.snippets import RUN, compiled, data, operation, snippet

QUERY = "metrics.loss:<{}, project.name:vision"
JOB = {"inputs": [], "run": {"kind": "job", "container": {"command": ["true"]}}}
FOUND = [
    RunValues(
        uuid=letter * 32,
        inputs={"learning_rate": rate},
        outputs={"accuracy": accuracy, "loss": loss},
        artifacts={"tensorboard": "outputs/tb"},
    )
    for letter, rate, accuracy, loss in (("a", 0.1, 0.95, 0.0), ("b", 0.2, 0.93, 0.3))
]
TASK = {"name": "task", **JOB}
JOINED = {
    "uuids": ["a" * 32, "b" * 32],
    "learning_rates": [0.1, 0.2],
    "accuracies": [0.95, 0.93],
    "losses": [0.0, 0.3],
}


def join_of(name: str, **params: object) -> dict[str, Any]:
    """The join of a snippet after its templates are resolved."""
    component = {**JOB, **data(name).get("component", {})}
    found = read_operation({**data(name), "component": component})
    joins: Any = compiled(found, **params)["joins"]
    return {key: joins[0][key] for key in ("query", "sort", "limit") if key in joins[0]}


def dag() -> V1Operation:
    """The map-reduce dag, with a component for each `dagRef` and the name that its text means."""
    text = snippet("002-map-reduce.yml").replace("dagRef: ...", "dagRef: task")
    found: Any = load(
        text.replace("inputs.max_loss", "inputs.min_accuracy").replace("max_loss:", "min_accuracy:"), "dag"
    )
    found["run"]["components"] = [TASK]
    return read_operation({"component": found})


def node(name: str) -> V1Operation:
    component = dag().component
    assert component is not None
    assert isinstance(component.run, V1Dag)
    return nodes_of(component.run)[name]


def test_a_name_is_used_as_it_was_declared_not_as_it_was_meant() -> None:
    with pytest.raises(
        InputError, match=re.escape("names 'input1', which doesn't exist, did you mean 'intput1'?")
    ):
        compiled(operation("002-top-level.yml"), intput1="a", input2="b")


def test_inputs_are_reached_without_a_prefix() -> None:
    text = snippet("002-top-level.yml").replace("intput1", "input1")
    found = compiled(read_operation({"component": load(text, "mended")}), input1="a", input2="b")
    assert found["run"]["container"]["args"] == ["--param1=a", "--param2=b"]


def test_all_params_become_arguments() -> None:
    found = compiled(operation("002-as-args.yml"), intput1="a", input2="b")
    assert found["run"]["container"]["args"] == ["--intput1=a", "--input2=b"]


def test_the_expression_without_quotes_is_explained() -> None:
    told = """expected quotes around it: "{{connections[params.destination.connection].url + '/' + destination}}\""""
    with pytest.raises(InputError, match=re.escape(told)):
        load(snippet("002-params-prefix.yml"), "002-params-prefix.yml")


def built() -> dict[str, Any]:
    """The image's build, by the operation that the text shows, where its connection is known."""
    registry = read(
        V1Connection,
        {"name": "docker-connection", "kind": "registry", "schema": {"url": "registry.example.com"}},
    )
    found = read_operation(
        {**data("002-build.yml"), "kind": "operation", "component": data("002-params-prefix.yml")}
    )
    connections = Connections(known={"docker-connection": registry})
    return write(compile_operation(found, run=RUN, connections=connections).operation)


def test_a_param_names_the_connection_that_is_asked_for() -> None:
    run: Any = built()["run"]
    assert run["connections"] == ["docker-connection"]
    assert run["container"]["args"] == ["registry.example.com/image:tag"]


def test_the_operation_of_the_build_says_it_is_a_component() -> None:
    with pytest.raises(InputError, match="run: nothing to run"):
        check(read_operation({"component": data("002-build.yml")}))


@pytest.mark.parametrize("name", ["002-join-globals.yml", "002-join-params.yml", "002-join-inputs.yml"])
def test_the_mark_that_something_is_left_out_is_no_yaml(name: str) -> None:
    with pytest.raises(InputError, match=re.escape(f"{name}:3:1: no valid YAML")):
        load(snippet(name), name)


@pytest.mark.parametrize(
    ("name", "params", "loss", "limit"),
    [
        ("002-join-globals.yml", {}, "0.1", None),
        ("002-join-params.yml", {}, "0.1", 5),
        ("002-join-params.yml", {"max_loss": 0.0, "limit": 2}, "0.0", 2),
        ("002-join-inputs.yml", {}, "0.01", 5),
        ("002-join-inputs.yml", {"max_loss": "0", "limit": "3"}, "0.0", 3),
    ],
)
def test_a_join_is_resolved_from_the_context(
    name: str, params: dict[str, object], loss: str, limit: int | None
) -> None:
    found = join_of(name, **params)
    assert found.pop("limit", None) == limit
    assert found == {"query": QUERY.format(loss), "sort": "metrics.loss"}


def test_a_join_collects_a_path_of_each_run() -> None:
    [join] = operation("002-join-globals.yml").joins or []
    found = collect([(join, FOUND)])
    paths = [f"{letter * 32}/outputs/tb" for letter in "ab"]
    assert found == {"tensorboards": V1Param(value=paths, context_only=True)}


def test_the_dag_as_it_is_written_names_no_component() -> None:
    with pytest.raises(InputError, match=re.escape("no component '...' in this dag")):
        check(operation("002-map-reduce.yml"))


def test_an_input_that_the_dag_does_not_have_is_told() -> None:
    text: Any = load(snippet("002-map-reduce.yml").replace("dagRef: ...", "dagRef: task"), "dag")
    text["run"]["components"] = [TASK]
    with pytest.raises(InputError, match=re.escape("the dag has no inputs.max_loss")):
        check(read_operation({"component": text}))


def test_the_dag_is_right_where_its_names_agree() -> None:
    assert check(dag()) == []


def test_the_best_models_are_looked_for_among_those_of_the_search() -> None:
    given = {"limit": 5, "min_accuracy": 0.9, "tune_uuid": "cd" * 16}
    [join] = compile_operation(node("best_models"), run=RUN, params=given).operation.joins or []
    assert join.query == f"metrics.accuracy:>0.9, project.name:{'cd' * 16}, kind: job"
    assert (join.sort, join.limit) == ("-metrics.accuracy", 5)


def test_the_best_models_wait_for_the_search() -> None:
    params = node("best_models").params or {}
    assert {name: param.ref for name, param in params.items()} == {
        "limit": "dag",
        "min_accuracy": "dag",
        "tune_uuid": "ops.tune",
    }


def test_the_search_of_the_dag_draws_what_it_says() -> None:
    matrix: Any = node("tune").matrix
    draws: Any = list(suggest_randomly(matrix))
    assert len(draws) == 20
    assert {round(draw["learning_rate"], 6) for draw in draws} <= {0.001, 0.02575, 0.0505, 0.07525, 0.1}
    assert {draw["conv_activation"] for draw in draws} <= {"relu", "sigmoid"}


def joins_of(name: str) -> list[V1Join]:
    return node(name).joins or []


def test_a_join_gives_lists_that_no_input_wants() -> None:
    found = collect([(joins_of("best_models")[0], FOUND)])
    assert {name: param.value for name, param in found.items()} == JOINED


def test_inputs_take_the_lists_of_a_join() -> None:
    given = collect([(joins_of("best_models")[0], FOUND)])
    component = {**data("002-io-lists.yml"), "run": {"kind": "job", "container": {"command": ["true"]}}}
    found = compiled(
        read_operation({"component": component}), **{name: param.value for name, param in given.items()}
    )
    assert {each["name"]: each["value"] for each in found["inputs"]} == JOINED


def test_an_input_that_wants_one_value_takes_no_list() -> None:
    component = {**data("002-io-lists.yml"), "run": {"kind": "job", "container": {"command": ["true"]}}}
    component["inputs"] = [{**each, "isList": False} for each in component["inputs"]]
    with pytest.raises(InputError, match=r"params\.losses"):
        compiled(read_operation({"component": component}), **JOINED)


def test_the_choice_without_quotes_is_explained() -> None:
    with pytest.raises(
        InputError,
        match=re.escape('8:14: an unquoted template, expected quotes around it: "{{ param_choice }}"'),
    ):
        load(snippet("002-matrix.yml"), "002-matrix.yml")


def test_a_matrix_takes_its_choices_from_a_param() -> None:
    found = compiled(read_operation({**data("002-matrix.yml"), "component": JOB}))
    assert found["matrix"]["params"]["some_choice_param"] == {"kind": "choice", "value": ["foo", "bar"]}
