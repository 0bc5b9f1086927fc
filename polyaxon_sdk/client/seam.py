"""What the public calls of the clients are given, checked against what their signatures say."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partialmethod, wraps
from numbers import Real
from types import FunctionType
from typing import Any, NamedTuple, TypeVar

from attrs import fields

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.projects.project import Project
from polyaxon_sdk.projects.version import StageCondition, Version

__all__ = ["check_fields", "checks_calls"]

C = TypeVar("C", bound=type)


class _Term(NamedTuple):
    """A part of a signature's type: what holds of a value that has it, and how a person says it."""

    holds: Callable[[object], bool]
    words: str


def _is_any(_: object) -> bool:
    return True


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_whole(value: object) -> bool:
    return hasattr(value, "__index__")


def _is_number(value: object) -> bool:
    return isinstance(value, Real)


def _is_path(value: object) -> bool:
    return isinstance(value, (str, os.PathLike))


def _is_mapping(value: object) -> bool:
    return isinstance(value, Mapping) and all(map(_is_text, value))


def _is_listed(value: object, holds: Callable[[object], bool]) -> bool:
    """Whether it is a list of such; a text is none of texts, though Python takes it for one of its letters."""
    if not isinstance(value, Collection) or isinstance(value, str | bytes | Mapping):
        return False
    return all(map(holds, value))


def _are_texts(value: object) -> bool:
    return _is_listed(value, _is_text)


def _are_paths(value: object) -> bool:
    return _is_listed(value, _is_path)


def _are_stages(value: object) -> bool:
    return _is_listed(value, lambda each: isinstance(each, StageCondition) or _is_mapping(each))


def _is_json(value: object) -> bool:
    try:
        json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        return False
    return True


_ANY = _Term(_is_any, "")
_TEXT = _Term(_is_text, "text")
_TEXTS = _Term(_are_texts, "a list of texts")
_TEXT_OR_TEXTS = _Term(lambda value: _is_text(value) or _are_texts(value), "text or a list of texts")
_MAPPING = _Term(_is_mapping, "a mapping with texts for keys")
_TERMS = {
    "Any": _ANY,
    "object": _ANY,
    "bool": _ANY,  # whatever it is, it is as true as Python takes it for
    "Content": _ANY,  # who reads it says what it can be
    "None": _Term(lambda value: value is None, "None"),
    "str": _TEXT,
    "VersionKind": _TEXT,
    "Stage": _TEXT,
    "Library": _TEXT,
    "Orient": _Term(lambda value: _is_text(value) and value in {"dict", "csv"}, "'dict' or 'csv'"),
    "int": _Term(_is_whole, "a whole number"),
    "float": _Term(_is_number, "a number"),
    "datetime": _Term(lambda value: isinstance(value, datetime), "a datetime"),
    "Sequence[str]": _TEXTS,
    "Collection[str]": _TEXTS,
    "tuple[str, ...]": _TEXTS,
    "Tags": _TEXT_OR_TEXTS,
    "Names": _Term(lambda value: value is None or _TEXT_OR_TEXTS.holds(value), "texts, or None for all"),
    "StrPath": _Term(_is_path, "a path"),
    "Path": _Term(_is_path, "a path"),
    "Iterable[StrPath]": _Term(_are_paths, "a list of paths"),
    "Mapping[str, Any]": _MAPPING,
    "Mapping[str, object]": _MAPPING,
    "Mapping[str, Json]": _Term(lambda value: _is_mapping(value) and _is_json(value), "a mapping of JSON"),
    "Json": _Term(_is_json, "what JSON can hold"),
    "Version": _Term(lambda value: isinstance(value, Version), "a version"),
    "Project": _Term(lambda value: isinstance(value, Project), "a project"),
    "tuple[StageCondition, ...]": _Term(_are_stages, "a list of mappings"),
}


def checks_calls(client: C) -> C:
    """Let each public call of a client refuse what its signature doesn't take, in the project's one line.

    An iterator is read into a list before.

    >>> @checks_calls
    ... class Client:
    ...     def stop(self, run: str) -> None: ...
    >>> Client().stop(5)
    Traceback (most recent call last):
    polyaxon_sdk.exceptions.InputError: run: it is 5, expected text
    """
    public = {name for name in dir(client) if not name.startswith("_")}
    for name in sorted(public | {"__init__"}):
        owner = next(each for each in client.__mro__ if name in vars(each))
        if owner is not object and (checked := _checked(vars(owner)[name])) is not None:
            setattr(client, name, checked)
    return client


def check_fields(kind: type, said: Mapping[str, object]) -> None:
    """Refuse what a mapping says of a project or a version, where a field can't hold it; None says nothing.

    Raises:
        InputError: it can't.
    """
    for field in fields(kind):
        if said.get(field.name) is not None:
            _check(field.name, said[field.name], _terms(str(field.type)))


def _checked(found: object) -> object:
    """What stands for a call in its class, with checks; None for what is no call."""
    if isinstance(found, staticmethod):
        return staticmethod(_checking(found.__func__))
    if isinstance(found, partialmethod):
        return partialmethod(_checking(found.func), *found.args, **found.keywords)
    return _checking(found) if isinstance(found, FunctionType) else None


def _checking(call: Any) -> Callable[..., Any]:
    places = call.__code__.co_varnames[: call.__code__.co_argcount]
    known = {name: _terms(said) for name, said in call.__annotations__.items() if name != "return"}

    @wraps(call)
    def checking(*given: object, **named: object) -> object:
        by_place = [_taken(value) for value in given]
        by_name = {name: _taken(value) for name, value in named.items()}
        for name, value in (*zip(places, by_place, strict=False), *by_name.items()):
            if name in known:
                _check(name, value, known[name])
        return call(*by_place, **by_name)

    return checking


def _taken(value: object) -> object:
    return list(value) if isinstance(value, Iterator) else value


def _terms(said: str) -> list[_Term]:
    return [_TERMS[term] for term in said.split(" | ")]


def _check(name: str, value: object, terms: Iterable[_Term]) -> None:
    if not any(term.holds(value) for term in terms):
        expected = ", or ".join(dict.fromkeys(term.words for term in terms))
        raise InputError(f"it is {value!r}", where=name, expected=expected)
