"""Conditions that are valid, and that no run can meet: what may be meant instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from polyaxon_sdk.exceptions import did_you_mean
from polyaxon_sdk.query import RUNS, Condition, Filter, Node, conditions_of, filter_of, span
from polyaxon_sdk.runs.status import STATUSES

__all__ = ["advice_on"]

_NEXT = re.compile(r"\s([a-z_]\w*)(\.[^\s:]+)?\s*:", re.ASCII | re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_AS_PYTHON = {"True": "true", "False": "false", "None": "nil"}


def advice_on(query: Node) -> Iterator[str]:
    """A line for each condition of a query without mistakes that is likely to be meant otherwise.

    >>> from polyaxon_sdk.query import parse_query
    >>> list(advice_on(parse_query("status:succeded")))
    ["there is no status 'succeded', did you mean 'succeeded'?"]
    """
    for condition in conditions_of(query):
        line = next(_of(condition), None)
        if line is not None:
            yield line


def _of(condition: Condition) -> Iterator[str]:
    """What may be wrong with it, the most likely first."""
    written = condition.operation.strip()
    asked = filter_of(condition)
    if (second := _NEXT.search(_QUOTED.sub("", written))) and _is_field(second[1]):
        yield f"{written!r} is one value of {condition.field!r}: conditions are joined by a comma, AND or OR"
    if written.lstrip("~<>= ").startswith('"') and _QUOTED.sub("", written).count('"') % 2:
        yield f"the quote in {f'{condition.field}:{written}'!r} is not closed: it is looked for as a sign"
    yield from _of_values(condition.field, asked, written)
    if asked.found.field.family == "datetime" and asked.operation.op == "..":
        first, last = (span(operand.text).start for operand in asked.operation.operands)
        if last < first:
            yield f"the range {written!r} of {condition.field!r} ends before it begins"


def _of_values(name: str, asked: Filter, written: str) -> Iterator[str]:
    field, operation = asked.found.field, asked.operation
    for operand in operation.operands if operation.op in {"=", "|"} else ():
        text = operand.text
        is_bare = f'"{text}"' not in written
        if field.name == "status" and text not in STATUSES:
            yield f"there is no status {text!r}{did_you_mean(text, sorted(STATUSES))}"
        if field.family in {"word", "value"} and is_bare and _is_pattern(text):
            yield f"{name!r} takes no patterns, and so {text!r} is the whole value: name, description and uuid do"
        if field.family == "value" and is_bare and text in _AS_PYTHON:
            yield f"{text!r} is a text: {_AS_PYTHON[text]} is what Python calls {text}"


def _is_pattern(text: str) -> bool:
    return len(text) > 1 and (text.startswith("%") or text.endswith("%"))


def _is_field(name: str) -> bool:
    return name.lower() in RUNS.fields
