"""Every annotation: the input it makes, what that takes and refuses, and that a value comes back as it was."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.authoring.annotations import meaning_of
from polyaxon_sdk.authoring.command_line.flag import Flag
from polyaxon_sdk.authoring.command_line.values import values_of
from polyaxon_sdk.authoring.decorators.component import component
from polyaxon_sdk.authoring.specification.io import inputs_of
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import read_files
from polyaxon_sdk.polyflow import V1IO, write
from tests.authoring.annotations.cases import CASES, Case

pytestmark = pytest.mark.filterwarnings("ignore:.*has no annotation")

each_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
each_name = pytest.mark.parametrize("name", CASES)
each_refusing = pytest.mark.parametrize(
    "case", [pytest.param(case, id=name) for name, case in CASES.items() if case.refused is not None]
)


def function_of(annotation: object, default: object = ...) -> Callable[..., object]:
    """A function of this file with one parameter, `x`."""

    def train(x: object) -> object:
        return x

    train.__qualname__ = "train"  # as if it stood at the top
    train.__annotations__ = {"x": annotation}
    train.__defaults__ = None if default is ... else (default,)
    return train


def input_of(case: Case) -> V1IO:
    return inputs_of(function_of(case.annotation))[0][0]


def same(one: object, other: object) -> bool:
    """Whether both are equal and of one type; arrays and tables with their types."""
    return type(one) is type(other) and (repr(one) == repr(other) if hasattr(one, "shape") else one == other)


@each_case
def test_an_annotation_makes_an_input(case: Case) -> None:
    assert write(input_of(case)) == {"name": "x", **case.io}


@each_name
def test_so_does_an_annotation_that_is_text(name: str) -> None:
    found = inputs_of(function_of(f"CASES[{name!r}].annotation"))[0][0]
    assert write(found) == {"name": "x", **CASES[name].io}


@each_case
def test_a_value_has_one_form_in_json(case: Case) -> None:
    assert same(meaning_of(case.annotation).spell(case.value), case.json)


@each_case
def test_the_function_receives_the_value_as_it_was(case: Case) -> None:
    assert same(meaning_of(case.annotation).build(input_of(case).parse(case.json)), case.value)


@each_case
def test_the_function_receives_what_a_person_types(case: Case) -> None:
    meaning = meaning_of(case.annotation)
    typed = values_of({"x": case.text}, [Flag(("x",), input_of(case), meaning)])
    assert same(meaning.build(typed["x"]), case.value)


@each_refusing
def test_what_is_none_of_its_values_is_refused(case: Case) -> None:
    with pytest.raises(InputError, match=r"expected |did you mean|no 'name'|should be|no file"):
        meaning_of(case.annotation).build(input_of(case).parse(case.refused))


@each_case
def test_a_default_comes_back_from_the_polyaxonfile(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "train.yml"
    file.write_text(component(function_of(case.annotation, case.value)).to_yaml(), encoding="utf-8")
    held = read_files([file]).operation.component
    assert held is not None
    (found,) = held.inputs or []
    assert same(found.value, case.json)
    assert same(meaning_of(case.annotation).build(found.parse(found.value)), case.value)


@each_case
def test_the_command_line_takes_it(case: Case) -> None:
    assert same(component(function_of(case.annotation)).cli(["--x", case.text]), case.value)


def test_the_table_needs_no_pickle() -> None:
    assert "pickle" not in vars(sys.modules["polyaxon_sdk.authoring.annotations.table"])
