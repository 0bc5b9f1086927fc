"""The name that somebody meant who wrote another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from polyaxon_sdk.exceptions import did_you_mean

__all__ = ["nearest"]

_NONE: Mapping[str, str] = MappingProxyType({})


def nearest(word: str, words: Iterable[str], *, meant: Mapping[str, str] = _NONE) -> str:
    """The clause that names what was meant: another case first, then a known synonym, then a near spelling.

    Args:
        word: what was written.
        words: what could have been.
        meant: words that people write for one that looks quite different.

    >>> nearest("Kind", ["kind", "init"]), nearest("decimal", ["float", "email"], meant={"decimal": "float"})
    (", did you mean 'kind'?", ", did you mean 'float'?")
    """
    known = list(words)
    same = [each for each in known if _plain(each) == _plain(word)]
    synonym = meant.get(word.lower())
    found = same[0] if same else synonym if synonym in known else None
    return f", did you mean {found!r}?" if found else did_you_mean(word, known)


def _plain(word: str) -> str:
    return word.lower().replace("_", "").replace("-", "")
