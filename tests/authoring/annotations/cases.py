"""Every annotation that an input may have, with what is known of each."""

from __future__ import annotations

import collections
import dataclasses
import enum
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, NewType, NotRequired, Optional, TypedDict, Union
from uuid import UUID

import annotated_types
import attrs
import numpy
import pandas
import polars
import pydantic

HEX = "1d2c3b4a5968778695a4b3c2d1e0f9a8"


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Size(enum.Enum):
    SMALL = (1, 1)
    LARGE = (2, 2)


@dataclasses.dataclass
class Layer:
    size: int
    rate: float = 0.5


@dataclasses.dataclass(frozen=True)
class Net:
    layers: list[Layer]
    color: Color


@dataclasses.dataclass
class Tree:
    name: str
    children: list[Tree] = dataclasses.field(default_factory=list)


@attrs.frozen
class Optimizer:
    name: str
    _rate: float = 0.5


class Point(NamedTuple):
    x: int
    label: str = "a"


class Report(TypedDict):
    loss: float
    note: NotRequired[str]


class Model(pydantic.BaseModel):
    size: pydantic.PositiveInt
    color: Color = Color.RED


UserId = NewType("UserId", int)


class Case(NamedTuple):
    """An annotation, and what is known of it.

    Attributes:
        io: what the input says beside its name.
        value: one value of it, as the function has it.
        json: that value, as JSON has it.
        text: that value, as a person types it.
        refused: a text or JSON value that is none.
    """

    annotation: object
    io: Mapping[str, object]
    value: object
    json: object
    text: str
    refused: Any = None


def many(kind: str, **more: object) -> dict[str, object]:
    return {"type": kind, "isList": True, **more}


def checked(kind: str, **validation: object) -> dict[str, object]:
    return {"type": kind, "validation": validation}


MAPPING = {"type": "dict"}

CASES = {
    "int": Case(int, {"type": "int"}, 3, 3, "3", "1.5"),
    "float": Case(float, {"type": "float"}, 0.5, 0.5, "0.5", "half"),
    "int for float": Case(float, {"type": "float"}, 3.0, 3.0, "3", "x"),
    "bool": Case(bool, {"type": "bool"}, True, True, "true", "maybe"),
    "str": Case(str, {"type": "str"}, "ü 3", "ü 3", "ü 3"),
    "bytes": Case(bytes, {"type": "str"}, b"\x00abc", "AGFiYw==", "AGFiYw==", "not base64!"),
    "Path": Case(Path, {"type": "path"}, Path("a/b"), "a/b", "a/b"),
    "datetime": Case(
        datetime,
        {"type": "datetime"},
        datetime(2024, 2, 3, 4, 5),
        "2024-02-03T04:05:00",
        "2024-02-03 04:05",
        "soon",
    ),
    "date": Case(date, {"type": "date"}, date(2024, 2, 3), "2024-02-03", "2024-02-03", "2024-13-01"),
    "time": Case(time, {"type": "str"}, time(4, 5), "04:05:00", "04:05", "25:00"),
    "timedelta": Case(timedelta, {"type": "timedelta"}, timedelta(minutes=5), 300.0, "PT5M", "long"),
    "UUID": Case(UUID, {"type": "uuid"}, UUID(HEX), HEX, HEX, "12"),
    "Decimal": Case(Decimal, {"type": "str"}, Decimal("1.10"), "1.10", "1.10", "much"),
    "Enum": Case(Color, checked("str", options=["red", "blue"]), Color.BLUE, "blue", "blue", "green"),
    "IntEnum": Case(Level, checked("int", options=[1, 2]), Level.HIGH, 2, "2", 3),
    "Enum of tuples": Case(
        Size, checked("str", options=["SMALL", "LARGE"]), Size.LARGE, "LARGE", "LARGE", "HUGE"
    ),
    "Literal of texts": Case(
        Literal["adam", "sgd"], checked("str", options=["adam", "sgd"]), "sgd", "sgd", "sgd", "rmsprop"
    ),
    "Literal of ints": Case(Literal[1, 2], checked("int", options=[1, 2]), 2, 2, "2", 3),
    "Literal of both": Case(Literal[1, "a"], checked("any", options=[1, "a"]), "a", "a", "a", "b"),
    "Optional": Case(Optional[int], {"type": "int", "isOptional": True}, 3, 3, "3", "x"),  # noqa: UP045  # the old form
    "X | None": Case(int | None, {"type": "int", "isOptional": True}, 3, 3, "3", "x"),
    "Literal | None": Case(
        Literal["a"] | None,
        {**checked("str", options=["a"]), "isOptional": True},
        "a",
        "a",
        "a",
        "b",
    ),
    "Union": Case(Union[int, str], {"type": "any"}, "three", "three", "three"),  # noqa: UP007  # the old form
    "int in a union": Case(int | str, {"type": "any"}, 3, 3, "3"),
    "number as text in a union": Case(int | str, {"type": "any"}, "3", "3", '"3"'),
    "date in a union": Case(date | str, {"type": "any"}, date(2024, 2, 3), "2024-02-03", "2024-02-03"),
    "int before float in a union": Case(float | int, {"type": "any"}, 3, 3, "3", "x"),
    "list[int]": Case(list[int], many("int"), [1, 2], [1, 2], "[1, 2]", "[1, x]"),
    "list[float]": Case(list[float], many("float"), [1.0, 0.5], [1.0, 0.5], "[1, 0.5]", '["x"]'),
    "list[int | None]": Case(list[int | None], many("any"), [1, None], [1, None], "[1, null]", ["x"]),
    "Sequence": Case(Sequence[str], many("str"), ["a"], ["a"], '["a"]', "a"),
    "bare list": Case(list, many("any"), [1, "a"], [1, "a"], '[1, "a"]', "a"),
    "list of lists": Case(list[list[int]], many("list"), [[1], []], [[1], []], "[[1], []]", [["x"]]),
    "list of choices": Case(
        list[Literal["a", "b"]], many("str", validation={"options": ["a", "b"]}), ["b"], ["b"], '["b"]', ["c"]
    ),
    "set": Case(set[str], many("str"), {"b", "a"}, ["a", "b"], '["b", "a", "b"]', "a"),
    "frozenset": Case(frozenset[int], many("int"), frozenset({2, 1}), [1, 2], "[1, 2]", ["x"]),
    "deque": Case(collections.deque[int], many("int"), collections.deque([1, 2]), [1, 2], "[1, 2]", ["x"]),
    "tuple[int, ...]": Case(tuple[int, ...], many("int"), (1, 2), [1, 2], "[1, 2]", ["x"]),
    "bare tuple": Case(tuple, many("any"), (1, "a"), [1, "a"], '[1, "a"]', "a"),
    "tuple[int, str]": Case(
        tuple[int, str],
        many("any", validation={"minItems": 2, "maxItems": 2}),
        (1, "a"),
        [1, "a"],
        '[1, "a"]',
        [1],
    ),
    "dict[str, float]": Case(dict[str, float], MAPPING, {"a": 0.5}, {"a": 0.5}, '{"a": 0.5}', {"a": "x"}),
    "dict[int, Path]": Case(dict[int, Path], MAPPING, {1: Path("a")}, {"1": "a"}, '{"1": "a"}', {"x": "a"}),
    "bare dict": Case(dict, MAPPING, {"a": [1]}, {"a": [1]}, '{"a": [1]}', "a"),
    "Mapping": Case(Mapping[str, int], MAPPING, {"a": 1}, {"a": 1}, '{"a": 1}', "[1]"),
    "dataclass": Case(
        Layer,
        checked("dict", containsKeys=["size"]),
        Layer(3, 0.25),
        {"size": 3, "rate": 0.25},
        '{"size": 3, "rate": 0.25}',
        {"size": 3, "raet": 1},
    ),
    "frozen dataclass": Case(
        Net,
        checked("dict", keys=["layers", "color"]),
        Net([Layer(3)], Color.RED),
        {"layers": [{"size": 3, "rate": 0.5}], "color": "red"},
        '{"layers": [{"size": 3}], "color": "red"}',
        {"layers": [{"size": "x"}], "color": "red"},
    ),
    "dataclass of its own kind": Case(
        Tree,
        checked("dict", containsKeys=["name"]),
        Tree("a", [Tree("b")]),
        {"name": "a", "children": [{"name": "b", "children": []}]},
        '{"name": "a", "children": [{"name": "b"}]}',
        {"name": "a", "children": [{}]},
    ),
    "list of dataclasses": Case(
        list[Layer], many("dict"), [Layer(3)], [{"size": 3, "rate": 0.5}], '[{"size": 3}]', [{"size": "x"}]
    ),
    "attrs": Case(
        Optimizer,
        checked("dict", containsKeys=["name"]),
        Optimizer("adam", 0.25),
        {"name": "adam", "rate": 0.25},
        '{"name": "adam", "rate": 0.25}',
        {"rate": 1},
    ),
    "pydantic": Case(
        Model,
        checked("dict", containsKeys=["size"]),
        Model(size=3),
        {"size": 3, "color": "red"},
        '{"size": 3}',
        {"size": -1},
    ),
    "NamedTuple": Case(
        Point,
        checked("dict", containsKeys=["x"]),
        Point(3),
        {"x": 3, "label": "a"},
        '{"x": 3}',
        {"x": "y"},
    ),
    "TypedDict": Case(
        Report,
        checked("dict", containsKeys=["loss"]),
        {"loss": 0.5},
        {"loss": 0.5},
        '{"loss": 0.5}',
        {"note": "a"},
    ),
    "Annotated with a text": Case(
        Annotated[int, "how often"], {"type": "int", "description": "how often"}, 3, 3, "3", "x"
    ),
    "Ge and Le": Case(
        Annotated[float, annotated_types.Ge(0), annotated_types.Le(1)],
        checked("float", ge=0.0, le=1.0),
        0.5,
        0.5,
        "0.5",
        2,
    ),
    "Interval": Case(
        Annotated[int, annotated_types.Interval(gt=0, lt=10)], checked("int", gt=0.0, lt=10.0), 3, 3, "3", 10
    ),
    "MultipleOf": Case(
        Annotated[int, annotated_types.MultipleOf(8)], checked("int", multipleOf=8.0), 16, 16, "16", 12
    ),
    "length of a text": Case(
        Annotated[str, annotated_types.Len(1, 3)],
        checked("str", minLength=1, maxLength=3),
        "ab",
        "ab",
        "ab",
        "abcd",
    ),
    "length of a list": Case(
        Annotated[list[int], annotated_types.MinLen(2)],
        many("int", validation={"minItems": 2}),
        [1, 2],
        [1, 2],
        "[1, 2]",
        [1],
    ),
    "bounds of items": Case(
        list[Annotated[int, annotated_types.Gt(0)]], many("int", validation={"gt": 0.0}), [1], [1], "[1]", [0]
    ),
    "pydantic's Field": Case(
        Annotated[str, pydantic.Field(pattern="[ab]+$", description="letters")],
        {**checked("str", regex="[ab]+$"), "description": "letters"},
        "ab",
        "ab",
        "ab",
        "c",
    ),
    "a bound that only Python checks": Case(
        Annotated[date, annotated_types.Ge(date(2024, 1, 1))],
        {"type": "date"},
        date(2024, 2, 3),
        "2024-02-03",
        "2024-02-03",
        "2023-01-01",
    ),
    "Predicate": Case(
        Annotated[str, annotated_types.Predicate(str.islower)], {"type": "str"}, "a", "a", "a", "A"
    ),
    "NewType": Case(UserId, {"type": "int"}, 3, 3, "3", "x"),
    "Any": Case(Any, {"type": "any"}, "a", "a", "a"),
    "object": Case(dict[str, object], MAPPING, {"a": [1, None]}, {"a": [1, None]}, '{"a": [1, null]}'),
    "numpy number": Case(numpy.float32, {"type": "float"}, numpy.float32(0.5), 0.5, "0.5", "x"),
    "numpy array": Case(
        numpy.ndarray,
        {"type": "any"},
        numpy.array([[1.0, 2.0]]),
        [[1.0, 2.0]],
        "[[1.0, 2.0]]",
        "no such file",
    ),
    "numpy array of small numbers": Case(
        numpy.ndarray,
        {"type": "any"},
        numpy.array([1, 2], dtype="uint8"),
        {"dtype": "uint8", "values": [1, 2]},
        '{"dtype": "uint8", "values": [1, 2]}',
        {"dtype": "uint9", "values": []},
    ),
    "pandas table": Case(
        pandas.DataFrame,
        {"type": "any"},
        pandas.DataFrame({"a": [1, 2], "b": ["x", "y"]}),
        {"a": [1, 2], "b": ["x", "y"]},
        '{"a": [1, 2], "b": ["x", "y"]}',
        "no such file",
    ),
    "polars table": Case(
        polars.DataFrame,
        {"type": "any"},
        polars.DataFrame({"a": [1, 2]}),
        {"a": [1, 2]},
        '{"a": [1, 2]}',
        "no such file",
    ),
}
"""One a kind, and more where a kind has several forms."""
