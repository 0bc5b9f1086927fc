"""Words of a command line, read as YAML reads the same within a line."""

from __future__ import annotations

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.yaml_text import load
from polyaxon_sdk.polyflow import V1IO, is_template

__all__ = ["is_written", "read_as", "read_flow", "read_word"]

_BRACKETS = frozenset({"dict", "list", "metadata"})
_QUOTES = ("'", '"')
_NULLS = ("null", "~")


def is_written(io: V1IO) -> bool:
    """Whether a word is to an input what YAML says, as far as it can be written within a line.

    >>> is_written(V1IO(name="layers", type="dict")), is_written(V1IO(name="note", type="str"))
    (True, False)
    """
    return bool(io.is_list or io.type == "any" or (io.type or "").partition("[")[0] in _BRACKETS)


def read_as(io: V1IO, word: str) -> object:
    """What a word of a command line is to an input, as far as its type says that it is no text.

    The type's own `parse` makes a number, a date or the like of what stays a text.

    >>> read_as(V1IO(name="sizes", type="int", is_list=True), "[1, 2]"), read_as(V1IO(name="rate", type="float"), "1")
    ([1, 2], '1')
    """
    if io.type == "any" and not io.is_list:
        return read_word(word)
    return read_flow(word) if is_written(io) else word


def read_flow(word: str) -> object:
    """The list or mapping that a word has in brackets, or the word itself.

    >>> read_flow("[adam, sgd]"), read_flow("adam, sgd")
    (['adam', 'sgd'], 'adam, sgd')
    """
    found = _loaded(word) if word.lstrip()[:1] in ("[", "{") else word
    return found if isinstance(found, list | dict) else word


def read_word(word: str) -> object:
    """What a word is to an input that takes anything: a number, a truth value, null, a list, a mapping; else a text.

    A text that looks like one of these is one in quotes.

    >>> read_word("3"), read_word("'3'"), read_word("a: b"), read_word("{a: b}")
    (3, '3', 'a: b', {'a': 'b'})
    """
    found = _loaded(word)
    if isinstance(found, list | dict):
        return read_flow(word)
    is_text = (isinstance(found, str) and word.lstrip()[:1] not in _QUOTES) or (
        found is None and word.strip().lower() not in _NULLS
    )
    return word if is_text else found


def _loaded(word: str) -> object:
    if is_template(word):
        return word
    try:
        return load(word, "-")
    except InputError:
        return word
