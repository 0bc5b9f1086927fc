"""The options of the public `polyaxon run` that mean nothing here: each says why not in one line (semantics 7.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from polyaxon_sdk.cli.inputs import YieldingOption

__all__ = ["REASONS", "elsewhere_options"]

F = TypeVar("F", bound=Callable[..., object])

_SEES = "a run is a process of this machine and sees its files where they lie; -u takes copies along"
_LINKS = "a link is taken along as a link, to where it leads"

REASONS = {
    ("-ns", "--namespace"): "a run is a process of this machine, which has no namespaces; -p names a project",
    (
        "-aa",
        "--approve-after",
    ): "a run waits for a person: `polyaxon ops approve`, or --approved, which waits for nobody",
    ("-s", "--shell"): "a run is a process of this machine: any shell of it will do; -l shows what it prints",
    ("--sandbox",): "a run is a process of this machine, which any shell of it may look into",
    ("-m", "--mount"): _SEES,
    ("--symlink-mode",): _LINKS,
    ("--symlink-report-limit",): _LINKS,
}
"""What is told to who gives such an option, by its names."""

_FLAGS = ("--shell", "--sandbox")


def elsewhere_options(command: F) -> F:
    """Add them, hidden; `--local` and `--executor process` are true here anyway."""
    for names, why in REASONS.items():
        word: dict[str, Any] = {"is_flag": True} if names[-1] in _FLAGS else {"metavar": "TEXT"}
        command = _refused(names, why, word)(command)
    local = {"is_flag": True, "expose_value": False, "hidden": True, "help": "Every run is."}
    command = click.option("--local", cls=YieldingOption, **local)(command)
    return click.option(
        "-exc", "--executor", cls=YieldingOption, expose_value=False, hidden=True, callback=_executor
    )(command)


def _refused(names: tuple[str, ...], why: str, word: dict[str, Any]) -> Callable[[F], F]:
    def refuse(_context: click.Context, _option: click.Parameter, value: object) -> None:
        if value not in (None, False, ()):
            raise click.UsageError(f"{names[-1]} means nothing here: {why}")

    return click.option(
        *names, cls=YieldingOption, expose_value=False, hidden=True, callback=refuse, help=why, **word
    )


def _executor(_context: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value is not None and value != "process":
        raise click.UsageError(f"--executor {value} means nothing here: a run is a process of this machine")
