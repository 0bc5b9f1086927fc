"""Output for programs."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

import click

__all__ = ["json_text", "print_json"]


def print_json(document: object) -> None:
    """Print a document as JSON that every reader takes: a number that JSON lacks (NaN, infinity) is null."""
    click.echo(json_text(document, indent=2))


def json_text(document: object, *, indent: int | None = None) -> str:
    """The same as text.

    >>> json_text({"loss": float("nan")})
    '{"loss": null}'
    """
    return json.dumps(_finite(document), ensure_ascii=False, indent=indent)


def _finite(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value
