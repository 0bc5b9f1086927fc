"""The public announcement of joins, word for word."""

from __future__ import annotations

import re
from typing import Any

import pytest

from polyaxon_sdk.compiler import RunValues, check, collect, compile_operation, graph_of, nodes_of
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.yaml_text import load
from polyaxon_sdk.polyflow import V1Dag, V1Operation, V1Param, read_operation, write
from tests.seeds.snippets import RUN, compiled, operation, snippet

RUNS = [RunValues(uuid=letter * 32, artifacts={"tensorboard": "outputs/tb"}) for letter in "ab"]
ARGS = 'args: [echo {{ uuids }}; "echo {{ learning_rates }}; "echo {{ accuracies }}; echo {{ losses }}"]'
MENDED = 'args: ["echo {{ uuids }}; echo {{ learning_rates }}; echo {{ accuracies }}; echo {{ losses }}"]'


def tensorboard(runs: list[RunValues]) -> dict[str, Any]:
    """The compiled TensorBoard over the runs that its join finds."""
    found = operation("004-tensorboard.yml")
    [join] = found.joins or []
    values = collect([(join, runs)])
    alone = V1Operation(component=found.component)
    return write(compile_operation(alone, run=RUN, params=values).operation)


def nodes() -> dict[str, V1Operation]:
    """The operations of the map-reduce dag, its shell line quoted as was meant and its hub's component put in."""
    found: Any = load(snippet("004-map-reduce.yml").replace(ARGS, MENDED), "004-map-reduce.yml")
    found["run"]["operations"][0]["component"] = {"run": {"kind": "job", "container": {"command": ["true"]}}}
    run = read_operation({"component": found}).component
    assert run is not None
    assert isinstance(run.run, V1Dag)
    assert check(read_operation({"component": found})) == []
    assert graph_of(run.run).levels == [["fan_out"], ["fan_in"]]
    return nodes_of(run.run)


def test_a_limit_in_quotes_is_a_number() -> None:
    [join] = compile_operation(operation("004-tensorboard.yml"), run=RUN).operation.joins or []
    assert (join.query, join.sort, str(join.limit)) == ("metrics.loss:<0.01", "metrics.loss", "5")


def test_each_runs_logged_folder_is_copied_in() -> None:
    [step] = tensorboard(RUNS)["run"]["init"]
    assert step == {"artifacts": {"files": [], "dirs": [f"{letter * 32}/outputs/tb" for letter in "ab"]}}


def test_a_name_that_was_not_logged_is_a_folder_in_each_run() -> None:
    [step] = tensorboard([RunValues(uuid="c" * 32)])["run"]["init"]
    assert step == {"artifacts": {"files": [], "dirs": [f"{'c' * 32}/tensorboard"]}}


def test_tensorboard_reads_where_the_folders_are_copied_to() -> None:
    container = tensorboard(RUNS)["run"]["container"]
    assert container["args"] == [
        "--logdir=/plx/artifacts",
        "--port=6006",
        f"--path_prefix=/services/v1/acme/vision/runs/{RUN.uuid}/6006",
        "--host=0.0.0.0",
    ]


def test_the_shell_line_without_quotes_is_explained() -> None:
    with pytest.raises(
        InputError, match=re.escape('44:23: an unquoted template, expected quotes around it: "{{ uuids }}"')
    ):
        load(snippet("004-map-reduce.yml"), "004-map-reduce.yml")


def test_the_search_fans_out() -> None:
    matrix: Any = nodes()["fan_out"].matrix
    assert (matrix.kind, matrix.num_runs, sorted(matrix.params)) == (
        "random",
        20,
        ["conv_activation", "dropout", "epochs", "learning_rate"],
    )


def test_the_join_looks_among_the_runs_of_the_search() -> None:
    found = compile_operation(nodes()["fan_in"], run=RUN, params={"matrix_uuid": "cd" * 16})
    [join] = found.operation.joins or []
    assert (join.query, join.sort) == (f"metrics.accuracy:>0.9, pipeline:{'cd' * 16}", "-metrics.accuracy")


def test_the_reduction_prints_what_the_join_found() -> None:
    fan_in = nodes()["fan_in"]
    [join] = fan_in.joins or []
    runs = [RunValues(uuid="a", inputs={"learning_rate": 0.0}, outputs={"accuracy": 1.0, "loss": 0})]
    alone = V1Operation(params=collect([(join, runs)]), component=fan_in.component)
    assert compiled(alone)["run"]["container"]["args"] == ["echo ['a']; echo [0.0]; echo [1.0]; echo [0]"]


def test_the_reduction_of_nothing_prints_empty_lists() -> None:
    fan_in = nodes()["fan_in"]
    [join] = fan_in.joins or []
    values = collect([(join, [])])
    assert values["losses"] == V1Param(value=[], context_only=True)
    alone = V1Operation(params=values, component=fan_in.component)
    assert compiled(alone)["run"]["container"]["args"] == ["echo []; echo []; echo []; echo []"]
