"""One run as rows of the index."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import isnan
from typing import NamedTuple

from polyaxon_sdk.index.record import TIME_FIELDS, record_of, series_of
from polyaxon_sdk.query import Record
from polyaxon_sdk.query.comparing import number_of, text_of
from polyaxon_sdk.runs.damage import GARBAGE, damage_of_files, tells_no_run
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.identity import state_of
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.runs.telling import TEXTS

__all__ = ["FIELD", "KEYED", "Entry", "Floats", "Rows", "Series", "as_text", "rows_of", "rows_of_state"]

Row = dict[str, object]
Key = tuple[str, str]
Series = tuple[tuple[str, str | None, str | None], ...]

KEYED = ("inputs", "outputs", "meta_info")
"""Fields that hold values by name."""

LISTED = (
    "tags",
    "in_artifact_kind",
    "out_artifact_kind",
    "commit",
    "framework",
    "connections",
    "queue",
    "agent",
)
"""Fields that hold several values."""

_SHAPES = 256
"""Sets of names that are kept in mind: thousands of runs have the same."""

FIELD = ""
"""The name under which a field that is not keyed has its values."""


class Entry(NamedTuple):
    """One value for searching.

    Attributes:
        key: the field, and which of its values.
        position: its number in a list.
        type: `t`ext, `b`oolean, `i`nteger, `f`loat, NaN (`x`) or other `j`SON.
        number: what it is as a number; NaN has none, as databases differ on it.
        text: what it is as a text; a number has none but one that a float can't hold.
    """

    key: Key
    position: int
    type: str
    number: float | None
    text: str | None


class Floats(NamedTuple):
    """The values for searching that are one float each: nearly all of most runs, and so kept side by side.

    Attributes:
        keys: the field, and which of its values, of each; one object for all runs that have the same.
    """

    keys: tuple[Key, ...] = ()
    numbers: Sequence[float] = ()


class Rows(NamedTuple):
    """What the index holds of one run; all rows but that of `runs` lack the run's id.

    Attributes:
        entries: the values for searching but for the floats.
        series: name, kind and path of each; one object for all runs that have the same.
        damage: a line for each file of the run that is not what was written.
    """

    run: Row
    document: Row
    floats: Floats
    entries: list[Entry]
    artifacts: list[Row]
    series: Series
    edges: list[Row]
    damage: list[str]


def rows_of(folder: RunFolder, *, looks: bool = True) -> Rows:
    """The rows of the run in `folder`; one that can't be read has a row that says so.

    Args:
        folder: the run.
        looks: whether its other files are looked at too, at a glance; those of a mirror are where they were brought.
    """
    found = _of_record(folder)
    if not (looks or folder.drained.exists()):
        return found
    try:
        return found._replace(damage=list(dict.fromkeys([*found.damage, *damage_of_files(folder)])))
    except OSError:  # the disk gives no answer now, or the run was deleted this moment
        return found


def _of_record(folder: RunFolder) -> Rows:
    try:
        state = read_run(folder)
        found = rows_of_state(state)
    except OSError as error:
        return _unread(folder.uuid, f"can't be read: {error.strerror}")
    except GARBAGE:  # whole lines that no writer of ours wrote
        return _unread(folder.uuid, "its record holds facts that can't be")
    if tells_no_run(state):
        return _unread(folder.uuid, "its record holds nothing that can be read")
    return found


def as_text(text: str) -> str:
    """A text that a database takes: lone surrogates and NUL are replaced."""
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def rows_of_state(state: RunState) -> Rows:
    """The rows of a run that is read."""
    record = record_of(state)
    return Rows(
        _run(state, record),
        _document(record),
        *_values(record),
        [_artifact(each, state_of(each)) for each in state.artifacts.values()],
        _series(state),
        _edges(state),
        state.damage,
    )


def _unread(uuid: str, problem: str) -> Rows:
    state = RunState(uuid)
    record = record_of(state)
    return Rows(
        {**_run(state, record), "problem": problem},
        _document(record),
        Floats(),
        [],
        [],
        (),
        [],
        [f"record: {problem.removeprefix('its record ')}"],
    )


_TEXTS = ("uuid", "status", *TEXTS)


def _run(state: RunState, record: Record) -> Row:
    texts = {name: _optional(getattr(state, name)) for name in _TEXTS}
    name, description = texts["name"], texts["description"]
    return {
        **texts,
        **{name: record[name] for name in TIME_FIELDS},
        "cwd": _optional(state.start.get("cwd")),
        "is_managed": text_of(bool(state.is_managed)),
        "problem": _optional("; ".join(state.problems) or None),
        "small_name": name and name.lower(),
        "small_description": description and description.lower(),
    }


def _document(record: Record) -> Row:
    return {name: _json(record[name]) for name in ("tags", "inputs", "outputs")}


def _json(value: object) -> str:
    return json.dumps(value)


def _values(record: Record) -> tuple[Floats, list[Entry]]:
    keys: list[Key] = []
    numbers: list[float] = []
    others: list[Entry] = []
    are_names_kept = True
    for family in KEYED:
        values = record[family]
        for name, value in values.items() if isinstance(values, Mapping) else ():
            key = _key(family, name)
            are_names_kept &= key[1] == name
            if type(value) is float and value == value:
                keys.append(key)
                numbers.append(value)
            else:
                others += _listed(key, value)
    for family in LISTED:
        others += _listed((family, FIELD), _called(record[family]))
    if are_names_kept:
        return Floats(_once(tuple(keys)), numbers), others
    floats = [Entry(key, 0, "f", number, None) for key, number in zip(keys, numbers, strict=True)]
    found = {(each.key, each.position): each for each in [*floats, *others]}  # two may have become one
    return Floats(), list(found.values())


@lru_cache(maxsize=_SHAPES)
def _once(keys: tuple[Key, ...]) -> tuple[Key, ...]:
    """The same keys as one object, that goes from one process to another once for many runs."""
    return keys


def _called(values: object) -> object:
    """The values of a field that holds several, those that have a name by it."""
    if not isinstance(values, list):
        return values
    return [each["name"] if isinstance(each, dict) else each for each in values]


@lru_cache(maxsize=1 << 14)
def _key(family: str, name: object) -> Key:
    """A field and the name of one of its values, as a database takes it: the same ones in thousands of runs."""
    return family, as_text(str(name))


def _listed(key: tuple[str, str], value: object) -> list[Entry]:
    if not isinstance(value, list):
        return [] if value is None else [Entry(key, 0, *_value(value))]
    held = [item for item in value if item is not None]
    return [Entry(key, position, *_value(item)) for position, item in enumerate(held)]


def _value(value: object) -> tuple[str, float | None, str | None]:
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


def _artifact(artifact: Mapping[str, object], state: str | None) -> Row:
    texts = {name: _optional(artifact.get(name)) for name in ("kind", "path")}
    return {
        "name": as_text(str(artifact.get("name"))),
        **texts,
        "state": _optional(state),
        "is_input": bool(artifact.get("is_input")),
    }


def _series(state: RunState) -> Series:
    found = tuple((each["name"], each["kind"], each["path"]) for each in series_of(state))
    try:
        return _as_texts(found)
    except TypeError:  # a file holds something else, of which nothing is kept in mind
        return _as_texts.__wrapped__(found)


@lru_cache(maxsize=_SHAPES)
def _as_texts(found: tuple[tuple[object, ...], ...]) -> Series:
    read = {(as_text(str(name)), _optional(kind), _optional(path)) for name, kind, path in found}
    return tuple(sorted(read, key=repr))


def _edges(state: RunState) -> list[Row]:
    return [
        {"upstream": as_text(each.uuid), "kind": as_text(each.kind), "taken": _json(each.values)}
        for each in state.upstream
    ]


def _optional(value: object) -> str | None:
    return None if value is None else as_text(text_of(value))
