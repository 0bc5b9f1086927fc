"""Secrets in text by their names: `password=…`, `"apiKey": "…"`, `--token …`, `export DB_PWD=…`."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from functools import lru_cache

from polyaxon_sdk.secrets.names import WORDS, is_secret_name, is_weak_name

__all__ = ["named_secrets"]

_NEIGHBOURHOOD = 80
"""Characters that a name has on either side of its telling word, at most: so that no text takes long."""

_COLOUR = r"\x1b\[[0-9;:]{0,40}m"
_NAME = r"[A-Za-z0-9_.-]*\Z"
_REST = r"[A-Za-z0-9_-]*"
_QUOTED = r"""\\*["']\]?"""
_BEHIND = r"""[A-Za-z0-9_-]{0,80}+(?:\\*["'])?\]?\s*(?:[:=]|(?:is|was)[\s:])"""
_TYPE = r"\s*:\s*(?:str|bytes|SecretStr|Optional\[str\]|str \| None)\s*=\s*"
_EQUALS = r"\s{0,4}(?:=>|:=|[:=](?!=))\s{0,4}"
_IS = r"\s{1,4}(?:is|was)(?:\s{0,4}:)?\s{1,4}"
_SAID = frozenset({"passphrase", "password", "passwd", "pwd"})
"""Names of what prose tells: `the password is x9-hunter2`."""
_PROSE = r"[A-Za-z]*(?:[-'/.][A-Za-z]*)*"
"""Words, with what stands between and behind them, which tell something about a password."""
_BLANK = r"[ \t]+(?![-=|])"
_STRING = r"""(?i)[bfru]{0,2}(\\*)(["'])(?P<secret>(?:(?!\1\2)[^\n]){1,4096})(?:\1\2|(?=\n)|\Z)"""
_WORD = r"""(?:(?:Bearer|Basic|Token)[ ]+)?(?P<secret>[^\s"'`,;&<>(){}\[\]\\]{1,4096})(?P<next>[(\[]?)"""
_NO_VALUES = """
any basic bearer bool bytes dict false float int list nil no none null object off on optional str string true undefined
yes
"""
_NOTHING = frozenset(_NO_VALUES.split())
_OPENERS = (
    "$",
    "%(",
    "{{",
    "os.",
    "self.",
    "args.",
    "config.",
    "cfg.",
    "settings.",
    "opts.",
    "options.",
    "params.",
)
_NUMBER = r"(?i)[+-]?[\d.,:/%x]+(?:e[+-]?\d+)?[a-zA-Z/]{0,10}"
_SHORTEST_TOKEN = 6
_SHORTEST_SAID = 4
_FOLDERS = frozenset({"oldpwd", "pwd"})
"""What a shell calls the working folder, and a connection string the password."""
_LAST = frozenset({"key", "token"})
"""Words that only tell something at the end of a name: not in `tokens` and `keyword`."""


@lru_cache(maxsize=16)
def _regex(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled where it is needed first: importing has to be cheap."""
    return re.compile(pattern)


def named_secrets(text: str, added: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where in `text` the values of secret names are; colours of a terminal stand in no name's way.

    Args:
        text: any text; it takes time in proportion to its length, whatever it holds.
        added: more names (see `is_secret_name`).

    >>> [text[start:end] for text in ["db_password = 'x9'"] for start, end in named_secrets(text, frozenset())]
    ['x9']
    """
    if "\x1b" not in text:
        yield from _named(text, added)
        return
    kept = _uncoloured(text)
    for start, stop in _named("".join(text[at] for at in kept), added):
        yield kept[start], kept[stop - 1] + 1


def _uncoloured(text: str) -> list[int]:
    """The places in `text` that belong to no sequence by which a terminal changes its colours."""
    kept: list[int] = []
    end = 0
    for colour in _regex(_COLOUR).finditer(text):
        kept += range(end, colour.start())
        end = colour.end()
    return [*kept, *range(end, len(text))]


def _named(text: str, added: frozenset[str]) -> Iterator[tuple[int, int]]:
    done = 0
    for first, last in telling_places(text, added):
        if first < done or not _may_have_value(text, first, last):
            continue
        left = _regex(_NAME).search(text, max(done, first - _NEIGHBOURHOOD), first)
        right = _regex(_REST).match(text, last, last + _NEIGHBOURHOOD)
        start = left.start() if left else first
        done = right.end() if right else last
        name = text[start:done].rpartition(".")[2]
        if is_secret_name(name.lstrip("-"), added) and (value := _value(text, done, name)) is not None:
            done = value[1]
            yield value


def _may_have_value(text: str, first: int, last: int) -> bool:
    """Whether a value may follow: most words that tell something stand in prose, and are passed over quickly."""
    is_option = text.find("--", max(0, first - _NEIGHBOURHOOD), first) >= 0
    return is_option or _regex(_BEHIND).match(text, last) is not None


def telling_places(text: str, added: frozenset[str]) -> list[tuple[int, int]]:
    """Where in `text` a word is that every secret name has one of, in order."""
    lower = text.lower()
    if len(lower) != len(text):  # some letters of some languages have a longer small form
        lower = "".join(each.lower() if each.isascii() else each for each in text)
    words = {*WORDS, *(form for name in added for form in (name, name.replace("_", "-")))}
    return sorted((at, at + len(word)) for word in words for at in _places(lower, word))


def _places(lower: str, word: str) -> Iterator[int]:
    at = lower.find(word)
    while at >= 0:
        end = at + len(word)
        if word not in _LAST or not lower[end : end + 1].islower():
            yield at
        at = lower.find(word, end)


def _value(text: str, at: int, name: str) -> tuple[int, int] | None:
    """Where the value is that stands behind a name that ends at `at`."""
    begin = _begin(text, at, is_option=name.startswith("--"))
    if begin is None:
        return _said(text, at, name)
    if text.startswith(_refusals(), begin):
        return None
    found = _regex(_STRING).match(text, begin) or _regex(_WORD).match(text, begin)
    if found is None or not _is_value(found["secret"], name):
        return None
    if found.re.pattern is _WORD and (found["next"] or _is_expression(found["secret"])):
        return None
    return found.span("secret")


@lru_cache(maxsize=1)
def _refusals() -> tuple[str, ...]:
    """What the system says of a file behind its path, such as `/etc/passwd: Not a directory`."""
    return tuple(said for code in errno.errorcode if " " in (said := os.strerror(code)))


def _said(text: str, at: int, name: str) -> tuple[int, int] | None:
    """Where prose tells a password: something in quotes, or a word with a digit or a sign in it."""
    verb = _regex(_IS).match(text, at) if name.lower().rpartition("_")[2] in _SAID else None
    if verb is None:
        return None
    if (quoted := _regex(_STRING).match(text, verb.end())) is not None:
        return quoted.span("secret")
    word = _regex(_WORD).match(text, verb.end())
    told = "" if word is None else word["secret"].rstrip(".!?:)")
    if (
        word is None
        or len(told) < _SHORTEST_SAID
        or _regex(_PROSE).fullmatch(told)
        or not _is_value(told, name)
    ):
        return None
    return word.start("secret"), word.start("secret") + len(told)


def _begin(text: str, at: int, *, is_option: bool) -> int | None:
    quote = _regex(_QUOTED).match(text, at)
    at = quote.end() if quote else at
    found = (
        _regex(_TYPE).match(text, at)
        or _regex(_EQUALS).match(text, at)
        or (_regex(_BLANK).match(text, at) if is_option else None)
    )
    return found.end() if found else None


def _is_value(value: str, name: str) -> bool:
    if value.lower() in _NOTHING or value.startswith(("[masked]", "<", "${", "{{", "***")):
        return False
    if name.lower() in _FOLDERS and value.startswith(("/", "~", "$", ".")):
        return False
    return not is_weak_name(name) or (
        len(value) >= _SHORTEST_TOKEN and _regex(_NUMBER).fullmatch(value) is None
    )


def _is_expression(word: str) -> bool:
    """Whether a bare word is code that gives the secret, as in `password=password` or `token=args.token`."""
    return word.startswith(_OPENERS) or (word.isidentifier() and is_secret_name(word))
