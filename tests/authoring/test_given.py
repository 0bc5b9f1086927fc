"""What Python gives is what arrives: texts with braces, such as prompts and chat templates, nan and inf."""

from pathlib import Path
from typing import Any

import pytest

from polyaxon_sdk import Choice, component, dag, operation
from polyaxon_sdk.compiler import Globals, compile_operation, nodes_of
from polyaxon_sdk.polyaxonfile import read_files
from polyaxon_sdk.polyflow import V1Dag, V1Operation

TEXTS = [
    "{{ globals.uuid }}",
    "{{ x }}",
    "{% if %}",
    "{% raw %}{{ x }}{% endraw %}",
    "{{ '3' }}",
    "{%",
    "plain",
]


@component
def ask(
    prompt: str = "{{ question }}",
    turns: list[str] | None = None,
    more: dict[str, Any] | None = None,
    plain: Any = None,
) -> str:
    "Ask a model."
    return prompt


@dag
def talk(prompt: str = "{{ question }}") -> None:
    ask(prompt, turns=["{{ turn }}"])


def inputs_of(operation: V1Operation) -> dict[str, object]:
    """What the inputs of an operation compile to."""
    return compile_operation(operation, run=Globals(uuid="ab")).operation.values()


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_what_it_is_in_a_run(text: str) -> None:
    given: dict[str, Any] = {"prompt": text, "turns": ["a", text], "more": {"b": [text, 3]}, "plain": text}
    assert inputs_of(ask.operation(**given).to_operation()) == given


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_comes_back_from_yaml(text: str, tmp_path: Path) -> None:
    (tmp_path / "ask.yml").write_text(operation(ask, params={"prompt": text}).to_yaml())
    assert inputs_of(read_files([tmp_path / "ask.yml"]).operation)["prompt"] == text


def test_a_default_is_what_it_is(tmp_path: Path) -> None:
    assert inputs_of(V1Operation(component=ask.to_component()))["prompt"] == "{{ question }}"
    assert inputs_of(V1Operation(component=talk.to_component())) == {"prompt": "{{ question }}"}


def test_a_text_without_braces_is_written_as_before() -> None:
    written = ask.operation("plain").to_operation().params
    assert written is not None
    assert written["prompt"].value == "plain"


def test_a_text_in_a_dag_is_what_it_is() -> None:
    run = talk.to_component().run
    assert isinstance(run, V1Dag)
    [node] = nodes_of(run).values()
    assert node.params is not None
    assert node.params["turns"].value == ["{% raw %}{{ turn }}{% endraw %}"]


@pytest.mark.parametrize("values", [["{{ a }}", "b"], Choice("{{ a }}", "b")])
def test_searched_texts_are_what_they_are(values: object) -> None:
    matrix = compile_operation(ask.sweep(prompt=values).to_operation(), run=Globals()).operation.matrix
    assert matrix is not None
    assert matrix.params["prompt"].value == ["{{ a }}", "b"]  # type: ignore[union-attr, index]  # a grid has them


def test_the_own_command_line_takes_them_too() -> None:
    assert ask.cli(["--prompt", "{{ x }}"]) == "{{ x }}"


@pytest.mark.parametrize("number", [float("inf"), float("-inf")])
def test_an_infinite_number_is_one_as_in_the_call(number: float) -> None:
    assert inputs_of(scale.operation(number).to_operation()) == {"by": number}
    assert scale(number) == scale.cli(["--by", str(number)]) == number


def test_what_is_no_number_is_none_as_in_the_call() -> None:
    assert str(inputs_of(scale.operation(float("nan")).to_operation())["by"]) == "nan"


@component
def scale(by: float = float("nan")) -> float:
    "Scale."
    return by
