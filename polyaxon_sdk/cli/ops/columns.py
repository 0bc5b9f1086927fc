"""What a list of runs shows of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from rich.text import Text

from polyaxon_sdk.cli.documents import json_text
from polyaxon_sdk.cli.show import brief, day, lasting, status_text
from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.index.run_row import RunRow
from polyaxon_sdk.query import RUNS

__all__ = ["COLUMNS", "CSV", "PLACES", "VALUES", "Cell", "chosen_columns", "unfilled", "value_of"]

Cell = Callable[[RunRow], str | Text]

_KEYED = {"inputs": "inputs", "params": "inputs", "in": "inputs"}
_KEYED |= dict.fromkeys(("outputs", "out", "metrics"), "outputs")
_TIMES = frozenset({"created_at", "updated_at", "started_at", "finished_at"})
_LASTING = frozenset({"duration", "wait_time"})
_WORDS = re.compile(r'(?:"(?:\\.|[^"\\])*"|[^,])+')


def _values(values: dict[str, object]) -> str:
    return " ".join(f"{name}={brief(value)}" for name, value in values.items())


COLUMNS: Mapping[str, Cell] = {
    "UUID": lambda row: row.uuid[:12],
    "NAME": lambda row: row.name or "-",
    "STATUS": lambda row: status_text(row.status),
}
PLACES: Mapping[str, Cell] = {
    "PROJECT": lambda row: row.project or "-",
    "CREATED": lambda row: day(row.created_at),
    "DURATION": lambda row: lasting(row.duration),
}
VALUES: Mapping[str, Cell] = {
    "INPUTS": lambda row: _values(row.inputs),
    "OUTPUTS": lambda row: _values(row.outputs),
}

CSV = tuple(name for name in RunRow._fields if name not in {"problem", "damage"})
"""The columns of a list for programs, where none are chosen."""


def chosen_columns(names: str) -> Mapping[str, Cell]:
    """The columns that a text with commas names: fields of runs, `inputs.NAME`, `outputs.NAME`, `metrics.NAME`.

    A name may stand in quotes, as in queries.

    Raises:
        InputError: there is no such column.
    """
    found: dict[str, Cell] = {}
    for name in _names(names):
        family, dot, _ = name.partition(".")
        if not (dot and family in _KEYED) and name.lower() not in RunRow._fields:
            known = [*RunRow._fields, "inputs.NAME", "outputs.NAME", "metrics.NAME"]
            expected = f"one of {', '.join(known)}"
            raise InputError(f"no column {name!r}", expected=expected, hint=did_you_mean(name, known))
        found[name if dot else name.upper()] = partial(_shown, name=name if dot else name.lower())
    return found


def _names(text: str) -> Iterator[str]:
    """The names of columns between commas, without the quotes that may hold some of them."""
    for word in map(str.strip, _WORDS.findall(text) or [text]):
        family, dot, key = word.partition(".")
        is_quoted = family in _KEYED and key.startswith('"') and key.endswith('"')
        yield f"{family}{dot}{RUNS.find(word).key}" if is_quoted else word


def value_of(row: RunRow, name: str) -> object:
    """The value that a row has in a column, for programs: a list or an object as JSON."""
    family, dot, key = name.partition(".")
    value = _held(row, family, key) if dot else getattr(row, name)
    return json_text(value) if isinstance(value, list | dict) else value


def unfilled(names: str, rows: Sequence[RunRow]) -> Iterator[str]:
    """A line for each named value that a text with commas asks for and that none of the rows has."""
    for name in _names(names):
        family, dot, key = name.partition(".")
        if dot and rows and all(_held(row, family, key) is None for row in rows):
            known = sorted({known for row in rows for known in getattr(row, _KEYED[family])})
            yield f"no run here has {name!r}{did_you_mean(key, known)}"


def _held(row: RunRow, family: str, key: str) -> object:
    return getattr(row, _KEYED[family]).get(key)


def _shown(row: RunRow, *, name: str) -> str | Text:
    value = value_of(row, name)
    if name == "status":
        return status_text(row.status)
    if name in _TIMES:
        return day(getattr(row, name))
    if name in _LASTING:
        return lasting(getattr(row, name))
    return "-" if value is None else brief(value)
