"""`--warm` and `--no-warm`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from polyaxon_sdk.settings import export

__all__ = ["warm_option"]

F = TypeVar("F", bound=Callable[..., Any])


def warm_option(command: F) -> F:
    """Whether runs of decorated functions are forked: above the setting, for this process and those that it starts."""
    return click.option(
        "--warm/--no-warm",
        default=None,
        expose_value=False,
        callback=_say,
        help="Fork the runs of a decorated function from a process that has imported it, or start each by itself.",
    )(command)


def _say(context: click.Context, _parameter: click.Parameter, value: bool | None) -> None:  # noqa: FBT001  # click's
    if value is not None:
        before = export({"POLYAXON_WARM_STARTS": str(value).lower()})
        context.call_on_close(lambda: export(before))
