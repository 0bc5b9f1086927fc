"""A distribution takes each way to write its value, from Python as from files."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from polyaxon_sdk import polyflow
from polyaxon_sdk.polyflow import V1HpChoice, V1HpPChoice, V1HpRange, read
from polyaxon_sdk.polyflow.problems import SpecError

PARTS: dict[str, Any] = {
    "V1HpRange": {"start": 0.0, "stop": 10.0, "step": 2.0},
    "V1HpLinSpace": {"start": 0.0, "stop": 1.0, "num": 5},
    "V1HpLogSpace": {"start": -4.0, "stop": -1.0, "num": 4},
    "V1HpGeomSpace": {"start": 1.0, "stop": 100.0, "num": 3},
    "V1HpDateRange": {"start": "2024-01-01", "stop": "2024-01-10", "step": 1.0},
    "V1HpDateTimeRange": {"start": "2024-01-01", "stop": "2024-01-02", "step": 3600.0},
    "V1HpUniform": {"low": 0.0, "high": 1.0},
    "V1HpQUniform": {"low": 0.0, "high": 10.0, "q": 2.0},
    "V1HpLogUniform": {"low": -7.0, "high": 0.0},
    "V1HpQLogUniform": {"low": 0.0, "high": 5.0, "q": 1.0},
    "V1HpNormal": {"loc": 0.0, "scale": 1.0},
    "V1HpQNormal": {"loc": 0.0, "scale": 5.0, "q": 1.0},
    "V1HpLogNormal": {"loc": 0.0, "scale": 1.0},
    "V1HpQLogNormal": {"loc": 0.0, "scale": 1.0, "q": 1.0},
}
VALUES: dict[str, Any] = {
    **PARTS,
    "V1HpChoice": ["adam", "sgd"],
    "V1HpPChoice": [["adam", 0.7], ["sgd", 0.3]],
}


def ways(name: str) -> list[Any]:
    """All ways to write the value of a distribution."""
    parts = list(PARTS[name].values())
    return [PARTS[name], parts, tuple(parts), ":".join(map(str, parts))]


@pytest.mark.parametrize("name", PARTS)
def test_each_way_gives_the_same(name: str) -> None:
    distribution = getattr(polyflow, name)
    expected = read(distribution, {"value": PARTS[name]})
    assert [distribution(value=way) for way in ways(name)] == [expected] * 4


@pytest.mark.parametrize("name", VALUES)
def test_what_a_file_may_say_python_may_say(name: str) -> None:
    distribution = getattr(polyflow, name)
    assert distribution(value=VALUES[name]) == read(distribution, {"value": VALUES[name]})


@pytest.mark.parametrize("name", VALUES)
def test_a_template_stays_one(name: str) -> None:
    assert getattr(polyflow, name)(value="{{ values }}").value == "{{ values }}"


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("value", [5, True, {"a": 1}, "abc"], ids=repr)
def test_any_other_value_is_refused_in_a_line(name: str, value: object) -> None:
    with pytest.raises(SpecError, match=r"^value[.:]"):
        getattr(polyflow, name)(value=value)


@pytest.mark.parametrize(
    ("kind", "fields", "value"),
    [
        ("V1HpChoice", {"value": None}, []),
        ("V1HpChoice", {"value": []}, []),
        ("V1HpPChoice", {"value": []}, []),
        *[(name, {}, None) for name in (*PARTS, "V1HpPChoice")],
        *[(name, {"value": None}, None) for name in (*PARTS, "V1HpPChoice")],
    ],
)
def test_no_values_are_read_as_written(kind: str, fields: Any, value: Any) -> None:
    assert read(getattr(polyflow, kind), fields).value == value


def test_a_choice_says_its_values() -> None:
    with pytest.raises(SpecError, match=r"^value: missing"):
        read(V1HpChoice, {})


@pytest.mark.parametrize(
    ("kind", "value", "line"),
    [
        ("V1HpLinSpace", "0:1:0", "value.num: 0 is not allowed, expected more than 0"),
        ("V1HpQUniform", "0:1:0", "value.q: 0.0 is not allowed, expected more than 0"),
        ("V1HpRange", [0, 1, 0], "value.step: 0.0 is not allowed, expected more than 0"),
        (
            "V1HpPChoice",
            [["a", 0]],
            r"value\[0\]: \['a', 0\] is not allowed, expected a value and its probability",
        ),
    ],
)
def test_a_figure_that_leads_nowhere_is_refused(kind: str, value: Any, line: str) -> None:
    with pytest.raises(SpecError, match=f"^{line}"):
        read(getattr(polyflow, kind), {"value": value})


@pytest.mark.parametrize("num", [5, 5.0, "5"])
def test_a_count_may_be_a_whole_float_or_text(num: Any) -> None:
    assert read(polyflow.V1HpLinSpace, {"value": [0, 1, num]}).value.num == 5  # type: ignore[union-attr]  # no template


def test_pairs_may_be_tuples_and_dates_dates() -> None:
    pairs: Any = (("adam", 0.7), ("sgd", 0.3))
    assert V1HpPChoice(value=pairs) == V1HpPChoice(value=[["adam", 0.7], ["sgd", 0.3]])
    days: Any = [date(2024, 1, 1), date(2024, 1, 10), 1]
    assert polyflow.V1HpDateRange(value=days).value.start == "2024-01-01"  # type: ignore[union-attr]  # no template


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        (
            [["adam", 1.0]],
            r"value\[0\]: .* expected a value and its probability, a fraction from 0\.0 to below 1",
        ),
        ([["adam", -0.1]], r"value\[0\]: .* a fraction from 0\.0 to below 1"),
        ([["adam", True]], r"value\[0\]: .* a fraction from 0\.0 to below 1"),
        ([["adam", 0.7], ["sgd", 0.7]], r"value: the probabilities sum to 1\.4, expected at most 1"),
    ],
)
def test_a_probability_is_below_one_and_so_is_their_sum(pairs: Any, message: str) -> None:
    with pytest.raises(SpecError, match=message):
        V1HpPChoice(value=pairs)


def test_the_ways_are_told_where_none_is_taken() -> None:
    with pytest.raises(
        SpecError, match=r"^value: 5 is not allowed, expected start:stop:step as a mapping, a list or text$"
    ):
        V1HpRange(value=5)
    with pytest.raises(SpecError, match=r"^value: 'abc' is not allowed, expected a list or a template$"):
        V1HpChoice(value="abc")
