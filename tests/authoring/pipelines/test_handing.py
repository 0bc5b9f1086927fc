"""What a dag hands on as a whole: its outputs, values together in one input, joins without a run."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from polyaxon_sdk import InputError, component, dag, join, tracking
from polyaxon_sdk.authoring.pipelines.dag import Dag
from polyaxon_sdk.polyflow import V1Dag, V1Operation
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from tests.authoring.pipelines.steps import prepare, search, train


@component
def total(parts: list[float], more: dict[str, Any] | None = None) -> float:
    """Add them up."""
    return sum(parts)


class Scores(NamedTuple):
    best: float
    data: str


def outputs(pipeline: Dag[..., object]) -> list[tuple[str, str | None, object]]:
    """The outputs of a dag: name, type, and where each comes from."""
    return [(io.name, io.type, io.value) for io in pipeline.to_component().outputs or []]


def one(epochs: int = 1) -> float:
    return train(prepare(), epochs=epochs).loss


def several(epochs: int = 1) -> Scores:
    data = prepare()
    return Scores(best=train(data, epochs=epochs).accuracy, data=data)


def named(epochs: int = 1):  # type: ignore[no-untyped-def]  # noqa: ANN201  # as people write it
    data = prepare()
    return {"data": data, "scores": train(data, epochs=epochs).loss}


def whole(epochs: int = 1):  # type: ignore[no-untyped-def]  # noqa: ANN201  # as people write it
    return train(prepare(), epochs=epochs)


def same(epochs: int = 1):  # type: ignore[no-untyped-def]  # noqa: ANN201  # as people write it
    return prepare(1), prepare(2)


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (one, [("result", "float", "{{ ops.train.outputs.loss }}")]),
        (
            several,
            [
                ("best", "float", "{{ ops.train.outputs.accuracy }}"),
                ("data", "str", "{{ ops.prepare.outputs.result }}"),
            ],
        ),
        (
            named,
            [
                ("data", "str", "{{ ops.prepare.outputs.result }}"),
                ("scores", "float", "{{ ops.train.outputs.loss }}"),
            ],
        ),
        (
            whole,
            [
                ("loss", "float", "{{ ops.train.outputs.loss }}"),
                ("accuracy", "float", "{{ ops.train.outputs.accuracy }}"),
            ],
        ),
        (
            same,
            [
                ("result", "str", "{{ ops.prepare.outputs.result }}"),
                ("prepare_2_result", "str", "{{ ops.prepare-2.outputs.result }}"),
            ],
        ),
    ],
)
def test_what_the_function_returns_is_the_outputs(function: Callable[..., object], expected: object) -> None:
    assert outputs(dag(function)) == expected


def pair(epochs: int = 1) -> tuple[float, str]:
    data = prepare()
    return train(data, epochs=epochs).loss, data


def a_node(epochs: int = 1) -> tuple[float, float]:
    return train(prepare(), epochs=epochs)


@pytest.mark.parametrize(
    ("function", "sources"),
    [
        (pair, ["{{ ops.train.outputs.loss }}", "{{ ops.prepare.outputs.result }}"]),
        (a_node, ["{{ ops.train.outputs.loss }}", "{{ ops.train.outputs.accuracy }}"]),
    ],
)
def test_names_of_outputs_are_for_the_items_of_a_tuple(
    function: Callable[..., object], sources: list[str]
) -> None:
    found = outputs(dag(outputs=["a", "b"])(function))
    assert [(name, source) for name, _, source in found] == [("a", sources[0]), ("b", sources[1])]


def test_a_dag_with_named_outputs_unpacks() -> None:
    inner = dag(outputs=["a", "b"])(pair)

    @dag
    def pipeline() -> None:
        loss, data = inner()
        train(data, epochs=1, rate=loss)

    run = pipeline.to_component().run
    assert isinstance(run, V1Dag)
    params = dict(V1Operation(params=(run.operations or [])[-1].params).params or {})
    assert (params["rate"].value, params["data"].value) == ("outputs.a", "outputs.b")


def test_the_items_of_a_tuple_without_names_are_counted() -> None:
    assert outputs(dag(pair)) == [
        ("output_0", "float", "{{ ops.train.outputs.loss }}"),
        ("output_1", "str", "{{ ops.prepare.outputs.result }}"),
    ]


def test_a_dag_of_a_tuple_without_names_unpacks() -> None:
    inner = dag(a_node)

    @dag
    def pipeline() -> tuple[float, float]:
        loss, accuracy = inner()
        return accuracy, loss

    sources = [source for _, _, source in outputs(pipeline)]
    assert sources == ["{{ ops.a_node.outputs.output_1 }}", "{{ ops.a_node.outputs.output_0 }}"]


def any_number(epochs: int = 1) -> tuple[float, ...]:
    return train(prepare(), epochs=epochs).loss, 1.0


def a_whole(epochs: int = 1) -> tuple[str, str]:
    return prepare(epochs)  # type: ignore[return-value]  # under test


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (any_number, r'result: several results make no single output, expected .*outputs=\["a", "b"\]'),
        (a_whole, r"prepare has 1 outputs, not 2: result, expected .*@component\(outputs="),
    ],
)
def test_a_tuple_that_cannot_be_counted_is_told_how_to_name_it(
    function: Callable[..., object], said: str
) -> None:
    with pytest.raises(InputError, match=rf"test_handing\.py:\d+: {said}"):
        dag(function).to_component()


@pytest.mark.system
@pytest.mark.parametrize(
    ("names", "recorded"),
    [(["a", "b"], {"a": 0.1, "b": "data-10"}), ([], {"output_0": 0.1, "output_1": "data-10"})],
)
def test_a_recorded_dag_has_its_named_outputs(
    names: list[str], recorded: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_HOME", str(tmp_path))
    dag(outputs=names)(pair).record()
    found = [read_run(RunFolder(path)) for path in (tmp_path / "runs").iterdir()]
    assert recorded in [state.logged for state in found]


def a_constant(epochs: int = 1) -> int:
    prepare(epochs)
    return 3


def an_input(epochs: int = 1) -> int:
    prepare(epochs)
    return epochs


@pytest.mark.parametrize("function", [a_constant, an_input])
def test_an_output_that_no_operation_has_is_told(function: Callable[..., object]) -> None:
    with pytest.raises(
        InputError, match=r"test_handing\.py:\d+: result: .* is no output of an operation, expected"
    ):
        dag(function).to_component()


def test_an_output_of_another_type_is_told_with_the_output() -> None:
    @dag
    def pipeline() -> int:
        return train(prepare(), epochs=1).loss  # type: ignore[return-value]  # which is the mistake

    with pytest.raises(InputError, match=r"outputs\.result: outputs\.loss of 'train' is float, expected int"):
        pipeline.to_component()


def test_values_of_operations_stand_together_in_a_list() -> None:
    @dag
    def pipeline(last: float = 0.5) -> None:
        losses = [train(prepare(), epochs=epochs).loss for epochs in (1, 2)]
        total([*losses, losses[0], last, 3.5], more={"first": {"loss": losses[0]}, "note": "{{ x }}"})

    run = pipeline.to_component().run
    assert isinstance(run, V1Dag)
    params = dict(V1Operation(params=(run.operations or [])[-1].params).params or {})
    assert params["parts"].value == [
        "{{ train_loss }}", "{{ train_2_loss }}", "{{ train_loss }}", "{{ dag_last }}", 3.5,
    ]  # fmt: skip
    assert (params["train_2_loss"].ref, params["train_2_loss"].context_only) == ("ops.train-2", True)
    assert params["more"].value["note"] == "{% raw %}{{ x }}{% endraw %}"  # type: ignore[index]  # a mapping


def test_a_search_within_a_list_is_told() -> None:
    @dag
    def pipeline() -> None:
        total([search("d", epochs=1).loss])

    with pytest.raises(InputError, match="search is a search of many runs"):
        pipeline.to_component()


@pytest.mark.system
def test_lists_and_outputs_of_dags_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLYAXON_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    run = adding.run().wait(240)
    assert run.status == "succeeded", run.logs
    assert (run.outputs, read_run(run.client.folder).kind) == ({"result": 9.0}, "dag")


@component
def double(number: float) -> float:
    """Double it."""
    return 2 * number


@dag
def adding() -> float:
    return total([double(1), double(2), 3])


def test_called_with_values_a_dag_gives_them() -> None:
    assert adding() == 9.0


def test_a_join_of_a_value_picks_from_it() -> None:
    @dag
    def pipeline() -> float:
        return total(join(search("d", epochs=1), sort="metrics.loss").each(lambda run: run.loss))

    assert pipeline() == pytest.approx(0.3)


@pytest.mark.system
def test_a_join_by_query_finds_the_runs_that_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_HOME", str(tmp_path))
    for loss in (0.5, 0.25):
        with tracking.init(is_new=True) as run:
            run.log_outputs(loss=loss, text="{{ x }}")

    @dag
    def pipeline() -> float:
        good = join(query="status:succeeded", sort="outputs.loss")
        assert good.values("outputs.text", str) == ["{{ x }}", "{{ x }}"]
        return total(good.values("outputs.loss", float))

    assert pipeline() == 0.75


def test_outputs_of_a_search_that_is_called_are_those_of_the_call() -> None:
    @dag
    def pipeline() -> float:
        trials = join(search("d", epochs=1), sort="metrics.loss")
        return total(trials.values("outputs.loss", float)) + total(
            join(double(2)).values("outputs.result", float)
        )

    assert pipeline() == pytest.approx(4.3)


def test_calls_of_a_search_are_sorted_and_limited() -> None:
    @dag
    def pipeline() -> list[float]:
        best = join(search("d", epochs=1), sort="-metrics.loss", limit=1)
        return best.each(lambda run: run.loss)

    assert pipeline() == [0.2]


def test_a_search_with_a_value_for_all_that_it_tries_is_a_call() -> None:
    assert search("d", epochs=1, rate=0.5).loss == 0.5


def test_a_search_that_learns_is_not_called() -> None:
    learning = train.sweep(rate="0..1", matrix="tpe", metric="-loss", num_runs=2)
    said = r"test_handing\.py:\d+: train learns from its runs, which calls are not, expected `\.run\(\)`, or a value"
    with pytest.raises(InputError, match=said):
        learning("d", epochs=1)


def test_a_search_of_calls_as_a_value_is_told() -> None:
    with pytest.raises(InputError, match="search is a search of many calls: `join` collects"):
        search("d", epochs=1).loss  # noqa: B018  # under test


def test_what_a_call_has_no_more_than_a_result_of_is_told() -> None:
    @dag
    def pipeline() -> None:
        join(search("d", epochs=1)).values("inputs.rate", float)

    said = r"test_handing\.py:\d+: a search is a call here, whose result has no inputs\.rate, expected `each`"
    with pytest.raises(InputError, match=said):
        pipeline()
