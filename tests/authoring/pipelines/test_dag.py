"""The component of a dag is the YAML that one would write."""

import re
from collections.abc import Callable

import pytest
import yaml

from polyaxon_sdk import InputError, PolyaxonError, after, component, dag, join, operation, unless, when
from polyaxon_sdk.authoring.pipelines.dag import Dag
from tests.authoring.pipelines.steps import deploy, prepare, report, search, train


def operations(pipeline: Dag[..., object]) -> list[dict[str, object]]:
    """The operations of a dag as its file has them."""
    document = yaml.safe_load(pipeline.to_yaml())
    return [
        {key: value for key, value in each.items() if key != "kind"} for each in document["run"]["operations"]
    ]


def body(function: Callable[..., object]) -> Dag[..., object]:
    """A dag of a function in a test."""
    return dag(function)


def test_values_flow_as_references() -> None:
    @dag
    def pipeline(epochs: int = 3) -> None:
        data = prepare(size=20)
        train(data, epochs=epochs)

    assert operations(pipeline) == [
        {"name": "prepare", "dagRef": "prepare", "params": {"size": {"value": 20}}},
        {
            "name": "train",
            "dagRef": "train",
            "params": {
                "data": {"ref": "ops.prepare", "value": "outputs.result"},
                "epochs": {"ref": "dag", "value": "inputs.epochs"},
            },
        },
    ]


def test_inputs_and_texts_are_those_of_the_function() -> None:
    @dag(name="nightly", tags=["a"], concurrency=2)
    def pipeline(epochs: int = 3) -> None:
        """Train each night.

        Args:
            epochs: passes over the data
        """
        prepare(size=epochs)

    component = pipeline.to_component()
    assert (component.name, component.tags, component.description) == ("nightly", ["a"], "Train each night.")
    assert [(io.name, io.type, io.value, io.description) for io in component.inputs or []] == [
        ("epochs", "int", 3, "passes over the data")
    ]
    assert getattr(component.run, "concurrency", None) == 2


def test_a_condition_names_what_it_compares() -> None:
    @dag
    def pipeline() -> None:
        scores = train("d", epochs=1)
        when(scores.accuracy > 0.9)(deploy)(scores.loss)
        unless((scores.accuracy > 0.9) & (scores.loss < 1))(deploy)(scores.loss)

    _, first, second = operations(pipeline)
    assert first["conditions"] == "{{ accuracy > 0.9 }}"
    assert first["params"] == {
        "loss": {"ref": "ops.train", "value": "outputs.loss"},
        "accuracy": {"ref": "ops.train", "value": "outputs.accuracy", "contextOnly": True},
    }
    assert (second["name"], second["conditions"]) == (
        "deploy-2",
        "{{ not ((accuracy > 0.9) and (loss < 1)) }}",
    )


def test_a_text_and_another_output_are_compared_too() -> None:
    @dag
    def pipeline(stage: str) -> None:
        first, second = train("a", epochs=1), train("b", epochs=2)
        when((stage == "prod") | (first.loss < second.loss))(deploy)(1.0)

    assert operations(pipeline)[2]["conditions"] == "{{ (stage == 'prod') or (train_loss < train_2_loss) }}"


def test_an_operation_waits_for_those_it_comes_after() -> None:
    @dag
    def pipeline() -> None:
        data = prepare()
        after(data)(deploy)(0.1)

    assert operations(pipeline)[1]["dependencies"] == ["prepare"]


def test_a_search_is_joined() -> None:
    @dag
    def study(n: int = 2) -> None:
        best = join(search("d", epochs=2), sort="metrics.loss", limit=n)
        report(losses=best.each(lambda run: run.loss), runs=best.uuids)

    first, second = operations(study)
    assert first["matrix"] == {"kind": "grid", "params": {"rate": {"kind": "choice", "value": [0.1, 0.2]}}}
    assert second["joins"] == [
        {
            "query": "pipeline:{{ search }}, status:succeeded",
            "sort": "metrics.loss",
            "limit": "{{ n }}",
            "params": {"losses": {"value": "outputs.loss"}, "runs": {"value": "globals.uuid"}},
        }
    ]
    assert second["params"] == {
        "search": {"ref": "ops.search", "value": "globals.uuid", "contextOnly": True},
        "n": {"ref": "dag", "value": "inputs.n", "contextOnly": True},
    }


def test_runs_of_a_search_that_failed_are_joined_where_a_query_asks_for_them() -> None:
    @dag
    def study() -> None:
        report(losses=[], runs=join(search("d", epochs=2), query="status:failed").uuids)

    assert operations(study)[1]["joins"][0]["query"] == "pipeline:{{ search }}, status:failed"  # type: ignore[index]  # of a document


def test_earlier_runs_are_joined_by_a_query() -> None:
    @dag
    def pipeline() -> None:
        good = join(query="metrics.loss:<0.1", limit=5)
        report(losses=good.values("outputs.loss", float), runs=good.uuids)

    (only,) = operations(pipeline)
    assert only["joins"][0]["query"] == "metrics.loss:<0.1"  # type: ignore[index]  # of a document


def test_triggers_hooks_approvals_and_queues_are_said_by_an_operation() -> None:
    careful = operation(
        deploy,
        name="careful",
        trigger="all_done",
        is_approved=False,
        queue="gpu",
        hooks=[{"hub_ref": "slack", "trigger": "failed"}],
        termination={"max_retries": 2},
    )

    @dag
    def pipeline() -> None:
        careful(train("d", epochs=1).loss)

    said = operations(pipeline)[1]
    assert {key: said[key] for key in ("name", "trigger", "isApproved", "queue", "hooks", "termination")} == {
        "name": "careful",
        "trigger": "all_done",
        "isApproved": False,
        "queue": "gpu",
        "hooks": [{"hubRef": "slack", "trigger": "failed"}],
        "termination": {"maxRetries": 2},
    }


def test_a_dag_within_a_dag_is_an_operation() -> None:
    @dag
    def inner(epochs: int) -> None:
        train("d", epochs=epochs)

    @dag
    def outer() -> None:
        inner(epochs=2)

    assert operations(outer)[0]["params"] == {"epochs": {"value": 2}}
    components = yaml.safe_load(outer.to_yaml())["run"]["components"]
    assert [(each["name"], each["run"]["kind"]) for each in components] == [("inner", "dag")]


def test_called_with_values_it_runs_in_this_process_in_order() -> None:
    @dag
    def pipeline(epochs: int) -> str | None:
        scores = train(prepare(), epochs=epochs)
        unless(scores.accuracy > 0.9)(deploy)(0.0)
        return when(scores.accuracy > 0.9)(after(scores)(deploy))(scores.loss)

    assert pipeline(epochs=1) == "deployed 0.1"


def test_results_unpack_in_order() -> None:
    @dag
    def pipeline() -> None:
        loss, accuracy = train("d", epochs=1)
        deploy(loss)
        deploy(accuracy)

    values = [each["params"]["loss"]["value"] for each in operations(pipeline)[1:]]  # type: ignore[index]  # of a document
    assert values == ["outputs.loss", "outputs.accuracy"]


@component
class Trainer:
    epochs: int
    rate: float = 0.5

    def __call__(self) -> float:
        return self.epochs * self.rate


@dag
def with_a_class() -> str:
    return deploy(Trainer(epochs=2)())


def test_a_class_makes_an_operation_when_its_instance_is_called() -> None:
    assert with_a_class() == "deployed 1"
    assert [each["name"] for each in operations(with_a_class)] == ["Trainer", "deploy"]


def an_if() -> None:
    if train("d", epochs=1).accuracy > 0.9:
        deploy(0.1)


def an_if_of_a_value() -> None:
    if train("d", epochs=1).accuracy:
        deploy(0.1)


def a_loop(epochs: int) -> None:
    for _ in range(epochs):
        deploy(0.1)


def a_sum() -> None:
    deploy(train("d", epochs=1).loss + 1)


def a_text() -> None:
    prepare.operation(size=f"{prepare()}")  # type: ignore[arg-type]  # under test


def an_unknown_output() -> None:
    deploy(train("d", epochs=1).los)  # type: ignore[attr-defined]  # under test


def an_unknown_input() -> None:
    train("d", epoch=1)  # type: ignore[call-arg]  # under test


def a_wrong_literal() -> None:
    train("d", epochs="three")  # type: ignore[arg-type]  # under test


def several_outputs() -> None:
    deploy(train("d", epochs=1))  # type: ignore[arg-type]  # under test


def no_output() -> None:
    deploy(report(losses=[], runs=[]))  # type: ignore[arg-type]  # under test


def a_missing_input() -> None:
    train("d")  # type: ignore[call-arg]  # under test


def a_wrong_edge() -> None:
    report(losses=train("d", epochs=1).loss, runs=[])  # type: ignore[arg-type]  # under test


def a_circle() -> None:
    operation(deploy, name="a", dependencies=["b"])(0.1)
    operation(deploy, name="b", dependencies=["a"])(0.1)


def an_unknown_dependency() -> None:
    operation(deploy, dependencies=["prepar"])(0.1)


def a_search_as_a_value() -> None:
    deploy(search("d", epochs=1).loss)


def a_condition_of_values() -> None:
    when(1 > 0)(deploy)(0.1)


def a_foreign_dependency() -> None:
    after("prepare")(deploy)(0.1)


def nothing() -> None:
    pass


@pytest.mark.parametrize(
    ("function", "line", "said"),
    [
        (an_if, 1, "a condition of the run can't decide an if, a while or an assert"),
        (an_if_of_a_value, 1, "train.accuracy can't decide an if, a while or an assert here"),
        (a_loop, 1, "epochs can't be a plain value here: its value is known only in the run"),
        (a_sum, 1, "train.loss can't be reckoned with here"),
        (a_text, 1, "prepare can't be a text here"),
        (an_unknown_output, 1, "train has no output 'los', did you mean 'loss'?"),
        (an_unknown_input, 1, "train: no input 'epoch', did you mean 'epochs'?"),
        (a_wrong_literal, 1, "train.epochs: 'three' is of another type, expected int"),
        (several_outputs, 1, "train has several outputs, loss, accuracy: hand on one of them"),
        (no_output, 1, "report has no outputs: its function's return annotation names none"),
        (a_missing_input, 1, "params.epochs: missing, expected a value of type int"),
        (a_wrong_edge, 1, "outputs.loss of 'train' is float, expected list"),
        (an_unknown_dependency, 1, "waits for 'prepar', which is no operation of this dag"),
        (a_search_as_a_value, 1, "search is a search of many runs: `join` collects their values"),
        (a_condition_of_values, 1, "True is no condition of the run"),
        (a_foreign_dependency, 1, "'prepare' is no operation of this dag"),
    ],
)
def test_a_mistake_is_told_with_its_line(function: Callable[..., None], line: int, said: str) -> None:
    place = f"test_dag.py:{function.__code__.co_firstlineno + line}"
    with pytest.raises(InputError, match=rf"{place}: .*{re.escape(said)}"):
        body(function).to_component()


def test_a_circle_is_told_with_the_dag() -> None:
    with pytest.raises(
        PolyaxonError, match=r"test_dag.py:\d+: .*wait for each other in a circle: a -> b -> a"
    ):
        body(a_circle).to_component()


def test_a_dag_without_a_component_is_told() -> None:
    with pytest.raises(InputError, match=r"test_dag.py:\d+: nothing: the dag calls no component"):
        body(nothing).to_component()


def test_an_unknown_option_is_told() -> None:
    with pytest.raises(InputError, match=r"a dag has no 'concurency', did you mean 'concurrency'\?"):
        dag(concurency=2)  # type: ignore[call-overload]  # the mistake under test


@component
def many() -> list[int]:
    """Give three numbers, as one value."""
    return [1, 2, 3]


@component
def total(parts: list[int], more: float = 0.0) -> int:
    """Add them up."""
    return sum(parts)


def loops() -> None:
    for each in many():
        prepare(each)


def takes_an_item() -> None:
    prepare(many()[0])


def unpacks() -> None:
    first, *_ = many()
    prepare(first)


@pytest.mark.parametrize("function", [loops, takes_an_item, unpacks])
def test_what_needs_the_items_of_one_value_now_is_told(function: Callable[[], None]) -> None:
    line = function.__code__.co_firstlineno + 1
    with pytest.raises(
        InputError, match=rf"test_dag.py:{line}: many is known only in the run, and .* its value now"
    ):
        dag(function).to_component()


def test_a_whole_number_goes_where_a_float_is_meant() -> None:
    @dag
    def pipeline() -> None:
        total(many(), more=total([1, 2]))

    assert pipeline.to_component().run is not None


@dag
def circle(size: int) -> None:
    """Call itself."""
    prepare(size)
    circle(size)


def test_a_dag_that_calls_itself_is_told() -> None:
    with pytest.raises(InputError, match=r"test_dag.py:\d+: circle calls itself"):
        circle.to_component()
