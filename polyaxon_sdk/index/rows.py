"""One run as rows of the index."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from math import isnan
from typing import NamedTuple

from polyaxon_sdk.index.record import record_of
from polyaxon_sdk.query import Record
from polyaxon_sdk.query.comparing import number_of, text_of
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.identity import state_of
from polyaxon_sdk.runs.state import RunState, read_run

__all__ = ["FIELD", "KEYED", "Entry", "Rows", "as_text", "rows_of", "rows_of_state"]

Row = dict[str, object]

KEYED = ("inputs", "outputs", "meta_info")
"""Fields that hold values by name."""

LISTED = ("tags", "in_artifact_kind", "out_artifact_kind", "commit")
"""Fields that hold several values."""

FIELD = ""
"""The name under which a field that is not keyed has its values."""


class Entry(NamedTuple):
    """One value for searching.

    Attributes:
        family: the field.
        name: which of the field's values.
        position: its number in a list.
        type: `t`ext, `b`oolean, `i`nteger, `f`loat, NaN (`x`) or other `j`SON.
        number: what it is as a number; NaN has none, as databases differ on it.
        text: what it is as a text; a number has none but one that a float can't hold.
    """

    family: str
    name: str
    position: int
    type: str
    number: float | None
    text: str | None


class Rows(NamedTuple):
    """What the index holds of one run; all rows but that of `runs` lack the run's id."""

    run: Row
    document: Row
    entries: list[Entry]
    artifacts: list[Row]
    edges: list[Row]


def rows_of(folder: RunFolder) -> Rows:
    """The rows of the run in `folder`; one that can't be read has a row that says so."""
    try:
        state = read_run(folder)
        found = rows_of_state(state)
    except OSError as error:
        return _unread(folder.uuid, f"can't be read: {error.strerror}")
    except (AttributeError, LookupError, TypeError, ValueError):  # whole lines that no writer of ours wrote
        return _unread(folder.uuid, "its record holds facts that can't be")
    if state.created_at is None and not state.conditions:
        return _unread(folder.uuid, "its record holds nothing that can be read")
    return found


def as_text(text: str) -> str:
    """A text that a database takes: lone surrogates and NUL are replaced."""
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def rows_of_state(state: RunState) -> Rows:
    """The rows of a run that is read."""
    artifacts = [_artifact(each) for each in state.artifacts.values()]
    return Rows(_run(state), _document(state), list(_entries(record_of(state))), artifacts, _edges(state))


def _unread(uuid: str, problem: str) -> Rows:
    state = RunState(uuid)
    return Rows({**_run(state), "problem": problem}, _document(state), [], [], [])


_TEXTS = (
    "uuid",
    "name",
    "description",
    "owner",
    "project",
    "user",
    "kind",
    "runtime",
    "status",
    "managed_by",
    "original",
    "cloning_kind",
)
_TIMES = ("created_at", "updated_at", "started_at", "finished_at", "duration", "wait_time")


def _run(state: RunState) -> Row:
    texts = {name: _optional(getattr(state, name)) for name in _TEXTS}
    name, description = texts["name"], texts["description"]
    return {
        **texts,
        **{name: getattr(state, name) for name in _TIMES},
        "is_managed": text_of(bool(state.is_managed)),
        "problem": _optional("; ".join(state.problems) or None),
        "small_name": name and name.lower(),
        "small_description": description and description.lower(),
    }


def _document(state: RunState) -> Row:
    return {name: _json(getattr(state, name)) for name in ("tags", "inputs", "outputs")}


def _json(value: object) -> str:
    return json.dumps(value)


def _entries(record: Record) -> Iterator[Entry]:
    for family in KEYED:
        values = record[family]
        for name, value in values.items() if isinstance(values, Mapping) else ():
            yield from _listed(family, as_text(str(name)), value)
    for family in LISTED:
        yield from _listed(family, FIELD, record[family])


def _listed(family: str, name: str, value: object) -> Iterator[Entry]:
    if not isinstance(value, list):
        if value is not None:
            yield Entry(family, name, 0, *_value(value))
        return
    for position, item in enumerate(item for item in value if item is not None):
        yield Entry(family, name, position, *_value(item))


def _value(value: object) -> tuple[str, float | None, str | None]:
    if type(value) is float and value == value:
        return "f", value, None  # most values of most runs
    if isinstance(value, str):
        return "t", None, as_text(value)
    number = number_of(value)
    if number is None:
        return "j", None, as_text(text_of(value))
    if isnan(number):
        return "x", None, text_of(value)
    if isinstance(value, bool):
        return "b", number, text_of(value)
    if isinstance(value, float):
        return "f", number, None
    return "i", number, None if value == number else text_of(value)


def _artifact(artifact: Mapping[str, object]) -> Row:
    texts = {name: _optional(artifact.get(name)) for name in ("kind", "path")}
    return {
        "name": as_text(str(artifact.get("name"))),
        **texts,
        "state": _optional(state_of(artifact)),
        "is_input": bool(artifact.get("is_input")),
    }


def _edges(state: RunState) -> list[Row]:
    return [
        {"upstream": as_text(each.uuid), "kind": as_text(each.kind), "taken": _json(each.values)}
        for each in state.upstream
    ]


def _optional(value: object) -> str | None:
    return None if value is None else as_text(text_of(value))
