"""Values of inputs that are given by name: `--param epochs=3`, and `--param @FILE` for those of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, cast

from polyaxon_sdk.authoring.command_line.flag import Flag
from polyaxon_sdk.authoring.command_line.values import loaded
from polyaxon_sdk.authoring.command_line.written import check_written
from polyaxon_sdk.exceptions import InputError, did_you_mean

__all__ = ["OPTION", "Params", "mapping_in", "read_params"]

OPTION = "--param"


class Params(NamedTuple):
    """What such words give.

    Attributes:
        texts: of words with a name, by the keys of flags.
        values: of files, by the names of inputs; a word with the name, or its own option, wins over them.
    """

    texts: dict[str, str]
    values: dict[str, object]


def read_params(words: Iterable[str], flags: Sequence[Flag]) -> Params:
    """The values that words give.

    Raises:
        InputError: a word that gives none, a name that no input has, or a value that is none of its input.

    >>> from polyaxon_sdk.polyflow import V1IO
    >>> read_params(["epochs=3"], [Flag(("epochs",), V1IO(name="epochs", type="int"))]).texts
    {'epochs': '3'}
    """
    known = {flag.key: flag for flag in flags}
    texts: dict[str, str] = {}
    values: dict[str, object] = {}
    for word in words:
        if word.startswith("@"):
            values |= {name: _value(known, name, given) for name, given in mapping_in(word[1:]).items()}
            continue
        name, equals, text = word.partition("=")
        if not equals:
            raise InputError(f"{word!r} gives no value", where=OPTION, expected="NAME=VALUE or @FILE")
        _check(known, name)
        texts[name] = text
    return Params(texts, values)


def mapping_in(file: str) -> Mapping[str, object]:
    """The values of inputs that a file of YAML holds.

    Raises:
        InputError: it can't be read, or holds something else.
    """
    found = loaded(file)
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
        raise InputError(f"{file!r} gives no inputs", where=OPTION, expected="a mapping of names to values")
    return cast("dict[str, object]", found)


def _value(known: Mapping[str, Flag], name: str, given: object) -> object:
    _check(known, name)
    flag = known[name]
    try:
        if flag.meaning is not None:
            check_written(flag.meaning, given)
        return flag.io.parse(given)
    except InputError as error:
        error.where = f"{OPTION} {name}"
        raise


def _check(known: Mapping[str, Flag], name: str) -> None:
    if name not in known:
        raise InputError(f"no input {name!r}", where=OPTION, hint=did_you_mean(name, known))
