from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal, NamedTuple, TypedDict

import pytest

from polyaxon_sdk.authoring.signature import read_signature
from polyaxon_sdk.exceptions import InputError

if TYPE_CHECKING:
    from decimal import Decimal


class Scores(NamedTuple):
    loss: float
    accuracy: float


class Report(TypedDict):
    loss: float
    note: str


@dataclasses.dataclass
class Fitted:
    loss: float
    model: complex


def test_text_annotations_are_read_where_the_function_stands() -> None:
    def f(rate: float, kind: Literal["a"]) -> None: ...

    assert [each.meaning.type for each in read_signature(f).inputs] == ["float", "str"]


def test_a_default_makes_an_input_optional() -> None:
    def f(a: int, b: int = 2) -> None: ...

    assert [(each.has_default, each.default) for each in read_signature(f).inputs] == [
        (False, None),
        (True, 2),
    ]


def test_an_int_as_the_default_of_a_float_is_a_float() -> None:
    def f(rate: float = 1) -> None: ...

    assert repr(read_signature(f).inputs[0].default) == "1.0"


def test_a_default_of_none_makes_any_type_optional() -> None:
    def f(rate: float = None) -> None: ...  # type: ignore[assignment]  # noqa: RUF013  # people write this

    assert read_signature(f).inputs[0].meaning.is_optional


def test_without_annotation_the_default_says_the_type() -> None:
    def f(a=1, b="x", c=None, d=()): ...  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # under test

    inputs = read_signature(f).inputs
    assert [(each.meaning.type, each.is_typed) for each in inputs] == [
        ("int", True),
        ("str", True),
        ("any", False),
        ("any", True),
    ]


@pytest.mark.parametrize(
    ("annotation", "names", "form"),
    [
        (float, ["result"], "whole"),
        (Scores, ["loss", "accuracy"], "fields"),
        (Report, ["loss", "note"], "fields"),
        (Fitted, ["loss"], "fields"),
        (None, [], "whole"),
        (complex, [], "whole"),
        (list[float], ["result"], "whole"),
    ],
)
def test_outputs_come_from_the_return_annotation(annotation: object, names: list[str], form: str) -> None:
    def f() -> None: ...

    f.__annotations__["return"] = annotation
    signature = read_signature(f)
    assert ([output.name for output in signature.outputs], signature.returned.form) == (names, form)


def test_an_annotation_that_is_not_there_names_file_line_and_parameter() -> None:
    def f(x: Decimal) -> None: ...

    with pytest.raises(InputError, match=r"test_signature.py:\d+: x: can't resolve the annotation 'Decimal'"):
        read_signature(f)


def test_an_annotation_that_no_input_has_names_file_line_and_parameter() -> None:
    def f(x: complex) -> None: ...

    with pytest.raises(InputError, match=r"test_signature.py:\d+: x: complex is no type of an input"):
        read_signature(f)


@pytest.mark.parametrize(
    ("default", "expected"),
    [("three", "expected int"), (1.5, "expected int"), (object(), "expected int")],
)
def test_a_default_of_another_type_is_refused(default: object, expected: str) -> None:
    def f(x: int = 0) -> None: ...

    f.__defaults__ = (default,)
    with pytest.raises(
        InputError, match=rf"test_signature.py:\d+: x: the default .* doesn't fit, {expected}"
    ):
        read_signature(f)


def test_a_default_that_is_no_option_is_refused() -> None:
    def f(x: Literal["a", "b"] = "c") -> None: ...  # type: ignore[assignment]  # the mistake under test

    with pytest.raises(InputError, match="the default 'c' doesn't fit, expected one of 'a', 'b'"):
        read_signature(f)
