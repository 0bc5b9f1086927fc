"""What a command line gives beside files: which field each word is about."""

from __future__ import annotations

from polyaxon_sdk.cli.options import read_params
from polyaxon_sdk.polyflow.problems import Path

__all__ = ["given_of"]


def given_of(params: tuple[str, ...]) -> dict[Path, str]:
    """The field paths of what `-P` words give, each to the place that messages name.

    >>> given_of(("epochs=3",))
    {('params', 'epochs'): '-P'}
    """
    return {("params", name): "-P" for name in read_params(params)}
