"""Masking secrets in texts and values that are about to be written down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.secrets.assignments import named_secrets
from polyaxon_sdk.secrets.formats import FORMATS, Format
from polyaxon_sdk.secrets.names import is_secret_name, is_weak_name
from polyaxon_sdk.types import Json

__all__ = ["MASK", "SHORTEST", "Masker", "is_masked"]

MASK = "[masked]"
SHORTEST = 8
"""Characters of a value that is searched for everywhere, at least: a shorter one would mask innocent words."""
_SHORT = 64
"""Characters of a text that is remembered: names, statuses and the like are the same in run after run."""
_SHORTEST_WORD = 20
_LONG = b"\1" * _SHORTEST_WORD
_SHAPE = bytes(byte not in b" \t\n\r\v\f\x1c\x1d\x1e\x1f" for byte in range(256))
"""What becomes of bytes where only words count: 0 of blanks, 1 of all else."""
_SPELLING = bytes(byte if byte < 128 and chr(byte).isalnum() else 32 for byte in range(256))
"""What becomes of bytes where only letters and digits count: blanks of all else."""
_DEEPEST = 40
_COMMAND = 200
"""Characters of a command line that are looked at for what an option of it means."""
_VALUES = frozenset({"default", "value", "values"})
_LOOSE_FORMATS = [kind for kind in FORMATS if not kind.is_word]


class Masker:
    """Replaces secrets by `[masked]`: by the names they bear, by known formats of tokens, and known values.

    Nothing is masked for looking random: hashes, uuids and commits stay whole.

    Args:
        names: more names whose values are secrets.
        patterns: more regular expressions; where one has a group `secret`, that alone is masked.
        values: values that are secrets wherever they stand; those of less than 8 characters are left out.

    Raises:
        InputError: a pattern is no regular expression.

    >>> Masker().text("login with password=hunter2 at 0f5a8b1c2d3e4f50")
    'login with password=[masked] at 0f5a8b1c2d3e4f50'
    """

    __slots__ = ("_names", "_patterns", "_values")

    def __init__(
        self, names: Iterable[str] = (), patterns: Iterable[str] = (), values: Iterable[str] = ()
    ) -> None:
        self._names = frozenset(name.lower().replace("-", "_").strip("_") for name in names)
        self._patterns = tuple(_compiled(pattern) for pattern in patterns)
        self._values = sorted({each for each in values if len(each) >= SHORTEST}, key=len, reverse=True)

    def text(self, text: str) -> str:
        """`text` with every secret in it masked.

        >>> Masker().text("postgres://me:hunter2@db/runs")
        'postgres://me:[masked]@db/runs'
        """
        return _short(self, text) if len(text) <= _SHORT else self._searched(text)

    def name(self, name: str) -> str:
        """The name of a series or a file without what has the format of a secret; the words in it stay.

        >>> Masker().name("loss of ghp_0123456789abcdefghijABCDEFGHIJ")
        'loss of [masked]'
        """
        text = self._without_values(name)
        for kind in _seen_formats(text):
            text = _replaced(_compiled(kind.pattern), text)
        for pattern in self._patterns:
            text = _replaced(pattern, text)
        return text

    def value(self, name: str, value: Json, depth: int = 0) -> Json:
        """What may be written down of the value that bears `name`; its own parts are masked by their names.

        >>> Masker().value("db", {"user": "me", "password": "hunter2"})
        {'user': 'me', 'password': '[masked]'}
        """
        if isinstance(value, str):
            return MASK if value and (self.is_secret(name) or _is_cookie(name, value)) else self.text(value)
        if value is None or isinstance(value, bool) or depth > _DEEPEST:
            return value
        if isinstance(value, Mapping):
            return self._parts(name, value, depth)
        if isinstance(value, list | tuple):
            return self._items(name, value, depth)
        return MASK if self.is_secret(name) and not is_weak_name(name) else value

    def values(self, values: Mapping[str, Json]) -> dict[str, Json]:
        """What may be written down of values by name."""
        return {name: self.value(name, value) for name, value in values.items()}

    def is_secret(self, name: str) -> bool:
        """Whether what bears `name` is a secret."""
        return is_secret_name(name, self._names)

    def among(self, variables: Mapping[str, str]) -> list[str]:
        """The values of those environment variables that are secrets by name.

        >>> Masker().among({"HF_TOKEN": "hf_Xk2pQ8vLr9TzWm4c", "HOME": "/root"})
        ['hf_Xk2pQ8vLr9TzWm4c']
        """
        return [value for name, value in variables.items() if self.is_secret(name) and _is_telling(value)]

    def _parts(self, name: str, parts: Mapping[str, Json], depth: int) -> dict[str, Json]:
        """The parts of a mapping, by their own names; what is called `value` goes by the name that stands beside it."""
        beside = parts.get("name")
        owner = beside if isinstance(beside, str) else name
        return {
            str(key): self.value(owner if key in _VALUES else str(key), each, depth + 1)
            for key, each in parts.items()
        }

    def _items(self, name: str, items: Sequence[Json], depth: int) -> list[Json]:
        """The items of a list; in a command line, what follows `--password` is masked."""
        found: list[Json] = []
        option, before = "", ""
        for item in items:
            found.append(self._item(option or name, before, item, depth + 1))
            is_option = isinstance(item, str) and item.startswith("-") and "=" not in item
            option = str(item).lstrip("-") if is_option and self.is_secret(str(item).lstrip("-")) else ""
            before = f"{before} {item}"[-_COMMAND:] if isinstance(item, str) else before
        return found

    def _item(self, name: str, before: str, item: Json, depth: int) -> Json:
        """An item of a list; one of a command line may be a secret for what stands before it: `curl -u`, `me:X`."""
        if before and isinstance(item, str) and "-" in (item[:1], before.rpartition(" ")[2][:1]):
            known = f"{before} "[-_COMMAND:]
            kept = _named(self, f"{known}{item}") if len(item) <= _SHORT else self.name(f"{known}{item}")
            if kept.startswith(known):
                return self.value(name, kept[len(known) :], depth)
        return self.value(name, item, depth)

    def _searched(self, text: str) -> str:
        return self._without_named(self.name(text))

    def _without_values(self, text: str) -> str:
        for each in self._values:
            text = text.replace(each, MASK)
        return text

    def _without_named(self, text: str) -> str:
        pieces, end = [], 0
        for start, stop in named_secrets(text, self._names):
            pieces += [text[end:start], MASK]
            end = stop
        return "".join([*pieces, text[end:]])


@lru_cache(maxsize=1024)
def _short(masker: Masker, text: str) -> str:
    return masker._searched(text)


@lru_cache(maxsize=256)
def _named(masker: Masker, text: str) -> str:
    return masker.name(text)


def _is_cookie(name: str, value: str) -> bool:
    """Whether a value is that of a header with cookies."""
    return name.lower() in {"cookie", "set-cookie"} and "=" in value


def is_masked(value: object) -> bool:
    """Whether a value was masked when it was written down, or holds something that was.

    >>> is_masked("postgres://me:[masked]@db")
    True
    """
    if isinstance(value, str):
        return MASK in value
    if isinstance(value, Mapping):
        return any(is_masked(each) for each in value.values())
    return isinstance(value, list | tuple) and any(is_masked(each) for each in value)


def _is_telling(value: str) -> bool:
    """Whether a value is unlikely to stand in a text by chance."""
    return (
        len(value) >= SHORTEST
        and not value.isdigit()
        and not value.isalpha()
        and not value.startswith(("/", "~"))
    )


def _seen_formats(text: str) -> list[Format]:
    """The formats of which a mark is in `text`: in a word that is long enough, where the format is one word."""
    long = _long_words(text)
    words = set(long.encode("utf-8", "surrogatepass").translate(_SPELLING).split())
    return [
        kind
        for kind in (FORMATS if long else _LOOSE_FORMATS)
        if not (kind.first_words and words.isdisjoint(kind.first_words))
        and any(mark in (long if kind.is_word else text) for mark in kind.marks)
    ]


def _long_words(text: str) -> str:
    """The words that are long enough to be a token, each once, with blanks between; found without splitting the rest,
    which takes longer than all else here."""
    data = text.encode("utf-8", "surrogatepass")
    shape = data.translate(_SHAPE)
    found = set()
    at = shape.find(_LONG)
    while at >= 0:
        end = shape.find(b"\0", at)
        end = len(data) if end < 0 else end
        found.add(data[at:end])
        at = shape.find(_LONG, end)
    return b" ".join(found).decode("utf-8", "surrogatepass")


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise InputError(f"{pattern!r} is no regular expression: {error}", path="secret_patterns") from None


def _replaced(pattern: re.Pattern[str], text: str) -> str:
    group = "secret" if "secret" in pattern.groupindex else 0
    if group == 0:
        return pattern.sub(MASK, text)
    pieces, end = [], 0
    for found in pattern.finditer(text):
        start, stop = found.span(group)
        if stop > start >= end:
            pieces += [text[end:start], MASK]
            end = stop
    return "".join([*pieces, text[end:]])
