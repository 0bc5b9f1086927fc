"""What queries mean, said a second time and as plainly as can be, for the forms that `queries` makes."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from math import isnan

from polyaxon_sdk.query import And, Condition, Node, Or

__all__ = ["holds"]

KEYED = {
    "params": "inputs",
    "in": "inputs",
    "metrics": "outputs",
    "meta_flags": "meta_info",
}
SIGNS = {"=>": ">=", ">=": ">=", "<=": "<=", ">": ">", "<": "<"}
OPPOSITE = {">=": "<", "<=": ">", ">": "<=", "<": ">="}


def holds(query: Node, run: Mapping[str, object], now: float) -> bool:
    """Whether a run matches."""
    if isinstance(query, And):
        return min(holds(term, run, now) for term in query.terms)
    if isinstance(query, Or):
        return max(holds(term, run, now) for term in query.terms)
    return _condition(query, run, now)


def _condition(condition: Condition, run: Mapping[str, object], now: float) -> bool:
    field, _, key = condition.field.partition(".")
    values = _values(run, field, key)
    text = condition.operation
    if text == "_any_":
        return True
    negated, text = text.startswith("~"), text.removeprefix("~")
    if text == "nil":
        return (values == []) is not negated
    sign = next((sign for sign in SIGNS if text.startswith(sign)), None)
    if sign:
        rest = text.removeprefix(sign)
        order = OPPOSITE[SIGNS[sign]] if negated else SIGNS[sign]
        return any(_ordered(field, value, order, rest) for value in values)
    hit = any(_equal(field, value, text, now) for value in values)
    if negated:
        return not hit and (values != [] or field not in KEYED)
    return hit


def _values(run: Mapping[str, object], field: str, key: str) -> list[object]:
    value = run.get(KEYED.get(field, field))
    if field in KEYED:
        value = value.get(key) if isinstance(value, dict) else None
    if isinstance(value, dict):
        value = value["name"]
    return [each for each in (value if isinstance(value, list) else [value]) if each is not None]


def _ordered(field: str, value: object, order: str, limit: str) -> bool:
    one: object
    other: object
    if field.endswith("_at"):
        one, other = value, _day(limit).timestamp()
    elif _number(limit) is not None and limit not in ("true", "false"):
        one, other = value, _number(limit)
        if not isinstance(one, int | float):
            return False
    else:
        one, other = value, limit
        if not isinstance(one, str):
            return False
    return {">=": one >= other, "<=": one <= other, ">": one > other, "<": one < other}[order]  # type: ignore[operator]  # of one kind by now


def _equal(field: str, value: object, text: str, now: float) -> bool:
    if field.endswith("_at"):
        return _at(value, text, now)
    if "|" in text:
        return any(_equal(field, value, part, now) for part in text.split("|"))
    if "%" in text:
        return _like(_shown(value).lower(), text.lower())
    number = _number(text)
    if field == "meta_flags":
        return isinstance(value, int | float) and bool(value) is (text == "true")
    if field in ("metrics", "duration"):
        return isinstance(value, int | float) and _same(float(value), number)
    if _shown(value) == text:
        return True
    keyed_number = field in KEYED and isinstance(value, int | float) and number is not None
    return keyed_number and _same(float(value), number)  # type: ignore[arg-type]  # a number, as was just asked


def _at(value: object, text: str, now: float) -> bool:
    moment = datetime.fromtimestamp(value, UTC)  # type: ignore[arg-type]  # runs hold seconds here
    if text == "last_month":
        return moment >= datetime.fromtimestamp(now, UTC) - timedelta(days=30)
    first, _, last = text.partition("..")
    return _day(first) <= moment <= _day(last) if last else moment.date() == _day(first).date()


def _like(text: str, pattern: str) -> bool:
    part = pattern.strip("%")
    if pattern.startswith("%") and pattern.endswith("%"):
        return part in text
    return text.endswith(part) if pattern.startswith("%") else text.startswith(part)


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _same(one: float, other: float | None) -> bool:
    return other is not None and (one == other or (isnan(one) and isnan(other)))


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
