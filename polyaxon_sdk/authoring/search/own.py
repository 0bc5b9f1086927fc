"""Searches by a function of a person's own."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Iterative, V1OptimizationMetric, V1Tuner

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.search.matrix import Wanted
    from polyaxon_sdk.polyflow import HyperParam

__all__ = ["own_search"]

_DEFAULT_ROUNDS = 10


def own_search(
    suggest: Callable[..., object],
    wanted: Wanted,
    params: Mapping[str, HyperParam],
    metric: V1OptimizationMetric | None,
) -> V1Iterative:
    """The search whose suggestions a function makes, `suggest(history, space)`, in as many rounds as runs are wanted.

    Args:
        suggest: of a file, under its own name: each round runs it in a process of its own.
        metric: what the history tells as `result`, and the best run goes by; None for none.

    Raises:
        InputError: no other process could find the function; the line is named.
    """
    if wanted.num_runs is not None and wanted.num_runs < 1:
        raise InputError(f"{wanted.num_runs} runs are no search", where=caller(), expected="1 at least")
    return V1Iterative(
        params=dict(params),
        max_iterations=wanted.num_runs or _DEFAULT_ROUNDS,
        metric=metric,
        seed=wanted.seed,
        concurrency=wanted.concurrency,
        tuner=V1Tuner(path_ref=_target(suggest)),
    )


def _target(suggest: Callable[..., object]) -> str:
    """`FILE.py:NAME` of a function."""
    function = getattr(suggest, "function", suggest)  # a decorated one is a component
    code = getattr(function, "__code__", None)
    name = getattr(function, "__qualname__", "")
    if code is None or not os.path.isfile(code.co_filename) or not re.fullmatch(r"\w+", name):
        told = name or type(suggest).__name__
        raise InputError(
            f"{told} can't be found by another process",
            where=caller(),
            expected="a function of a file, by its name",
        )
    return f"{os.path.abspath(code.co_filename)}:{name}"
