"""Composed nodes and direct calls alike: one correct edge, and three mistakes that checkers find."""

from typing import Literal, NamedTuple, assert_type

from polyaxon_sdk import component, dag, join, operation, when
from polyaxon_sdk.authoring.call.process import RunHandle
from polyaxon_sdk.authoring.decorators.operation import Operation
from polyaxon_sdk.polyflow import V1GridSearch, V1HpChoice


class Scores(NamedTuple):
    """Named, typed outputs."""

    accuracy: float
    model: str


@component
def train(epochs: int, optimizer: Literal["adam", "sgd"] = "adam") -> Scores:
    """Train."""
    return Scores(accuracy=1 / epochs, model=optimizer)


@component
def deploy(model: str, accuracy: float) -> bool:
    """Deploy."""
    return bool(model) and accuracy > 0


@component
def report(accuracies: list[float], runs: list[str]) -> None:
    """Report."""


@component
class Trainer:
    """Train, as a class."""

    epochs: int
    rate: float = 0.5

    def __call__(self) -> float:
        return self.epochs * self.rate


class Counter:
    """Count."""

    def __init__(self, start: int) -> None:
        self.start = start

    def __call__(self) -> int:
        return self.start + 1


count = component(Counter)

search = operation(train, matrix=V1GridSearch(params={"epochs": V1HpChoice(value=[1, 2])}), queue="gpu")


@dag
def pipeline(epochs: int) -> bool | None:
    """The body is checked as plain calls are."""
    scores = train(epochs, optimizer="sgd")
    assert_type(scores.accuracy, float)
    assert_type(deploy(scores.model, scores.accuracy), bool)
    best = join(search(epochs=1), sort="-metrics.accuracy", limit=3)
    assert_type(best.each(lambda run: run.accuracy), list[float])
    report(best.each(lambda run: run.accuracy), runs=best.uuids)
    deployed = when(scores.accuracy > 0.9)(deploy)(scores.model, accuracy=scores.accuracy)
    assert_type(deployed, bool | None)
    return deployed


def classes() -> None:
    """Fields are checked as a dataclass' are; a component of a class is recorded and run."""
    assert_type(Trainer(epochs=2)(), float)
    assert_type(Trainer(2, rate=0.1).rate, float)
    made: int = count.record(start=3)
    assert_type(count.run(start=made), RunHandle)
    Trainer(epocs=2)  # type: ignore[call-arg]  # a mistyped field
    Trainer("many")  # type: ignore[arg-type]  # a text for a number


def calls() -> None:
    """A call, a record, a run and an operation take what the function takes."""
    assert_type(train(epochs=1), Scores)
    assert_type(train.record(epochs=1), Scores)
    assert_type(train.run(epochs=1), RunHandle)
    assert_type(train.run(epochs=1).wait().status, str)
    assert_type(train.operation(epochs=1), Operation[..., Scores])
    assert_type(train.operation(epochs=1)(), Scores)
    assert_type(search(epochs=1), Scores)
    assert_type(pipeline(epochs=1), bool | None)
    train.sweep(optimizer=["adam", "sgd"], metric="accuracy", num_runs=4)


@dag
def mistakes(epochs: int) -> None:
    """Each is found: a checker that is silent complains of the comment instead."""
    scores = train(epochs, optimizer="adm")  # type: ignore[arg-type]  # a wrong literal
    train(epochs, "adam", 3)  # type: ignore[call-arg]  # one argument too many
    deploy(scores.accuracy, scores.accuracy)  # type: ignore[arg-type]  # a wrongly typed edge
    deploy(scores.model, scores.loss)  # type: ignore[attr-defined]  # an unknown output
    when(scores.accuracy > 0.9)(deploy)(scores.model)  # type: ignore[call-arg]  # one too few
    models = join(scores).each(lambda run: run.model)
    report(models, runs=[])  # type: ignore[arg-type]  # texts for numbers


def wrong_calls() -> None:
    """The same of direct calls, records, runs and operations."""
    train(1, optimizer="adm")  # type: ignore[arg-type]  # a wrong literal
    train.record(1, "adam", 3)  # type: ignore[call-arg]  # one argument too many
    train.run(epochs="one")  # type: ignore[arg-type]  # text is no int
    train.operation(epoch=1)  # type: ignore[call-arg]  # the name is epochs
    operation(train, queu="gpu")  # type: ignore[call-overload]  # the name is queue
