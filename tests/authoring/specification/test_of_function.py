from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import pytest
import yaml
from annotated_types import Ge, Le

from polyaxon_sdk.authoring import component
from polyaxon_sdk.exceptions import InputError, PolyaxonError
from polyaxon_sdk.polyflow import V1Component, V1Job, read, write


class Scores(NamedTuple):
    loss: float


@component(tags=["digits"], image="python:3.11", env={"SEED": "1"})
def train(
    epochs: int,
    rate: float = 0.1,
    optimizer: Literal["adam", "sgd"] = "adam",
    sizes: list[int] = [1, 2],  # noqa: B006  # never changed, and a person may write this
    shuffle: bool = False,
    augment: bool = True,
) -> Scores:
    """Walk down a parabola.

    Slowly.

    Args:
        epochs: how many steps
        rate: their size

    Returns:
        the height reached
    """
    return Scores(epochs * rate)


def test_every_parameter_is_an_input() -> None:
    inputs = train.to_component().inputs or []
    assert [(io.name, io.type, io.value, io.required) for io in inputs] == [
        ("epochs", "int", None, True),
        ("rate", "float", 0.1, False),
        ("optimizer", "str", "adam", False),
        ("sizes", "int", [1, 2], False),
        ("shuffle", "bool", False, False),
        ("augment", "bool", True, False),
    ]


def test_only_a_bool_that_is_false_by_default_is_a_flag() -> None:
    inputs = train.to_component().inputs or []
    assert [io.name for io in inputs if io.is_flag] == ["shuffle"]


def test_the_docstring_gives_the_descriptions() -> None:
    found = train.to_component()
    texts = [io.description for io in (found.inputs or [])[:2]]
    assert (found.description, texts) == (
        "Walk down a parabola.\n\nSlowly.",
        ["how many steps", "their size"],
    )


def test_the_return_annotation_gives_the_outputs() -> None:
    outputs = train.to_component().outputs or []
    assert [(io.name, io.type, io.description) for io in outputs] == [("loss", "float", "the height reached")]


def test_the_options_of_the_decorator_are_in_the_component() -> None:
    found = train.to_component()
    assert isinstance(found.run, V1Job)
    assert found.run.container is not None
    assert (found.tags, found.run.container.image, found.run.container.env) == (
        ["digits"],
        "python:3.11",
        [{"name": "SEED", "value": "1"}],
    )


def test_the_command_names_the_file_and_the_function() -> None:
    run = train.to_component().run
    assert isinstance(run, V1Job)
    assert run.container is not None
    assert run.container.command == ["python", "-m", "polyaxon_sdk.authoring"]
    assert isinstance(run.container.args, list)
    file, _, name = str(run.container.args[0]).rpartition(":")
    assert (Path(file).resolve(), name) == (Path(__file__).resolve(), "train")


def test_a_signature_is_strict() -> None:
    assert train.to_component().strict_params


def test_the_yaml_reads_back_as_the_same_component() -> None:
    document = yaml.safe_load(train.to_yaml())
    assert write(read(V1Component, document)) == write(train.to_component())


def test_a_parameter_without_type_warns() -> None:
    with pytest.warns(
        UserWarning, match=r"test_of_function.py:\d+: x has no annotation: any value is taken"
    ) as warned:
        untyped.to_component()
    assert warned[0].filename == __file__


@component
def untyped(x):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201  # the mistake under test
    return x


def test_a_function_inside_a_function_cannot_be_a_run() -> None:
    @component
    def inner(x: int) -> None: ...

    with pytest.raises(
        InputError, match=r"test_of_function.py:\d+: inner is defined inside another function"
    ):
        inner.to_component()


def test_a_function_that_stands_in_no_file_cannot_be_a_run() -> None:
    space: dict[str, object] = {}
    exec("def typed_in(x: int) -> None: ...", space)  # as a notebook cell does
    with pytest.raises(InputError, match="typed_in stands in no file"):
        component(space["typed_in"]).to_component()  # type: ignore[call-overload]  # made at run time


@component
def shadowing(params: int) -> None: ...


def test_a_parameter_with_a_name_of_templates_is_refused() -> None:
    with pytest.raises(InputError, match="'params' is taken by templates"):
        shadowing.to_component()


class Fitted(NamedTuple):
    """What is fitted.

    Attributes:
        loss: of the last epoch
        accuracy: of the best one
    """

    loss: float
    accuracy: float


def fit_google() -> Fitted:
    """Fit.

    Returns:
        loss: the last
          of all
        accuracy (float): the best
    """
    return Fitted(0.0, 1.0)


def fit_numpy() -> Fitted:
    """Fit.

    Returns
    -------
    loss : float
        the last of all
    accuracy : float
        the best
    """
    return Fitted(0.0, 1.0)


def fit_plain() -> Fitted:
    """Fit."""
    return Fitted(0.0, 1.0)


@pytest.mark.parametrize(
    ("function", "texts"),
    [
        (fit_google, ["the last of all", "the best"]),
        (fit_numpy, ["the last of all", "the best"]),
        (fit_plain, ["of the last epoch", "of the best one"]),
    ],
)
def test_each_output_is_described(function: Callable[[], Fitted], texts: list[str]) -> None:
    outputs = component(function).to_component().outputs or []
    assert [" ".join((output.description or "").split()) for output in outputs] == texts


def fit_rest() -> float:
    """Fit.

    :returns: the loss
    """
    return 0.0


def test_a_single_output_is_described_as_what_is_returned() -> None:
    (output,) = component(outputs="loss")(fit_rest).to_component().outputs or []
    assert (output.name, output.description) == ("loss", "the loss")


@component
def bounded(epochs: Annotated[int, Ge(0), Le(9)], rate: Annotated[float, Ge(0.5)] = 1.0) -> None:
    """Take numbers within bounds."""


def test_bounds_are_written_as_they_were_given() -> None:
    inputs = yaml.safe_load(bounded.to_yaml())["inputs"]
    assert repr([each["validation"] for each in inputs]) == "[{'ge': 0, 'le': 9}, {'ge': 0.5}]"


@pytest.mark.parametrize("name", ["env", "resources"])
def test_an_option_of_another_form_is_told_in_one_line(name: str) -> None:
    options: dict[str, object] = {name: ["a"]}
    with pytest.raises(
        PolyaxonError, match=rf"test_of_function.py:\d+: {name}: \['a'\] .* expected a mapping"
    ):
        train.with_options(**options).to_component()  # type: ignore[arg-type]  # the mistake under test
