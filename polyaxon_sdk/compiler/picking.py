"""Templates that only name values, which need no template engine: `--lr={{ lr }}` (semantics 2.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Picks", "UnpickedError", "pick", "picks_of"]

_PICK = re.compile(r"\{\{\s*([a-zA-Z_]\w*(?:\.[a-zA-Z_]\w*)*)\s*\}\}", re.ASCII)
_WORDS = frozenset(
    {
        *("and", "else", "false", "False", "if", "in", "is", "none", "None", "not", "or", "true", "True"),
        *("caller", "kwargs", "loop", "self", "super", "varargs"),
    }
)
"""Words that mean something else to the template engine than a value of that name."""

_PLAIN = (str, int, float, list, dict, type(None))
_LARGEST = 10**300
"""Larger numbers, and longer texts than `_LONGEST`, are the template engine's to bound."""

_LONGEST = 100_000


class UnpickedError(Exception):
    """The template engine has to say what it gives."""


class Picks(NamedTuple):
    """What such a template consists of: texts, and between each two of them the path of a value.

    >>> picks_of("--lr={{ params.lr }}")
    Picks(texts=('--lr=', ''), paths=(('params', 'lr'),))
    """

    texts: tuple[str, ...]
    paths: tuple[tuple[str, ...], ...]

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing beside one value."""
        return len(self.paths) == 1 and not any(map(str.strip, self.texts))


@lru_cache(maxsize=4096)
def picks_of(template: str) -> Picks | None:
    """What a template consists of; None where it does more than to name values."""
    parts = _PICK.split(template)
    texts, paths = parts[::2], [tuple(path.split(".")) for path in parts[1::2]]
    if any(mark in text for text in texts for mark in ("{{", "{%", "{#", "\r")):
        return None
    if any(path[0] in _WORDS for path in paths):
        return None
    return Picks(tuple(texts), tuple(paths))


def pick(picks: Picks, context: Mapping[str, object], *, native: bool) -> object:
    """What the template gives, with the values of a context in it.

    Args:
        native: give the value itself where there is nothing beside it.

    Raises:
        UnpickedError: a name doesn't exist, or its value is none that is simply printed.

    >>> pick(picks_of("{{ sizes }}"), {"sizes": [1, 2]}, native=True)
    [1, 2]
    """
    values = [_found(path, context) for path in picks.paths]
    if native and picks.is_whole:
        return values[0]
    shown = [str(value) for value in values]
    return picks.texts[0] + "".join(part + text for part, text in zip(shown, picks.texts[1:], strict=True))


def _found(path: tuple[str, ...], context: Mapping[str, object]) -> object:
    found: object = context
    for step in path:
        if not isinstance(found, Mapping) or step not in found:
            raise UnpickedError
        found = found[step]
    if not isinstance(found, _PLAIN) or _is_large(found):
        raise UnpickedError
    return found


def _is_large(value: object) -> bool:
    if isinstance(value, int):
        return abs(value) > _LARGEST
    return isinstance(value, str) and len(value) > _LONGEST
