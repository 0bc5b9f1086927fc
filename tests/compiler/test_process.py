"""A compiled container as an operating system takes it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from polyaxon_sdk.compiler import command_line, environment_of
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1IO, V1CompiledOperation, V1Container, read

OPERATION = V1CompiledOperation(
    inputs=[V1IO(name="lr", value=0.1, to_env="LR"), V1IO(name="n", is_optional=True, to_env="N")],
    contexts=[V1IO(name="c", value=[1], to_env="C")],
)


@pytest.mark.parametrize(
    ("command", "args", "words"),
    [
        (["train"], ["--n", 3, True, None, 0.5], ["train", "--n", "3", "true", "0.5"]),
        ("train", None, ["train"]),
        (None, ["a"], ["a"]),
        (None, None, []),
    ],
)
def test_words_are_text_and_nothing_is_left_out(command: Any, args: Any, words: list[str]) -> None:
    assert command_line(V1Container(command=command, args=args)) == words


@pytest.mark.parametrize(
    ("env", "variables"),
    [
        ([{"name": "A", "value": 1}, {"name": "A", "value": "2"}], {"A": "2"}),
        ({"A": "1", "B": True}, {"A": "1", "B": "true"}),
        ([{"name": "A"}], {"A": ""}),
        (None, {}),
    ],
)
def test_variables_are_text_and_the_last_of_a_name_counts(env: Any, variables: dict[str, str]) -> None:
    assert environment_of(OPERATION, V1Container(env=env)) == {**variables, "LR": "0.1", "C": "[1]"}


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ("A=1", "run.container.env[0]: 'A=1' is no variable, expected {name: ..., value: ...}"),
        (
            {"name": "A", "valueFrom": {}},
            "run.container.env[0]: a value from the cluster isn't here, expected value",
        ),
    ],
)
def test_a_wrong_variable_is_told_in_one_line(entry: object, line: str) -> None:
    with pytest.raises(InputError, match=re.escape(line)):
        environment_of(OPERATION, V1Container(env=[entry]))


def test_a_container_that_looks_wrong_doesnt_run() -> None:
    container = read(V1Container, {"command": {"a": 1}})
    with pytest.raises(
        InputError, match=re.escape("run.container.command: {'a': 1} is not allowed, expected a list or text")
    ):
        command_line(container)
