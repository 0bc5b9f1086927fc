"""What a command line gives beside files: values, and which field each word is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from polyaxon_sdk.cli.options import Typed, Word, read_params
from polyaxon_sdk.polyaxonfile.words import read_flow
from polyaxon_sdk.polyflow.problems import Path

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1IO, V1Component, V1Operation

__all__ = ["given_of", "values_of"]

_BRACKETS = frozenset({"dict", "list", "metadata"})


def given_of(params: Sequence[Word]) -> dict[Path, str]:
    """The field paths of what words give, each to the place that messages name.

    >>> given_of(("epochs=3",))
    {('params', 'epochs'): '-P'}
    """
    typed = {each.name: each.option for each in params if isinstance(each, Typed)}
    return {("params", name): typed.get(name, "-P") for name in read_params(params)}


def values_of(params: Sequence[Word], operation: V1Operation) -> dict[str, object]:
    """The values of an operation's inputs that words give; a list or mapping may be written as in YAML.

    Raises:
        InputError: a word that gives none, or a name given twice.
    """
    inputs = {io.name: io for io in _inputs(operation)}
    given = read_params(params)
    return {
        name: read_flow(value) if isinstance(value, str) and _has_brackets(inputs.get(name)) else value
        for name, value in given.items()
    }


def _has_brackets(io: V1IO | None) -> bool:
    return io is not None and bool(io.is_list or (io.type or "").partition("[")[0] in _BRACKETS)


def _inputs(layer: V1Operation | V1Component) -> list[V1IO]:
    return [*(layer.inputs or []), *(_inputs(layer.component) if layer.component else [])]
