"""What a person gives to a verb, where it has to be of one type: a word on what it is instead, in one line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import cast

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.tracking.numbers import number_of, shown
from polyaxon_sdk.tracking.values import text_of

__all__ = [
    "called",
    "flag_given",
    "mapping_given",
    "name_or",
    "number_given",
    "path_given",
    "text_given",
    "texts_given",
]

_LONGEST = 120


def called(name: object) -> str:
    """What a message calls a thing by: the name in quotes, whatever it is, in at most 120 characters.

    >>> called("loss"), called([1, 2])
    ("'loss'", '[1, 2]')
    """
    try:
        text = " ".join(repr(name).split())
    except Exception:  # a value's own __repr__ may raise whatever it likes
        text = type(name).__name__
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def name_or(name: object, otherwise: str) -> str:
    """The name that is given, of whatever type, or `otherwise` where none is."""
    is_given = name is not None and not (isinstance(name, str) and not name)
    return cast(str, name) if is_given else otherwise


def text_given(value: object, path: str, *, expected: str = "text") -> str:
    """A text, a number, a path or a member of an enumeration of texts, as text.

    Args:
        value: what was given.
        path: the argument that it was given for.
        expected: what would have been right.

    Raises:
        InputError: it is none of these.

    >>> text_given(3, "version")
    '3'
    """
    if isinstance(plain := getattr(value, "value", value), str):
        return str.__str__(plain)
    if isinstance(value, int | float) or getattr(value, "ndim", None) == 0:
        return text_of(value)
    if isinstance(value, os.PathLike):
        return path_given(value, path)
    raise InputError(f"{shown(value)} is no text", path=path, expected=expected)


def path_given(value: object, path: str) -> str:
    """A path, as text.

    Raises:
        InputError: it is none.
    """
    found = os.fspath(value) if isinstance(value, os.PathLike) else value
    if not isinstance(found, str) or "\0" in found:
        raise InputError(f"{shown(value)} is no path", path=path, expected="text or a pathlib.Path")
    try:
        os.fsencode(found)
    except UnicodeEncodeError:
        raise InputError(
            f"{shown(value)} is no path: it has half a letter", path=path, expected="text"
        ) from None
    return found


def number_given(value: object, path: str, *, expected: str) -> float:
    """A number above zero.

    Raises:
        InputError: it is none.
    """
    number = number_of(value)
    if number is None:
        raise InputError(f"{shown(value)} is no number", path=path, expected=expected)
    if not 0 < number < float("inf"):
        raise InputError(
            f"{number:g} is too {'large' if number > 0 else 'small'}", path=path, expected=expected
        )
    return number


def mapping_given(value: object, path: str) -> Mapping[str, object]:
    """Values by name; none for None.

    Raises:
        InputError: it is nothing of that kind.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise InputError(f"{shown(value)} is no mapping", path=path, expected="values by name, as a dict")
    return value


def texts_given(value: object, path: str) -> list[str]:
    """Several texts: a list of them, or one text with commas.

    Raises:
        InputError: it is neither.

    >>> texts_given("a, b", "tags")
    ['a', 'b']
    """
    if isinstance(value, bytes) or not isinstance(value, str | Iterable):
        raise InputError(
            f"{shown(value)} is no list of texts", path=path, expected="one, or a text with commas"
        )
    each = value.split(",") if isinstance(value, str) else [text_given(text, path) for text in value]
    return [text.strip() for text in each if text.strip()]


def flag_given(value: object, path: str) -> bool:
    """Yes or no.

    Raises:
        InputError: it is neither.
    """
    try:
        return bool(value)
    except (
        Exception
    ):  # of an array of many there is no truth, and a value's own method may raise whatever it likes
        raise InputError(f"{shown(value)} is no flag", path=path, expected="True or False") from None
