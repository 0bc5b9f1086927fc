"""What an unquoted word of a YAML file is: null, a truth value, a number or text."""

from __future__ import annotations

import re

import yaml

__all__ = ["MAX_DIGITS", "TAGS", "scalar", "spelled"]

MAX_DIGITS = 1000
"""How long a whole number may be; Python prints none above 4300 digits."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"})
_FALSE = frozenset({"no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"})
_INT = re.compile(r"[-+]?(0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|0|[1-9][0-9_]*)")
_OLD_OCTAL = re.compile(r"[-+]?0[0-7_]+")
_FLOAT = re.compile(r"[-+]?(\d[\d_]*)?(\.[\d_]*)?([eE][-+]?\d+)?")
_SPECIAL = {".inf": "inf", "+.inf": "inf", "-.inf": "-inf", ".nan": "nan"}
_TAG = "tag:yaml.org,2002:"
_TEXTS = frozenset({"str", "timestamp"})
_KINDS = {"int": (int,), "float": (float, int), "bool": (bool,), "null": (type(None),)}

TAGS = frozenset({None, "!", *(f"{_TAG}{kind}" for kind in ("map", "seq", *_TEXTS, *_KINDS))})
"""The tags that a value may have: the others make objects of a program, which a document has none of."""


def scalar(event: yaml.ScalarEvent) -> object:
    """The value of a scalar event.

    YAML 1.1 as PyYAML reads it, but for three things: `1e-3` is a number, `1:30` is no number in base 60,
    and dates stay text.

    Raises:
        ValueError: a whole number of too many digits, or a tag that says what it isn't.
    """
    if event.tag in (None, "!"):
        return _plain(event.value) if event.implicit[0] else event.value
    kind = event.tag.removeprefix(_TAG)
    if kind in _TEXTS:
        return event.value
    value = _plain(event.value)
    if type(value) not in _KINDS.get(kind, ()):
        raise ValueError(f"{event.value!r} is no value of the tag {spelled(event.tag)}")
    return value


def spelled(tag: str) -> str:
    """A tag as files have it.

    >>> spelled("tag:yaml.org,2002:int"), spelled("!mine")
    ('!!int', '!mine')
    """
    return f"!!{tag.removeprefix(_TAG)}" if tag.startswith(_TAG) else tag


def _plain(word: str) -> object:
    if word in _NULLS:
        return None
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    if not (word[0].isdigit() or word[0] in "+-."):
        return word
    if _INT.fullmatch(word):
        return _int(word, 0)
    if _OLD_OCTAL.fullmatch(word):
        return _int(word, 8)
    if word.lower() in _SPECIAL:
        return float(_SPECIAL[word.lower()])
    if _FLOAT.fullmatch(word) and any(letter.isdigit() for letter in word):
        return _float(word)
    return word


def _int(word: str, digits: int) -> int:
    if len(word) > MAX_DIGITS:
        raise ValueError(f"a whole number of more than {MAX_DIGITS} digits")
    return int(word.replace("_", ""), digits)


def _float(word: str) -> object:
    try:
        return float(word.replace("_", ""))
    except ValueError:
        return word
