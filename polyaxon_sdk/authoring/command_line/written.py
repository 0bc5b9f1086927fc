"""What a file of YAML gives to an input, where YAML reads less than was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from polyaxon_sdk.authoring.annotations.meaning import inside, shown
from polyaxon_sdk.exceptions import InputError

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.annotations import Meaning

__all__ = ["check_written"]

_TEXTS = ("str", "path")


def check_written(meaning: Meaning, value: object) -> None:
    """Refuse null where a function doesn't take None, and for a text what YAML read as something else.

    Of `1.10`, `010` and `yes` nobody could tell any more how they were written.

    Raises:
        InputError: it is one of these.

    >>> from polyaxon_sdk.authoring.annotations import meaning_of
    >>> check_written(meaning_of(str), 1.1)
    Traceback (most recent call last):
    polyaxon_sdk.exceptions.InputError: 1.1 is no text, expected it in quotes
    """
    if value is None and not (meaning.is_optional or meaning.is_plain):
        raise InputError("null is no value of it", expected=meaning.words)
    if meaning.type in _TEXTS and not meaning.options:
        for each in value if meaning.is_list and isinstance(value, list) else [value]:
            if isinstance(each, bool | int | float):
                raise InputError(f"{shown(each)} is no text", expected="it in quotes")
    if meaning.word is not None and value is not None and not isinstance(value, str):
        meaning.build(value)
    if isinstance(value, Mapping):
        for field in meaning.fields:
            if field.name in value:
                with inside(field.name):
                    check_written(field.meaning, value[field.name])
