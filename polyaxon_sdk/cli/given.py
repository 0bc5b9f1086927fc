"""What a command line gives beside files: values, and which field each word is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from polyaxon_sdk.cli.params import Typed, Word, read_params
from polyaxon_sdk.polyaxonfile.words import is_written, read_as
from polyaxon_sdk.polyflow.problems import Path

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1IO, V1Component, V1Operation

__all__ = ["given_of", "values_of"]


def given_of(params: Sequence[Word]) -> dict[Path, str]:
    """The field paths of what words give, each to the place that messages name.

    >>> given_of(("epochs=3",))
    {('params', 'epochs'): '-P'}
    """
    typed = {each.name: each.option for each in params if isinstance(each, Typed)}
    return {("params", name): typed.get(name, "-P") for name in read_params(params)}


def values_of(params: Sequence[Word], operation: V1Operation) -> dict[str, object]:
    """The values of an operation's inputs that words give; a list or mapping may be written as in YAML.

    What an input of type `any` is given is what YAML says. `@FILE` stands for what a file holds, but for a text. A
    text that a file gives to an input by its name stays one.

    Raises:
        InputError: a word that gives none, a name given twice, or a file that can't be read.
    """
    inputs = {io.name: io for io in _inputs(operation)}
    words = {each.partition("=")[0].strip() for each in params if isinstance(each, str) and each[:1] != "@"}
    return {
        name: _read(value, io) if isinstance(value, str) and io is not None and name in words else value
        for name, value in read_params(params).items()
        for io in [inputs.get(name)]
    }


def _read(word: str, io: V1IO) -> object:
    """What a word is to an input, as far as its type says that it is no text."""
    if word.startswith("@") and is_written(io):
        # The command lines of functions, for those who keep values in files.
        from polyaxon_sdk.authoring.command_line.values import loaded

        return loaded(word[1:])
    return read_as(io, word)


def _inputs(layer: V1Operation | V1Component) -> list[V1IO]:
    return [*(layer.inputs or []), *(_inputs(layer.component) if layer.component else [])]
