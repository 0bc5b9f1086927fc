"""The words of a command line that stand for several values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from polyaxon_sdk.authoring.command_line.flag import option_of
from polyaxon_sdk.authoring.search.interval import NUMBERS, is_interval
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow.values import parse

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.annotations import Meaning

__all__ = ["spaces_in"]


def spaces_in(texts: Mapping[str, object], inputs: Mapping[str, Meaning]) -> dict[str, object]:
    """Which words of a command line are values to search: `1e-4..1e-1:log`, `0.1,0.2`, `adam,sgd` of known options.

    A comma in any other text is part of it.

    Raises:
        InputError: one of several values that the input doesn't take, with the option.

    >>> from polyaxon_sdk.authoring.annotations import meaning_of
    >>> spaces_in({"rate": "0.1,0.2", "note": "a,b"}, {"rate": meaning_of(float), "note": meaning_of(str)})
    {'rate': [0.1, 0.2]}
    """
    found: dict[str, object] = {}
    for name, text in texts.items():
        meaning = inputs.get(name)
        if not isinstance(text, str) or meaning is None or meaning.is_list:
            continue
        if meaning.type in NUMBERS and is_interval(text):
            found[name] = text
        elif "," in text and (meaning.options or meaning.type in {*NUMBERS, "bool"}):
            try:
                found[name] = [meaning.build(parse(meaning.type, part.strip())) for part in text.split(",")]
            except InputError as error:
                error.where = option_of(name)
                raise
    return found
