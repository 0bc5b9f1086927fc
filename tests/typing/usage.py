"""What a typed program of a user may write; mypy and pyright read it, nothing runs it."""

from pathlib import Path
from typing import Annotated, Literal, NamedTuple, assert_type

import polyaxon_sdk
from polyaxon_integrations.keras import PolyaxonKerasCallback, PolyaxonKerasModelCheckpoint
from polyaxon_sdk import Dataset, Input, InputError, Log, Model, PolyaxonError, component, tracking
from polyaxon_sdk.polyflow import (
    V1Container,
    V1HpChoice,
    V1HpUniform,
    V1Job,
    V1MetricEarlyStopping,
    V1Operation,
    V1Optimization,
    V1RandomSearch,
    V1TriggerPolicy,
    read_operation,
    write,
)
from polyaxon_sdk.projects.version import Version
from polyaxon_sdk.tracking.spans import Span


class Scores(NamedTuple):
    """Typed outputs."""

    loss: float


@component
def train(epochs: int, optimizer: Literal["adam", "sgd"] = "adam") -> Scores:
    """A decorated function keeps its own type."""
    return Scores(loss=float(epochs))


@component(name="other")
def other(rate: float = 0.1) -> None:
    """The decorator takes what a component is called."""


@component(resources={"cpu": 2, "gpu": 1}, termination={"max_retries": 2}, outputs="model")
def fit(
    data: Dataset,
    rate: Annotated[float, Log(1e-5, 1e-1)] = 0.1,
    token: Annotated[str | None, Input(to_env="TOKEN")] = None,
) -> Model:
    """Artifacts are paths, and what annotations say beside a type leaves the type."""
    return Model(data.with_suffix(f".{rate}.{token}"))


def options() -> None:
    """Options and patches leave the function its type."""
    assert_type(fit(Dataset("digits.csv"), rate=0.2), Model)
    assert_type(fit.with_options(queue="gpu", tags=["a"])(Dataset("digits.csv")), Model)
    assert_type(fit.patch({"queue": "gpu"}, strategy="replace")(Dataset("digits.csv")), Model)
    fit(Path("digits.csv"))  # type: ignore[arg-type]  # no dataset
    fit.with_options(quue="gpu")  # type: ignore[call-arg]  # no option


def calls() -> None:
    """A call is the plain call."""
    assert_type(train(epochs=1), Scores)
    assert_type(train(1, optimizer="sgd"), Scores)
    other(rate=0.2)
    train.cli()


def tracks(path: Path) -> None:
    """Functions and methods are the same verbs."""
    run = tracking.init(name="typed", tags=["a", "b"])
    assert_type(run, tracking.Run)
    run.log_metric("loss", 0.5, step=1)
    tracking.log_metric("loss", 0.5, step=1)
    tracking.log_metrics(step=1, loss=0.5, accuracy=0.9)
    tracking.log_inputs(rate=0.1, layers=[1, 2])
    tracking.log_outputs(best=0.5)
    tracking.log_tags("a,b")
    tracking.log_text("note", "hello")
    tracking.log_artifact(path, name="data", kind="file")
    tracking.log_model(path, framework="keras")
    tracking.log_progress(0.5)
    with Span(name="answer", kind="llm", inputs={"text": "why?"}) as span:
        span.child("call", kind="tool").outputs = {"text": "because"}
    tracking.log_trace(span, step=1)
    assert_type(tracking.promote_to_model_version("v1", tags=["a"], artifacts=["data"]), Version | None)
    assert_type(tracking.TRACKING_RUN, tracking.Run | None)
    assert_type(tracking.get_inputs(), dict[str, object])
    assert_type(tracking.get_outputs_path("model.keras"), str)
    assert_type(tracking.get_tensorboard_path(), str)
    tracking.end()


def specifies() -> None:
    """Words as text or as members, distributions in each of their ways."""
    search = V1RandomSearch(
        params={"rate": V1HpUniform(value="0:1"), "layers": V1HpChoice(value=[1, 2])},
        num_runs=3,
        early_stopping=[
            V1MetricEarlyStopping(metric="loss", value=0.1, optimization=V1Optimization.MINIMIZE),
            V1MetricEarlyStopping(metric="loss", value=0.1, optimization="minimize"),
        ],
    )
    job = V1Job(container=V1Container(image="python:3.11"))
    operation = V1Operation(
        run=job, matrix=search, trigger=V1TriggerPolicy.ALL_DONE, patch_strategy="replace"
    )
    assert_type(operation.name, str | None)
    assert_type(read_operation(write(operation)), V1Operation)


def catches() -> None:
    """One family of errors."""
    try:
        tracking.init(run_uuid="nonsense")
    except InputError as error:
        assert_type(error.what, str)
    except PolyaxonError:
        assert_type(polyaxon_sdk.__version__, str)


def fits(run: tracking.Run) -> None:
    """Callbacks are typed where Keras is not."""
    best = PolyaxonKerasCallback(run, monitor="val_accuracy", mode="max")
    assert_type(best.run, tracking.Run)
    PolyaxonKerasModelCheckpoint(filepath=Path("model.keras"), save_freq=100)


def mistakes(run: tracking.Run) -> None:
    """Each is found: a checker that is silent complains of the comment instead."""
    train(epochs="three")  # type: ignore[arg-type]  # text is no int
    train(epoch=3)  # type: ignore[call-arg]  # the name is epochs
    train(epochs=1).accuracy  # type: ignore[attr-defined]  # noqa: B018  # Scores has no such field
    run.log_metric("loss", "high")  # type: ignore[arg-type]  # text is no number
    run.log_metric(step=1)  # type: ignore[call-arg]  # nothing to log
    tracking.log_text("note", 1)  # type: ignore[arg-type]  # a number is no text
    tracking.get_output_path()  # type: ignore[attr-defined]  # the name is get_outputs_path
    PolyaxonKerasCallback(run, mode="best")  # type: ignore[arg-type]  # not a mode
    PolyaxonKerasCallback(run, ["loss"])  # type: ignore[call-arg]  # all but the run by keyword
    V1Job(containers=[])  # type: ignore[call-arg]  # the name is container
    V1Operation(patch_strategy="merge")  # type: ignore[arg-type]  # no such word
