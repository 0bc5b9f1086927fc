"""JSON text to plain data, with a place in the file for every value."""

from __future__ import annotations

import json
import re
from bisect import bisect
from collections.abc import Iterator

from attrs import define

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.places import Places
from polyaxon_sdk.polyaxonfile.scalars import MAX_DIGITS
from polyaxon_sdk.polyaxonfile.yaml_text import MAX_DEPTH, MAX_NODES
from polyaxon_sdk.polyflow.problems import Path

__all__ = ["load", "places_of"]

_STRINGS = json.JSONDecoder()
_MARK = re.compile(r'[ \t\n\r]*([\[\]{},:"]|[^\s\[\]{},:"]+)')


def load(text: str, name: str) -> object:
    """The value in `text`.

    Args:
        name: what errors call the file.

    Raises:
        InputError: with `name:line:column`.

    >>> load('{"a": [1, null]}', "a.json")
    {'a': [1, None]}
    """
    try:
        data: object = json.loads(text, object_pairs_hook=_once, parse_int=_int)
    except json.JSONDecodeError as error:
        where = f"{name}:{error.lineno}:{error.colno}"
        raise InputError(f"no valid JSON: {error.msg}", where=where) from error
    except (RecursionError, _RefusedError) as error:
        places_of(text, name)  # tells what, and where
        raise InputError(str(error), where=name) from error
    if sum(map(text.count, ",[{")) >= MAX_NODES:
        places_of(text, name)
    return data


def places_of(text: str, name: str) -> Places:
    """Where everything stands in what `load` accepts.

    Raises:
        InputError: it doesn't: a second key of a name, too many values, too deep, or too long a number.

    >>> places_of('{"a": [1, null]}', "a.json")[("a", 1)]
    (1, 11)
    """
    lines = [0, *(found.end() for found in re.finditer("\n", text))]
    places: Places = {}
    try:
        for path, start in _values(text):
            line = bisect(lines, start)
            places.setdefault(path, (line, start - lines[line - 1] + 1))
            if len(places) > MAX_NODES:
                raise _RefusedError(f"more than {MAX_NODES} values", start)
    except _RefusedError as error:
        line = bisect(lines, error.start)
        where = f"{name}:{line}:{error.start - lines[line - 1] + 1}"
        raise InputError(error.what, where=where, expected=error.expected) from error
    return places


class _RefusedError(ValueError):
    """JSON, but not within our limits."""

    def __init__(self, what: str, start: int = 0, expected: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.start = start
        self.expected = expected


@define
class _Frame:
    """An object or array whose values are being passed."""

    path: Path
    keys: set[str] | None
    step: str | int = 0
    wants_key: bool = False


def _values(text: str) -> Iterator[tuple[Path, int]]:
    """The path and the start of each value; of one in an object, the start of its key."""
    stack: list[_Frame] = []
    end = 0
    while found := _MARK.match(text, end):
        mark, start, end = found[1], found.start(1), found.end()
        frame = stack[-1] if stack else None
        if mark in "]}":
            stack.pop()
        elif mark == ",":
            _next(frame)
        elif mark == '"' and frame and frame.wants_key:
            key, end = _STRINGS.raw_decode(text, start)
            yield _keyed(frame, key, start), start
        elif mark != ":":
            path = (*frame.path, frame.step) if frame else ()
            yield path, start
            end = _passed(stack, text, mark, path, start) or end


def _next(frame: _Frame | None) -> None:
    if frame and frame.keys is not None:
        frame.wants_key = True
    elif frame and isinstance(frame.step, int):
        frame.step += 1


def _keyed(frame: _Frame, key: str, start: int) -> Path:
    if frame.keys is None or key in frame.keys:
        raise _RefusedError(f"a second {key!r}", start, "each key once")
    frame.keys.add(key)
    frame.step, frame.wants_key = key, False
    return (*frame.path, key)


def _passed(stack: list[_Frame], text: str, mark: str, path: Path, start: int) -> int | None:
    """Go into a value, or to the end of a text; the end, where it isn't that of the mark."""
    if mark == '"':
        return _STRINGS.raw_decode(text, start)[1]
    if mark in "[{":
        if len(stack) >= MAX_DEPTH:
            raise _RefusedError(f"nested deeper than {MAX_DEPTH} levels", start)
        stack.append(_Frame(path, keys=set(), wants_key=True) if mark == "{" else _Frame(path, keys=None))
    elif len(mark) > MAX_DIGITS and mark.lstrip("-").isdigit():
        raise _RefusedError(f"a whole number of more than {MAX_DIGITS} digits", start)
    return None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _RefusedError("a second key of the same name")
    return found


def _int(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise _RefusedError(f"a whole number of more than {MAX_DIGITS} digits")
    return int(digits)
