"""The kinds of searches that are asked for by a word."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

__all__ = ["KINDS", "SearchKind"]

SearchKind: TypeAlias = Literal["grid", "random", "tpe", "bayes"]

KINDS: tuple[SearchKind, ...] = get_args(SearchKind)
