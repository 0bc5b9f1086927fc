from re import escape

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query import Family, Op, parse_operation
from polyaxon_sdk.types import Json


@pytest.mark.parametrize(
    ("family", "text", "op", "params"),
    [
        ("value", "adam", "=", "adam"),
        ("value", "12", "=", 12),
        ("value", "true", "=", True),
        ("value", "[1]", "=", [1]),
        ("value", "007", "=", "007"),
        ("value", "=5", "=", "=5"),
        ("value", "%a%", "=", "%a%"),
        ("value", "a|b", "|", ["a", "b"]),
        ("value", " 1 | b |", "|", [1, "b"]),
        ("value", "<=3", "<=", 3),
        ("value", "<>3", "<", ">3"),
        ("value", ">=adam", ">=", "adam"),
        ("value", "nil", "nil", None),
        ("word", "running|failed", "|", ["running", "failed"]),
        ("search", "cat", "=", "cat"),
        ("search", "a%b", "=", "a%b"),
        ("search", "%cat%", "%%", "cat"),
        ("search", "% cat %%", "%%", "cat"),
        ("search", "cat%", "_%", "cat"),
        ("search", "%cat", "%_", "cat"),
        ("scalar", "=>0.1", ">=", 0.1),
        ("scalar", "=<0.1", "<=", 0.1),
        ("scalar", "< 5", "<", 5),
        ("scalar", "1e-3", "=", 0.001),
        ("scalar", "nan", "=", "nan"),
        ("scalar", "true", "=", True),
        ("memory", ">512Mi", ">", 512 * 2**20),
        ("cpu", "<500m", "<", 0.5),
        ("datetime", "2024-01-01 .. 2024-02-01", "..", ["2024-01-01", "2024-02-01"]),
        ("datetime", ">=2024-01-01 09:30", ">=", "2024-01-01 09:30"),
        ("datetime", "last_month", "=", "last_month"),
        ("bool", "True", "=", True),
    ],
)
def test_a_text_becomes_an_operation(family: Family, text: str, op: Op, params: Json) -> None:
    found = parse_operation(family, text)
    assert (found.op, found.params, found.negation) == (op, params, False)


@pytest.mark.parametrize(
    ("family", "text", "op", "params"),
    [
        ("search", '"%a%"', "=", "%a%"),
        ("value", '"a|b"', "=", "a|b"),
        ("value", '"../data"', "=", "../data"),
        ("value", '">3"', "=", ">3"),
        ("value", '"nil"', "=", "nil"),
        ("value", '"null"', "=", "null"),
        ("value", '""', "=", ""),
        ("value", '"a|b"|"c"', "|", ["a|b", "c"]),
        ("value", '>"a|b"', ">", "a|b"),
    ],
)
def test_what_is_quoted_is_a_text_as_it_stands(family: Family, text: str, op: Op, params: Json) -> None:
    found = parse_operation(family, text)
    assert (found.op, found.params) == (op, params)


@pytest.mark.parametrize(
    ("family", "text", "op", "params"),
    [
        ("scalar", "~-3", "=", -3),
        ("scalar", "~<0.1", "<", 0.1),
        ("value", " ~ a|b ", "|", ["a", "b"]),
        ("search", "~%a%", "%%", "a"),
        ("datetime", "~nil", "nil", None),
        ("value", '~"~a"', "=", "~a"),
        ("value", "~~5", "=", "~5"),
    ],
)
def test_a_tilde_asks_for_the_opposite(family: Family, text: str, op: Op, params: Json) -> None:
    found = parse_operation(family, text)
    assert (found.op, found.params, found.negation) == (op, params, True)


@pytest.mark.parametrize(
    ("family", "text", "line"),
    [
        ("value", "", "a value is missing, expected one such as running, <0.1 or nil"),
        ("value", "~", "a value is missing"),
        ("value", ">", "a value is missing"),
        ("value", "null", "null is no value to look for, expected nil, or the text in quotes"),
        ("value", "1..2", "'1..2' is a range, expected a value such as adam"),
        ("value", "|", "'|' lists fewer than two values, expected values such as adam|sgd"),
        ("value", "a|", "'a|' lists fewer than two values"),
        ("value", ">1|2", "'>1|2' compares with a list, expected one value, or conditions joined by OR"),
        ("word", ">3", "'>3' is a comparison, expected a value such as running"),
        ("search", ">3", "'>3' is a comparison, expected a text such as cnn"),
        ("search", "%", "'%' is no pattern, expected one such as %part%, start% or %end"),
        ("search", "%a%b%", "'%a%b%' is no pattern"),
        ("search", "%a%|b", "pattern '%a%' stands in a list, expected patterns joined by OR"),
        ("scalar", "good", "'good' is no number, expected one such as 0.1"),
        ("scalar", "=5", "'=5' is no number"),
        ("scalar", "1|2", "'1|2' is a list of values, expected a number such as 0.1 or <0.1"),
        ("scalar", "1..2", "'1..2' is a range"),
        ("datetime", "a|b", "'a|b' is a list of values, expected a moment, or a range"),
        ("datetime", "2024-01-01 ..", "'2024-01-01 ..' is no range, expected two ends"),
        ("memory", "much", "'much' is not an amount of memory, expected bytes, or such as 512Mi"),
        ("cpu", "much", "'much' is not an amount of cpu, expected cores, or such as 500m"),
        ("bool", "maybe", "'maybe' is neither true nor false"),
        ("bool", ">true", "'>true' is a comparison, expected true or false"),
    ],
)
def test_a_mistake_takes_one_line(family: Family, text: str, line: str) -> None:
    with pytest.raises(InputError, match="^" + escape(line)):
        parse_operation(family, text)


def test_a_mistake_shows_no_more_than_the_beginning() -> None:
    with pytest.raises(InputError, match=r"^'x{39}…' is no number"):
        parse_operation("scalar", "x" * 1000)
