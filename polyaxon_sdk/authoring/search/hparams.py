"""Values to search as words of a command line: `-HP lr=linspace:0.001:0.1:5`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from attrs import evolve

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import SpecError, V1GridSearch, V1Operation, read

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import HyperParam

__all__ = ["read_hparams"]


def read_hparams(words: Iterable[str]) -> dict[str, HyperParam]:
    """The values that `NAME=KIND:VALUE` words give.

    Raises:
        InputError: a word of another form, or values that are none.

    >>> read_hparams(["lr=linspace:0.001:0.1:5"])["lr"].value.num
    5
    """
    import yaml  # third-party, for those who write values on a command line

    found: dict[str, object] = {}
    for word in words:
        name, equals, space = word.partition("=")
        kind, colon, text = space.partition(":")
        if not equals or not colon:
            raise InputError(f"{word!r} gives no values", where="-HP", expected="NAME=KIND:VALUE")
        found[name.strip()] = {"kind": kind, "value": yaml.safe_load(text) if text.startswith("[") else text}
    try:
        matrix = read(V1Operation, {"matrix": {"kind": "grid", "params": found}}).matrix
    except SpecError as error:
        raise SpecError(evolve(each, where="-HP", path=each.path[2:]) for each in error.problems) from error
    return cast("dict[str, HyperParam]", matrix.params if isinstance(matrix, V1GridSearch) else {})
