"""Mistakes in a specification, with the line of whoever made it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from attrs import evolve

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import SpecError

__all__ = ["placed"]


@contextmanager
def placed(place: str | None) -> Iterator[None]:
    """What is wrong within, told with a place where it has none.

    >>> with placed("train.py:3"):
    ...     raise InputError("missing")
    Traceback (most recent call last):
    polyaxon_sdk.exceptions.InputError: train.py:3: missing
    """
    try:
        yield
    except SpecError as error:
        raise SpecError(evolve(each, where=each.where or place) for each in error.problems) from error
    except InputError as error:
        error.where = error.where or place
        raise
