"""Dags that are taken whole from an earlier run, rather than operation by operation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from polyaxon_sdk.polyflow import write
from polyaxon_sdk.runner.executors.executor import Task
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.reuse.code import Code
from polyaxon_sdk.runner.reuse.started import ENTRY, Started, started_by
from polyaxon_sdk.types import Json, JsonObject

__all__ = ["can_be_whole", "started_within"]

_ASKS_ANEW = ("joins", "events", "matrix")
"""What looks at runs beside those of the dag, or whose runs others look for by their pipeline."""


def can_be_whole(plan: Plan) -> bool:
    """Whether a run is a dag that the same inputs and the same code always make the same of."""
    if plan.kind != "dag":
        return False
    written = _run_of(plan)
    words = [word for words in _commands(written) for word in words]
    is_hidden = any("{{" in word and word.partition(":")[0].endswith(".py") for word in words)
    return not is_hidden and not any(_asks_anew(each) for each in _mappings(written))


def started_within(plan: Plan) -> Started:
    """What the operations of a dag start, with those of the dags within it.

    Raises:
        OSError: a file can't be read.
        SyntaxError: a Python file is none.
    """
    written = _run_of(plan)
    commands = [words for words in _commands(written) if ENTRY in words]
    values = [*plan.operation.values().values()]
    rest = ["", *_texts(written), *_texts(cast("Json", values))]
    code, files = Code({}, {}), dict[str, str]()
    for words in [*commands, rest]:
        task = Task(words=tuple(words), environment={}, folder=plan.task.folder, output=plan.task.output)
        found = started_by(task if ENTRY in words[:3] else task._replace(words=_without_entries(words)))
        code = Code({**code.units, **found.code.units}, {**code.paths, **found.code.paths})
        files |= found.files
    return Started(code, files)


def _run_of(plan: Plan) -> JsonObject:
    return cast("JsonObject", write(plan.operation).get("run") or {})


def _asks_anew(fields: JsonObject) -> bool:
    return any(fields.get(name) for name in _ASKS_ANEW) or fields.get("isApproved") is False


def _commands(written: Json) -> Iterator[list[str]]:
    """The words of each container."""
    for each in _mappings(written):
        command, args = each.get("command"), each.get("args")
        words = [*(command if isinstance(command, list) else []), *(args if isinstance(args, list) else [])]
        if words:
            yield [str(word) for word in words]


def _without_entries(words: Sequence[str]) -> tuple[str, ...]:
    """Words without those that start decorated functions, which were looked at one by one."""
    return tuple(word for word in words if word not in ("-m", ENTRY) and ".py:" not in word)


def _mappings(value: Json) -> Iterator[JsonObject]:
    """A document's mappings, at any depth."""
    if isinstance(value, dict):
        yield value
    for each in _within(value):
        yield from _mappings(each)


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for each in _within(value):
        yield from _texts(each)


def _within(value: Json) -> list[Json]:
    if isinstance(value, dict):
        return [*value.values()]
    return [*value] if isinstance(value, list) else []
