from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from polyaxon_sdk.authoring.call.inputs import arguments_from, as_built
from polyaxon_sdk.authoring.call.spelling import spell
from polyaxon_sdk.authoring.signature import read_signature
from polyaxon_sdk.authoring.vocabulary.artifacts import Dataset
from polyaxon_sdk.exceptions import InputError


def train(epochs: int, sizes: list[int] = [1], out: Path | None = None) -> None: ...  # noqa: B006  # under test


def test_arguments_are_of_the_types_that_the_function_expects() -> None:
    assert arguments_from(read_signature(train), {"epochs": "3", "out": "a"}) == {
        "epochs": 3,
        "sizes": [1],
        "out": Path("a"),
    }


def test_a_default_that_could_be_changed_is_copied() -> None:
    signature = read_signature(train)
    cast("list[int]", arguments_from(signature, {"epochs": 1})["sizes"]).append(2)
    assert arguments_from(signature, {"epochs": 1})["sizes"] == [1]
    assert train.__defaults__ == ([1], None)


def test_an_input_without_value_and_default_is_none() -> None:
    assert arguments_from(read_signature(train), {})["epochs"] is None


def number(x: int | None = 3, y: int = 4, plain: Any = 5) -> None: ...


@pytest.mark.parametrize(
    ("inputs", "arguments"),
    [({}, {}), ({"x": None}, {"x": None}), ({"y": None}, {}), ({"plain": None}, {"plain": None})],
)
def test_an_input_without_value_is_none_where_the_function_takes_that(
    inputs: dict[str, object], arguments: dict[str, object]
) -> None:
    assert arguments_from(read_signature(number), inputs) == arguments


@dataclass
class Layer:
    size: int = 1


class Wide(Layer):
    """A layer of one's own."""


def build(rate: float, count: int, words: list[str], data: Dataset, layer: Layer, plain: Any) -> None: ...


@pytest.mark.parametrize(
    ("name", "value", "handed"),
    [
        ("rate", 2, 2.0),
        ("count", True, 1),
        ("words", ("a",), ["a"]),
        ("data", __file__, Path(__file__)),
        ("plain", ("a",), ("a",)),
    ],
)
def test_an_argument_is_handed_on_as_the_function_expects_it(
    name: str, value: object, handed: object
) -> None:
    signature = read_signature(build)
    found = as_built(signature, name, value, spell(build, name, value))
    assert isinstance(found, type(handed))
    assert (found, isinstance(found, bool)) == (handed, False)


@pytest.mark.parametrize(
    ("name", "value"),
    [("words", ["a"]), ("layer", Layer()), ("layer", Wide()), ("data", Path("x.csv"))],
)
def test_an_argument_that_is_of_its_type_is_itself(name: str, value: object) -> None:
    assert as_built(read_signature(build), name, value, spell(build, name, value)) is value


def test_a_wrong_input_is_told_by_name() -> None:
    with pytest.raises(InputError, match=r"^sizes\[0\]: 'x' is not a value of type int"):
        arguments_from(read_signature(train), {"epochs": 1, "sizes": ["x"]})
