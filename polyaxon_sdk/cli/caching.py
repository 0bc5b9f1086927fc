"""The options of `polyaxon run` that say whether earlier runs are taken."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click
from attrs import evolve

from polyaxon_sdk.polyaxonfile import Polyaxonfile
from polyaxon_sdk.polyflow import V1Cache

__all__ = ["cache_options", "with_cache"]

R = TypeVar("R")


def cache_options(command: Callable[..., R]) -> Callable[..., R]:
    """Whether earlier runs are taken, given to the command as `cache`; None where the operation says it."""

    @wraps(command)
    def gathered(
        *, cache: bool | None, no_cache: bool, **given: Any
    ) -> R:  # click gives what the options declare
        if cache and no_cache:
            raise click.UsageError("--cache and --no-cache say the opposite: give one of them")
        return command(cache=False if no_cache else cache, **given)

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered


_OPTIONS = (
    click.option(
        "--cache",
        is_flag=False,
        flag_value="true",
        type=click.BOOL,
        metavar="[t|f]",
        help="Take it from an earlier run that was made of the same, if there is one.",
    ),
    click.option(
        "--no-cache",
        "--nocache",
        "no_cache",
        is_flag=True,
        help="Carry everything out, whatever was run before.",
    ),
)


def with_cache(found: Polyaxonfile, cache: bool | None) -> Polyaxonfile:  # noqa: FBT001  # three-valued
    """The same with what the command line says of its cache; None for nothing."""
    if cache is None:
        return found
    said = found.operation.cache
    rules = evolve(said if isinstance(said, V1Cache) else V1Cache(), disable=not cache)
    return evolve(found, operation=evolve(found.operation, cache=rules))
