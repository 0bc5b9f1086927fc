"""Answers to machines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from polyaxon_sdk.compiler.contract import answer_check, answer_compile

COMPONENT = """
kind: component
inputs: [{name: lr, type: float}]
run: {kind: job, container: {args: ["{{ lr }}"]}}
"""
SEARCH = """
kind: operation
matrix: {kind: grid, params: {lr: {kind: choice, value: [1, 2]}}}
pathRef: component.yml
"""
DAG = """
kind: component
run:
  kind: dag
  operations:
  - {name: b, dependencies: [a], component: {run: {kind: job}}}
  - {name: a, hubRef: kaniko}
"""

JOB = "kind: component\nrun: {kind: job}\n"


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in {"component": COMPONENT, "search": SEARCH, "dag": DAG, "job": JOB}.items():
        Path(f"{name}.yml").write_text(text)


def request(name: str, **more: Any) -> dict[str, Any]:
    return {"files": [f"{name}.yml"], **more}


def test_a_check_gives_the_operation_with_its_params() -> None:
    answer: Any = answer_check(request("component", params={"lr": "1"}))
    assert (answer["valid"], answer["kind"]) == (True, "component")
    assert answer["operation"]["params"] == {"lr": {"value": "1"}}


@pytest.mark.parametrize(("lint", "valid"), [(True, True), (False, False)])
def test_linting_leaves_the_params_out(lint: bool, valid: bool) -> None:
    assert answer_check(request("component", lint=lint))["valid"] is valid


def test_an_error_has_its_place() -> None:
    assert answer_check(request("component")) == {
        "valid": False,
        "error": "component.yml:3:10: params.lr: missing, expected a value of type float",
    }


def test_compiling_resolves_an_example_run() -> None:
    answer: Any = answer_compile(request("component", params={"lr": "1"}))
    assert answer["compiled"]["run"]["container"]["args"] == ["{{ lr }}"]
    assert answer["resolved"]["run"]["container"]["args"] == ["1.0"]


def test_a_search_gives_its_suggestions() -> None:
    answer: Any = answer_compile(request("search"))
    assert answer["suggestions"] == {"values": [{"lr": 1}, {"lr": 2}]}
    assert set(answer["resolved"]) == {"matrix", "joins"}


def test_of_many_suggestions_the_first_are_listed() -> None:
    Path("search.yml").write_text(SEARCH.replace("choice, value: [1, 2]", "linspace, value: '0:1:100000000'"))
    suggestions: Any = answer_compile(request("search"))["suggestions"]
    assert (len(suggestions["values"]), suggestions["hasMore"]) == (10_000, True)


@pytest.mark.parametrize(
    ("files", "line"),
    [
        ([], "a request has files, and may have params and refs"),
        (["\0"], "no file has a NUL in its name"),
    ],
)
def test_a_request_without_a_file_that_can_be_read_is_told(files: list[str], line: str) -> None:
    assert line in str(answer_check({"files": files})["error"])


def test_a_dag_gives_its_nodes_and_levels() -> None:
    answer: Any = answer_compile(request("dag", refs={"kaniko": "job.yml"}))
    assert answer["dag"]["levels"] == [["a"], ["b"]]
    assert answer["dag"]["nodes"]["a"] == {"upstream": [], "downstream": ["b"]}


def test_a_mistake_inside_a_dag_has_its_place() -> None:
    answer = answer_check(request("dag", refs={"kaniko": "component.yml"}))
    assert (
        answer["error"] == "dag.yml:7:5: run.operations[1].params.lr: missing, expected a value of type float"
    )


def test_what_is_no_request_is_told() -> None:
    assert answer_check({"files": "a.yml"})["valid"] is False
