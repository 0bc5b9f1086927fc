"""What a search reads of its matrix, once no part of it is a template any more."""

from __future__ import annotations

from typing import TypeVar

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1TPE, V1Asha, V1Bayes, V1Hyperband, V1Iterative, V1RandomSearch
from polyaxon_sdk.tuners.spaces import number

__all__ = ["resolved", "seed_of"]

T = TypeVar("T")


def resolved(part: T | str) -> T:
    """A part of a matrix that may be a template, which it is not.

    Raises:
        InputError: it is one.

    >>> resolved("{{ space }}")
    Traceback (most recent call last):
    polyaxon_sdk.exceptions.InputError: '{{ space }}' is not resolved yet
    """
    if isinstance(part, str):
        raise InputError(f"{part!r} is not resolved yet")
    return part


def seed_of(matrix: V1Asha | V1Bayes | V1Hyperband | V1Iterative | V1RandomSearch | V1TPE) -> int | None:
    """The seed of a search, 0 included; None where it draws anew each time.

    Raises:
        InputError: it is a template.

    >>> seed_of(V1RandomSearch(params={}, num_runs=1, seed=7))
    7
    """
    return None if matrix.seed is None else int(number(matrix.seed))
