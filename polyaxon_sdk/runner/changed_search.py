"""What of a search may be other when it is resumed: its budget at once, its space where that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from attrs import evolve

from polyaxon_sdk.compiler import merge
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Operation, write

__all__ = ["with_search"]

_FIXED = ("kind", "metric", "resource", "eta", "minIterations")
"""What its runs so far were chosen by."""

_SPACE = ("params", "values")
_LABELS = ("name", "description", "tags")

Fields = Mapping[str, object]


def with_search(source: V1Operation, over: V1Operation, *, adopts_space: bool) -> V1Operation:
    """What a search was started from, with the matrix of `over`: more runs, another concurrency, another space.

    Args:
        source: with its params.
        over: the operation as it is now; where it has a component, that has to be the same as before.
        adopts_space: whether another space is wanted; the runs so far stay, and those within it are learnt from.

    Raises:
        InputError: more than that is other, or the space is and nobody said so; it tells what was there before.

    >>> with_search(grid_of_1, grid_of_1_and_2, adopts_space=False)  # doctest: +SKIP
    Traceback (most recent call last):
    polyaxon_sdk.exceptions.InputError: matrix.params.x: was [1], is [1, 2], expected --adopt-space to go on with it
    """
    found = evolve(source, matrix=over.matrix)
    before, after = _matrix(source), _matrix(found)
    if not after:
        raise InputError("no search", path="matrix", expected="the file that it was started from")
    _check_same(source, over)
    fixed = (*_FIXED, "maxIterations") if before.get("kind") == "hyperband" else _FIXED
    for name in fixed:
        if before.get(name) != after.get(name):
            raise _changed(
                f"matrix.{name}", before.get(name), after.get(name), expected="polyaxon ops restart"
            )
    if not adopts_space:
        for path, was, now in _differences(before, after):
            raise _changed(path, was, now, expected="--adopt-space to go on with it")
    return found


def _check_same(source: V1Operation, over: V1Operation) -> None:
    """Refuse another component, or other params."""
    params = {**(source.params or {}), **(over.params or {})}
    for name, param in params.items():
        if (was := (source.params or {}).get(name)) != param:
            raise _changed(f"params.{name}", was and was.value, param.value, expected="polyaxon ops restart")
    component = over.component or source.component
    now = evolve(over, component=component, params=params or None, matrix=None)
    before, after = (_whole(each) for each in (evolve(source, matrix=None), now))
    for name in before.keys() | after.keys():
        if name not in _LABELS and before.get(name) != after.get(name):
            raise InputError(
                "is other than it was, and the runs of a search are all of one kind",
                path=name,
                expected="polyaxon ops restart",
            )


def _whole(operation: V1Operation) -> Fields:
    under = operation.component
    bare = operation if under is None else evolve(operation, component=evolve(under, matrix=None))
    return write(merge(bare))


def _matrix(operation: V1Operation) -> Fields:
    found = write(merge(operation)).get("matrix")
    return cast(Fields, found) if isinstance(found, dict) else {}


def _differences(before: Fields, after: Fields) -> Iterator[tuple[str, object, object]]:
    """What of the space is other."""
    for field in _SPACE:
        was, now = before.get(field), after.get(field)
        if isinstance(was, dict) and isinstance(now, dict):
            for name in dict.fromkeys([*was, *now]):
                if was.get(name) != now.get(name):
                    yield f"matrix.{field}.{name}", was.get(name), now.get(name)
        elif was != now:
            yield f"matrix.{field}", was, now


def _changed(path: str, was: object, now: object, *, expected: str) -> InputError:
    return InputError(f"was {_said(was)}, is {_said(now)}", path=path, expected=expected)


def _said(value: object) -> str:
    """A param by its values, anything else as it is."""
    if isinstance(value, dict) and isinstance(value.get("value"), list):
        return str(value["value"])
    if isinstance(value, dict) and isinstance(value.get("value"), dict):
        parts = [str(each) for each in value["value"].values() if each is not None]
        return f"{value.get('kind')} {':'.join(parts)}"
    return "nothing" if value is None else str(value)
