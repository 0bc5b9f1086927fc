"""The words that give inputs their values: those of `-P`, and the options that a function's inputs are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow.templates import is_template, verbatim

if TYPE_CHECKING:
    from polyaxon_sdk.cli.inputs import Given

__all__ = ["Typed", "Word", "read_params", "words_of"]


class Typed(NamedTuple):
    """What an option of an input was given.

    Attributes:
        option: as it was typed.
        name: the input.
        value: as JSON holds it; braces in it are no template.
    """

    option: str
    name: str
    value: object


Word: TypeAlias = str | Typed
"""`NAME=VALUE` of `-P`, or what an option of an input was given."""


def words_of(typed: tuple[str, ...], found: Given | None) -> tuple[Word, ...]:
    """The params of `-P`, and those given as options of their own; what is searched isn't among them.

    Raises:
        InputError: one is none that the function's own command line takes.
    """
    if found is None:
        return typed
    own = found.params(without=tuple(found.spaces))
    wholes = _wholes(typed, found)
    whole = [_checked(word, found) for word in typed if _root(word) not in wholes]
    return (*whole, *(Typed("-P", *each) for each in wholes.items()), *(Typed(*each) for each in own))


def _wholes(typed: Sequence[str], found: Given) -> dict[str, object]:
    """The values of inputs of which words name parts, as `-P layer.size=3`, laid over the rest of what is given."""
    parts = {flag.key for flag in found.flags if len(flag.path) > 1}
    roots = {_root(word) for word in typed if word.partition("=")[0].strip() in parts}
    if not roots:
        return {}
    # yaml and annotations, for those who name a part.
    from polyaxon_sdk.authoring.command_line.params import read_params as read_texts
    from polyaxon_sdk.authoring.command_line.values import values_of

    flags = [*found.flags, *found.hidden]
    words = [word for word in typed if word.startswith("@") or _root(word) in roots]
    texts, values = read_texts(words, flags)
    values = {name: value for name, value in values.items() if name in roots}
    return values_of(texts, flags, values)


def _root(word: str) -> str:
    """The input that a word gives a value, or a part of one."""
    return word.partition("=")[0].partition(".")[0].strip()


def _checked(word: str, found: Given) -> Word:
    """A word of `-P` to a function, checked: what its own command line makes of it."""
    # yaml and annotations, for those who name a function.
    from polyaxon_sdk.authoring.command_line.params import read_params as read_texts
    from polyaxon_sdk.authoring.command_line.values import check_parts, values_of
    from polyaxon_sdk.polyaxonfile.words import read_flow

    flags = [*found.flags, *found.hidden]
    if word.startswith("@"):
        check_parts(read_texts([word], flags).values, flags, where=f"-P {word}")
        return word
    name, equals, text = word.partition("=")
    name = name.strip()
    if not equals or is_template(text):
        return word
    if text.startswith("@") and any(flag.key == name for flag in flags):
        return Typed("-P", name, values_of({name: text}, flags, where=f"-P {name}")[name])
    if text[:1] in ("[", "{"):
        check_parts({name: read_flow(text)}, flags, where=f"-P {name}")
    return word


def read_params(words: Sequence[Word]) -> dict[str, object]:
    """The values that `-P name=value` words and options of inputs give; of the latter braces stay braces.

    `-P @FILE` gives those of a file of YAML, where no other word does.

    Raises:
        InputError: a word without `=`, or a name given twice.

    >>> read_params(["epochs=3", "note=a=b"])
    {'epochs': '3', 'note': 'a=b'}
    """
    params: dict[str, object] = {}
    filed: dict[str, object] = {}
    for word in words:
        if isinstance(word, str) and word.startswith("@"):
            # yaml and the classes of the specification, for those who keep values in files.
            from polyaxon_sdk.authoring.command_line.params import mapping_in

            filed |= mapping_in(word[1:])
            continue
        option, name, value = word if isinstance(word, Typed) else _split(word)
        if name in params:
            raise InputError(f"{name!r} is given twice", where=option, expected="one value for each input")
        params[name] = verbatim(value) if isinstance(word, Typed) else value
    return {**filed, **params}


def _split(word: str) -> Typed:
    name, equals, value = word.partition("=")
    if not equals or not name.strip():
        raise InputError(f"{word!r} gives no value", where="-P", expected="NAME=VALUE")
    return Typed("-P", name.strip(), value)
