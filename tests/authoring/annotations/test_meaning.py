import enum
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Optional, Union
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyaxon_sdk.authoring.annotations import meaning_of
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1IO

HEX = "1d2c3b4a5968778695a4b3c2d1e0f9a8"


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Size(enum.Enum):
    SMALL = (1, 1)
    LARGE = (2, 2)


@pytest.mark.parametrize(
    ("annotation", "kind"),
    [
        (int, "int"),
        (float, "float"),
        (bool, "bool"),
        (str, "str"),
        (Path, "path"),
        (datetime, "datetime"),
        (date, "date"),
        (timedelta, "timedelta"),
        (UUID, "uuid"),
        (dict, "dict"),
        (dict[str, int], "dict"),
        (Mapping[str, float], "dict"),
        (Any, "any"),
        (int | str, "any"),
        (Literal["a", "b"], "str"),
        (Literal[1, 2], "int"),
        (Literal[1, "a"], "any"),
        (Color, "str"),
        (Size, "str"),
        (Annotated[int, "how often"], "int"),
    ],
)
def test_an_annotation_has_a_type(annotation: object, kind: str) -> None:
    meaning = meaning_of(annotation)
    assert (meaning.type, meaning.is_list) == (kind, False)


@pytest.mark.parametrize(
    ("annotation", "kind"),
    [
        (list[int], "int"),
        (list, "any"),
        (tuple[float, ...], "float"),
        (set[str], "str"),
        (list[list[int]], "list"),
        (tuple[int, str], "any"),
    ],
)
def test_a_collection_is_a_list_of_its_items_type(annotation: object, kind: str) -> None:
    meaning = meaning_of(annotation)
    assert (meaning.type, meaning.is_list) == (kind, True)


@pytest.mark.parametrize("annotation", [Optional[int], int | None, Union[int, None]])  # noqa: UP007, UP045  # old forms
def test_none_makes_it_optional(annotation: object) -> None:
    meaning = meaning_of(annotation)
    assert (meaning.type, meaning.is_optional, meaning.build(None)) == ("int", True, None)


@pytest.mark.parametrize(
    ("annotation", "options"),
    [
        (Literal["adam", "sgd"], ("adam", "sgd")),
        (Color, ("red", "blue")),
        (Size, ("SMALL", "LARGE")),
        (Literal["a"] | None, ("a",)),
        (list[Literal[1, 2]], (1, 2)),
    ],
)
def test_options_are_what_json_holds(annotation: object, options: tuple[object, ...]) -> None:
    assert meaning_of(annotation).options == options


def test_the_text_of_annotated_is_the_description() -> None:
    assert meaning_of(Annotated[int, 7, "how often"]).description == "how often"


@pytest.mark.parametrize("annotation", [complex, object(), type, list[complex]])
def test_a_type_that_no_input_has_is_refused(annotation: object) -> None:
    with pytest.raises(InputError, match="is no type of an input or output, expected a number, text"):
        meaning_of(annotation)


@pytest.mark.parametrize(
    ("annotation", "given_", "received"),
    [
        (float, "1", 1.0),
        (float, 1, 1.0),
        (Path, "a/b", Path("a/b")),
        (UUID, HEX, UUID(HEX)),
        (datetime, "2024-02-03T04:05:06", datetime(2024, 2, 3, 4, 5, 6)),
        (date, "2024-02-03", date(2024, 2, 3)),
        (timedelta, "PT5M", timedelta(minutes=5)),
        (Color, "blue", Color.BLUE),
        (Size, "LARGE", Size.LARGE),
        (list[Path], '["a"]', [Path("a")]),
        (set[int], [1, 2, 2], {1, 2}),
        (tuple[int, ...], "[1, 2]", (1, 2)),
        (dict[str, int], '{"a": 1}', {"a": 1}),
        (int | str, "3", "3"),
        (int | str, 3, 3),
        (float | str | None, "3", "3"),
        (bool | str, "true", "true"),
        (date | str, "2024-02-03", date(2024, 2, 3)),
        (date | str, '"2024-02-03"', "2024-02-03"),
        (int | date, "3", 3),
        (list[int | str], ["3", 3], ["3", 3]),
        (str | int, "three", "three"),
        (Path | None, "a", Path("a")),
    ],
)
def test_the_function_receives_its_own_types(annotation: object, given_: object, received: object) -> None:
    meaning = meaning_of(annotation)
    parsed = V1IO(name="x", type=meaning.type, is_list=meaning.is_list).parse(given_)
    assert meaning.build(parsed) == received


@pytest.mark.parametrize(
    ("annotation", "word", "json"),
    [
        (int | str, "3", 3),
        (int | str, '"3"', "3"),
        (int | str, "three", "three"),
        (int | str, "yes", "yes"),
        (bool | str, "yes", True),
        (float | Literal["auto"], "0.5", 0.5),
        (date | str, '"2024-02-03"', '"2024-02-03"'),
        (list[int | str], ["3", '"3"', "a"], [3, "3", "a"]),
        (tuple[str, int | str], ["3", "3"], ["3", 3]),
    ],
)
def test_a_word_is_what_it_looks_like_to_a_union(annotation: object, word: object, json: object) -> None:
    read = meaning_of(annotation).word
    assert read is not None
    assert read(word) == json


def test_none_is_a_value_where_a_literal_names_it() -> None:
    meaning = meaning_of(Literal["a", None])
    assert (meaning.spell(None), meaning.build(None), meaning.build("a")) == (None, None, "a")


def test_a_truth_value_is_no_number_of_a_union() -> None:
    with pytest.raises(InputError, match="True is of another type, expected int or str"):
        meaning_of(int | str).build(True)


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        (int, "3"),
        (int, 1.5),
        (float, "1.5"),
        (bool, 1),
        (str, 3),
        (list[int], "12"),
        (Color, "green"),
        (date, "x"),
    ],
)
def test_a_value_of_another_type_is_not_spelled(annotation: object, value: object) -> None:
    with pytest.raises(InputError, match=r"is of another type, expected|is not allowed, expected one of"):
        meaning_of(annotation).spell(value)


VALUES = st.one_of(
    st.tuples(st.just(int), st.integers()),
    st.tuples(st.just(float), st.floats(allow_nan=False, allow_infinity=False)),
    st.tuples(st.just(bool), st.booleans()),
    st.tuples(st.just(str), st.text()),
    st.tuples(st.just(UUID), st.uuids()),
    st.tuples(st.just(datetime), st.datetimes()),
    st.tuples(st.just(date), st.dates()),
    st.tuples(st.just(timedelta), st.timedeltas(max_value=timedelta(days=999), min_value=timedelta(0))),
    st.tuples(st.just(list[float]), st.lists(st.floats(allow_nan=False, allow_infinity=False))),
    st.tuples(st.just(Color), st.sampled_from(Color)),
    st.tuples(st.just(Size), st.sampled_from(Size)),
    st.tuples(st.just(int | None), st.none() | st.integers()),
)


@settings(deadline=None)
@given(VALUES)
def test_a_value_comes_back_from_json_as_it_was(pair: tuple[object, object]) -> None:
    annotation, value = pair
    meaning = meaning_of(annotation)
    io = V1IO(name="x", type=meaning.type, is_list=meaning.is_list, is_optional=True)
    assert meaning.build(io.parse(meaning.spell(value))) == value
