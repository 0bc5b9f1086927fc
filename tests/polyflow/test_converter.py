"""Reading and writing the classes."""

from __future__ import annotations

import re

import pytest

from polyaxon_sdk.polyflow import (
    V1IO,
    SpecError,
    V1ArtifactsType,
    V1Component,
    V1Container,
    V1Init,
    V1Job,
    V1Param,
    read,
    read_component,
    read_operation,
    write,
)

TRAIN = {
    "kind": "component",
    "name": "train",
    "inputs": [{"name": "epochs", "type": "int"}],
    "run": {"kind": "job", "container": {"image": "python:3.11", "workingDir": "/code"}},
}


def test_camel_case_is_read_into_snake_case() -> None:
    run = read_component(TRAIN).run
    assert isinstance(run, V1Job)
    assert run.container == V1Container(image="python:3.11", working_dir="/code")


def test_snake_case_is_read_too() -> None:
    assert read(V1IO, {"name": "v", "type": "bool", "is_flag": True}) == V1IO(
        name="v", type="bool", is_flag=True
    )


def test_writing_gives_what_was_read() -> None:
    assert write(read_component(TRAIN)) == TRAIN


def test_a_bare_value_is_a_param() -> None:
    assert read_operation({"params": {"lr": 0.1}}).params == {"lr": V1Param(value=0.1)}


def test_a_mapping_without_param_fields_is_a_value() -> None:
    assert read_operation({"params": {"size": {"w": 1}}}).params == {"size": V1Param(value={"w": 1})}


def test_a_written_null_default_makes_an_input_optional() -> None:
    assert read(V1IO, {"name": "lr", "type": "float", "value": None}).is_optional


def test_artifacts_of_an_init_step_may_be_a_list() -> None:
    init = read(V1Init, {"artifacts": [{"files": ["a"]}, {"dirs": ["b"]}]})
    assert init.artifacts == V1ArtifactsType(files=["a"], dirs=["b"])


def test_tags_may_be_one_text() -> None:
    assert read_component({"tags": "a, b"}).tags == ["a", "b"]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (
            {"run": {"kind": "job", "container": {"imgae": "a"}}},
            "run.container.imgae: unknown field, did you mean 'image'?",
        ),
        ({"run": {"kind": "jobs"}}, "run.kind: unknown kind 'jobs', expected job"),
        ({"run": {"kind": ["job"]}}, "run.kind: unknown kind ['job'], expected job"),
        ({"run": {"container": {}}}, "run.kind: missing, expected job"),
        ({"name": 12}, "name: 12 is not allowed, expected text"),
        ({"name": "a b"}, "name: invalid name 'a b', expected letters, digits, - and _ only"),
        ({"inputs": [{"type": "int"}]}, "inputs[0].name: missing, expected text"),
        ({"inputs": {"name": "a"}}, "inputs: {'name': 'a'} is not allowed, expected a list"),
        (
            {"inputs": [{"name": "a"}, {"name": "a"}]},
            "inputs[1].name: a second 'a', expected unique names",
        ),
        (
            {"inputs": [{"name": "lr", "type": "flaot"}]},
            "inputs[0].type: unknown type 'flaot', did you mean 'float'?",
        ),
        (
            {"inputs": [{"name": "n", "type": "int", "value": "many"}]},
            "inputs[0].value: 'many' is not a value of type int, expected a whole number",
        ),
        (
            {"inputs": [{"name": "n", "type": "int", "isFlag": True}]},
            "inputs[0].isFlag: a flag can't be of type int, expected type bool",
        ),
        (
            {"inputs": [{"name": "globals"}]},
            "inputs[0].name: 'globals' is taken by templates, expected another name",
        ),
        (
            {"termination": {"timeout": "soon"}},
            "termination.timeout: 'soon' is not allowed, expected a whole number or a template",
        ),
        (
            {"patchStrategy": "sideways"},
            "patchStrategy: 'sideways' is not one of them, expected replace, isnull, post_merge, pre_merge",
        ),
        (
            {"params": {"lr": {"value": 1, "vlaue": 2}}},
            "params.lr.vlaue: unknown field, did you mean 'value'?",
        ),
        ([1], "[1] is not allowed, expected a mapping"),
    ],
)
def test_a_mistake_is_told_in_one_line(data: object, line: str) -> None:
    with pytest.raises(SpecError, match="^" + re.escape(line)):
        read_component(data)


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(SpecError, match="name") as told:
        read_component({"name": 12, "tagz": [], "run": {"kind": "jobs"}})
    assert [problem.path for problem in told.value.problems] == [("name",), ("tagz",), ("run", "kind")]


def test_an_object_inside_plain_data_is_taken_as_it_is() -> None:
    job = V1Job(container=V1Container(image="a"))
    assert read(V1Component, {"run": job}).run is job
