"""One run as rows of the index."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState, read_run

__all__ = ["Rows", "rows_of"]

Row = dict[str, object]


class Rows(NamedTuple):
    """What the index holds of one run; the rows of `entries` and `artifacts` lack the run's id."""

    run: Row
    entries: list[Row]
    artifacts: list[Row]


def rows_of(folder: RunFolder) -> Rows:
    """The rows of the run in `folder`; one that can't be read has a row that says so."""
    try:
        state = read_run(folder)
        found = Rows(
            _run(state), list(_entries(state)), [_artifact(each) for each in state.artifacts.values()]
        )
    except OSError as error:
        return _unread(folder.uuid, f"can't be read: {error.strerror}")
    except (AttributeError, LookupError, TypeError, ValueError):  # whole lines that no writer of ours wrote
        return _unread(folder.uuid, "its record holds facts that can't be")
    if state.created_at is None and not state.conditions:
        return _unread(folder.uuid, "its record holds nothing that can be read")
    return found


def _unread(uuid: str, problem: str) -> Rows:
    return Rows({**_run(RunState(uuid)), "problem": problem}, [], [])


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
_TIMES = ("created_at", "updated_at", "started_at", "finished_at", "heartbeat_at", "duration", "wait_time")


def _run(state: RunState) -> Row:
    texts = {name: _text(getattr(state, name)) for name in _TEXTS}
    times = {name: getattr(state, name) for name in _TIMES}
    return {
        **texts,
        **times,
        "is_managed": bool(state.is_managed),
        "tags": json.dumps(state.tags),
        "inputs": json.dumps(state.inputs),
        "outputs": json.dumps(state.outputs),
        "problem": "; ".join(state.problems) or None,
    }


def _entries(state: RunState) -> Iterator[Row]:
    families: Mapping[str, Mapping[str, object]] = {
        "inputs": state.inputs,
        "outputs": state.outputs,
        "meta": state.meta,
    }
    for family, values in families.items():
        for name, value in values.items():
            for item in value if isinstance(value, list) else [value]:
                yield {"family": family, "name": _text(name), **_value(item)}
    for tag in state.tags:
        yield {"family": "tags", "name": "", **_value(tag)}


def _value(value: object) -> Row:
    if isinstance(value, bool):
        return {"number": float(value), "text": "true" if value else "false"}
    if isinstance(value, int | float):
        return {"number": _number(value), "text": repr(value)}
    return {"number": None, "text": _text(value)}


def _number(value: float) -> float | None:
    try:
        number = float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf
    return None if math.isnan(number) else number


def _text(value: object) -> str | None:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()  # a database takes no lone surrogates
    return None if value is None else json.dumps(value)


def _artifact(artifact: Mapping[str, object]) -> Row:
    texts = {name: _text(artifact.get(name)) for name in ("kind", "path", "state")}
    return {"name": _text(str(artifact.get("name"))), **texts, "is_input": bool(artifact.get("is_input"))}
