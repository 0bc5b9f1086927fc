"""Dags of real processes (semantics 1.17)."""

import re

import pytest

from polyaxon_sdk.exceptions import InputError
from tests.runner.pipelines.conftest import RunPipeline, dag, logging, step

pytestmark = pytest.mark.system

LOSS = [{"name": "loss", "type": "float"}]


def test_a_value_flows_from_one_operation_to_the_next_however_false_it_is(run_pipeline: RunPipeline) -> None:
    first = step(logging(loss="0.0"), name="first", outputs=LOSS)
    second = step(
        "echo {{ loss }}",
        name="second",
        inputs=LOSS,
        params={"loss": {"ref": "ops.first", "value": "outputs.loss"}},
    )
    pipeline, runs = run_pipeline(run=dag(second, first))
    assert (pipeline.status, pipeline.kind) == ("succeeded", "dag")
    assert runs["second"][0].inputs == {"loss": 0.0}


def test_outputs_of_a_dag_come_from_its_operations(run_pipeline: RunPipeline) -> None:
    def handing(name: str, **fields: object) -> dict[str, object]:
        own = [{"name": "best", "type": "float", "value": f"{{{{ ops.{name}.outputs.loss }}}}"}]
        return {"outputs": own, **fields}

    first = step(logging(loss="0.0"), name="first", outputs=LOSS)
    inner: dict[str, object] = {"name": "inner", "component": handing("first", run=dag(first))}
    param = {"loss": {"ref": "ops.inner", "value": "outputs.best"}}
    last = step("true", name="last", inputs=LOSS, params=param)
    outer = [{"name": "best", "type": "float", "value": "{{ ops.inner.outputs.best }}"}]
    pipeline, runs = run_pipeline(outputs=outer, run=dag(inner, last))
    assert pipeline.outputs == runs["inner"][0].outputs == {"best": 0.0}
    assert runs["last"][0].inputs == {"loss": 0.0}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("{{ ops.frist.outputs.loss }}", "outputs.best: no operation 'frist', did you mean 'first'?"),
        ("{{ ops.first.outputs.los }}", "outputs.best: 'first' has no outputs.los, did you mean 'loss'?"),
    ],
)
def test_an_output_of_a_dag_that_comes_from_nothing_is_told(
    value: str, told: str, run_pipeline: RunPipeline
) -> None:
    outputs = [{"name": "best", "type": "float", "value": value}]
    with pytest.raises(InputError, match=re.escape(told)):
        run_pipeline(outputs=outputs, run=dag(step("true", name="first", outputs=LOSS)))


def test_a_text_with_braces_stays_as_it_is_on_its_way(run_pipeline: RunPipeline) -> None:
    text = [{"name": "text", "type": "str"}]
    first = step(logging(text="chr(123) * 2 + ' x }}'"), name="first", outputs=text)
    param = {"text": {"ref": "ops.first", "value": "outputs.text"}}
    when = {"params": param, "inputs": text, "conditions": "{{ text == '{' * 2 + ' x }}' }}"}
    own = {"text": {"ref": "dag", "value": "inputs.text"}}
    _, runs = run_pipeline(
        inputs=text,
        run=dag(first, step("true", name="b", **when), step("true", name="c", params=own, inputs=text)),
        params={"text": "{% raw %}{% x %}{% endraw %}"},
    )
    assert runs["b"][0].inputs == {"text": "{{ x }}"}
    assert runs["c"][0].inputs == {"text": "{% x %}"}


def test_a_value_that_was_masked_is_told_with_the_operation_that_gave_it(run_pipeline: RunPipeline) -> None:
    text = [{"name": "text", "type": "str"}]
    first = step(logging(text="'secret: ' + 'abc123def456ghi789'"), name="first", outputs=text)
    param = {"text": {"ref": "ops.first", "value": "outputs.text"}}
    pipeline, runs = run_pipeline(run=dag(first, step("true", name="b", inputs=text, params=param)))
    told = "params.text: outputs.text of 'first' looks like a secret"
    assert runs["b"][0].conditions[-1].message.startswith(told)
    assert pipeline.conditions[-1].message.startswith(f"failed: b {runs['b'][0].uuid[:12]} ({told}")


def test_a_secret_input_of_the_dag_reaches_its_operations_whole(run_pipeline: RunPipeline) -> None:
    token = [{"name": "api_token", "type": "str"}]
    param = {"api_token": {"ref": "dag", "value": "inputs.api_token"}}
    script = "test {{ api_token }} = abc123def456ghi789"
    pipeline, runs = run_pipeline(
        inputs=token,
        run=dag(step(script, name="b", inputs=token, params=param)),
        params={"api_token": "abc123def456ghi789"},
    )
    assert (pipeline.status, runs["b"][0].inputs) == ("succeeded", {"api_token": "[masked]"})


def test_an_input_of_the_dag_reaches_its_operations(run_pipeline: RunPipeline) -> None:
    number = [{"name": "n", "type": "int"}]
    one = step("true", name="one", inputs=number, params={"n": {"ref": "dag", "value": "inputs.n"}})
    _, runs = run_pipeline(inputs=number, run=dag(one), params={"n": 3})
    assert runs["one"][0].inputs == {"n": 3}


def test_what_comes_after_a_failure_is_not_run(run_pipeline: RunPipeline) -> None:
    bad = step("exit 3", name="bad")
    after = step("true", name="after", dependencies=["bad"])
    mended = step("true", name="mended", dependencies=["bad"], trigger="all_done")
    pipeline, runs = run_pipeline(run=dag(bad, after, mended))
    assert pipeline.status == "failed"
    assert {name: each[0].status for name, each in runs.items()} == {
        "bad": "failed",
        "after": "upstream_failed",
        "mended": "succeeded",
    }


def test_a_condition_that_is_false_skips(run_pipeline: RunPipeline) -> None:
    first = step(logging(loss="0.5"), name="first", outputs=LOSS)
    param = {"loss": {"ref": "ops.first", "value": "outputs.loss", "contextOnly": True}}
    good = step("true", name="good", params=param, conditions="{{ loss < 1 }}")
    bad = step("true", name="bad", params=param, conditions="{{ loss > 1 }}")
    pipeline, runs = run_pipeline(run=dag(first, good, bad))
    assert pipeline.status == "succeeded"
    assert {name: each[0].status for name, each in runs.items()} == {
        "first": "succeeded",
        "good": "succeeded",
        "bad": "skipped",
    }


def test_a_search_within_a_dag_is_joined(run_pipeline: RunPipeline) -> None:
    search = step(
        logging(loss="{{ x }} / 2"),
        name="search",
        matrix={"kind": "grid", "params": {"x": {"kind": "choice", "value": [1, 2, 3]}}},
        inputs=[{"name": "x", "type": "int"}],
        outputs=LOSS,
    )
    best = step(
        "true",
        name="best",
        inputs=[{"name": "losses", "type": "float", "isList": True}],
        params={"search": {"ref": "ops.search", "value": "globals.uuid", "contextOnly": True}},
        joins=[
            {
                "query": "pipeline:{{ search }}",
                "sort": "outputs.loss",
                "limit": 2,
                "params": {"losses": {"value": "outputs.loss"}},
            }
        ],
    )
    pipeline, runs = run_pipeline(run=dag(search, best))
    assert pipeline.status == "succeeded"
    assert (runs["search"][0].kind, runs["best"][0].inputs["losses"]) == ("matrix", [0.5, 1.0])


def test_a_dag_within_a_dag_is_a_run_with_runs_of_its_own(run_pipeline: RunPipeline) -> None:
    inner: dict[str, object] = {"name": "inner", "component": {"run": dag(step("exit 1", name="deep"))}}
    after = step("true", name="after", dependencies=["inner"], trigger="all_failed")
    pipeline, runs = run_pipeline(run=dag(inner, after))
    assert (pipeline.status, runs["inner"][0].kind, runs["inner"][0].status) == ("failed", "dag", "failed")
    assert runs["after"][0].status == "succeeded"
    assert "deep" not in runs


def test_an_output_that_was_declared_and_not_given_is_named(run_pipeline: RunPipeline) -> None:
    params = {"rate": {"ref": "ops.first", "value": "outputs.loss"}}
    second = step("true", name="second", inputs=[{"name": "rate", "type": "float"}], params=params)
    pipeline, runs = run_pipeline(run=dag(step("true", name="first", outputs=LOSS), second))
    told = f"params.rate: first gave no outputs.loss: run {runs['first'][0].uuid[:12]} succeeded without it"
    assert told in runs["second"][0].conditions[-1].message
    assert told in pipeline.conditions[-1].message


def test_what_cannot_run_here_is_told_before_anything_starts(run_pipeline: RunPipeline) -> None:
    cluster: dict[str, object] = {
        "name": "cluster",
        "component": {"run": {"kind": "raycluster", "head": {"container": {"image": "a"}}}},
    }
    with pytest.raises(InputError, match=r"run.operations\[1\].run.kind: raycluster can't run here"):
        run_pipeline(run=dag(step("true", name="one"), cluster))
