from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, NamedTuple, NoReturn, TypedDict

import attrs
import pydantic
import pytest

from polyaxon_sdk.authoring.signature import read_signature
from polyaxon_sdk.authoring.signature.returned import outputs_of
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

    with pytest.raises(InputError, match=r"test_whole.py:\d+: x: can't resolve the annotation 'Decimal'"):
        read_signature(f)


def test_an_annotation_that_no_input_has_names_file_line_and_parameter() -> None:
    def f(x: complex) -> None: ...

    with pytest.raises(InputError, match=r"test_whole.py:\d+: x: complex is no type of an input"):
        read_signature(f)


@pytest.mark.parametrize(
    ("default", "expected"),
    [("three", "expected int"), (1.5, "expected int"), (object(), "expected int")],
)
def test_a_default_of_another_type_is_refused(default: object, expected: str) -> None:
    def f(x: int = 0) -> None: ...

    f.__defaults__ = (default,)
    with pytest.raises(InputError, match=rf"test_whole.py:\d+: x: the default .* doesn't fit, {expected}"):
        read_signature(f)


def test_a_default_that_holds_itself_is_refused() -> None:
    def f(x: object = None) -> None: ...

    endless: list[object] = []
    endless.append(endless)
    f.__defaults__ = (endless,)
    with pytest.raises(InputError, match="doesn't fit, expected plain data, such as JSON holds"):
        read_signature(f)


def test_a_default_that_is_no_option_is_refused() -> None:
    def f(x: Literal["a", "b"] = "c") -> None: ...  # type: ignore[assignment]  # the mistake under test

    with pytest.raises(InputError, match="the default 'c' doesn't fit, expected one of 'a', 'b'"):
        read_signature(f)


def test_without_annotation_a_default_says_what_a_list_holds() -> None:
    def f(a=[1, 2], b={"x"}, c=(1, "a"), d=Path("a")): ...  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, B006  # under test

    found = [(each.meaning.type, each.meaning.is_list) for each in read_signature(f).inputs]
    assert found == [("int", True), ("str", True), ("any", True), ("path", False)]


class Mute:
    """A value that can be neither compared nor shown."""

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("asked")

    def __repr__(self) -> str:
        raise RuntimeError("asked")

    def __bool__(self) -> bool:
        raise RuntimeError("asked")


def test_a_default_is_neither_compared_nor_asked_for_its_truth() -> None:
    def f(x: int = Mute()) -> None: ...  # type: ignore[assignment]  # the mistake under test

    with pytest.raises(InputError, match=r"x: the default <Mute instance at .*> doesn't fit, expected int"):
        read_signature(f)


def test_a_default_without_annotation_that_json_cannot_hold_is_refused() -> None:
    def f(x=None): ...  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # under test

    f.__defaults__ = (Mute(),)
    with pytest.raises(InputError, match="doesn't fit, expected plain data, such as JSON holds"):
        read_signature(f)


@attrs.frozen
class Weights:
    small: float
    count: ClassVar[int] = 0


class Metrics(pydantic.BaseModel):
    loss: float


async def awaited() -> float:
    return 0.5


def progressing() -> Generator[float, None, Scores]:
    yield 0.5
    return Scores(0.0, 1.0)


def stepping() -> Iterator[float]:
    yield 0.5


@pytest.mark.parametrize(
    ("annotation", "names"),
    [
        (Weights, ["small"]),
        (Metrics, ["loss"]),
        (Annotated[float, "the loss"], ["result"]),
        (Annotated[Scores, "both"], ["loss", "accuracy"]),
        (Awaitable[float], ["result"]),
        (NoReturn, []),
    ],
)
def test_outputs_are_found_in_every_form_of_result(annotation: object, names: list[str]) -> None:
    assert [output.name for output in outputs_of(None, annotation).outputs] == names


@pytest.mark.parametrize(
    ("function", "names"), [(awaited, ["result"]), (progressing, ["loss", "accuracy"]), (stepping, [])]
)
def test_outputs_of_a_generator_are_what_it_returns(function: Callable[[], object], names: list[str]) -> None:
    assert [output.name for output in read_signature(function).outputs] == names


@pytest.mark.parametrize(
    ("annotation", "names", "form"),
    [
        (float, ["loss"], "whole"),
        (tuple[float, int], ["loss", "steps"], "items"),
        (tuple[float, ...], ["loss", "steps"], "items"),
        (dict[str, float], ["loss", "steps"], "keys"),
        (None, ["loss"], "whole"),
    ],
)
def test_outputs_may_be_named(annotation: object, names: list[str], form: str) -> None:
    found = outputs_of(None, annotation, names)
    assert ([output.name for output in found.outputs], found.form) == (names, form)


@pytest.mark.parametrize(
    ("annotation", "names", "problem"),
    [
        (float, ["a", "b"], "2 names for one value, expected a tuple of so many values"),
        (tuple[float, int], ["a"], "1 names for 2 values, expected a name for each"),
        (Scores, ["a"], "its fields have names, expected no outputs"),
    ],
)
def test_names_that_fit_no_value_are_refused(annotation: object, names: list[str], problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        outputs_of(None, annotation, names)
