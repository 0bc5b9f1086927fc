"""`-o json` of commands that do something and tell it in lines."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import redirect_stdout
from functools import partial
from io import StringIO
from typing import Any, TypeVar

import click

from polyaxon_sdk.cli.documents import print_json

__all__ = ["answer", "prints_json", "with_output"]

F = TypeVar("F", bound=Callable[..., object])

_FACTS = "polyaxon_sdk.cli.answering"
_JSON = "prints_json"


def answer(**facts: object) -> None:
    """Let a command's JSON hold facts beside the lines that people see.

    >>> with click.Context(click.Command("stop")):
    ...     answer(uuid="0f3a")
    """
    click.get_current_context().meta.setdefault(_FACTS, {}).update(facts)


def prints_json(command: F) -> F:
    """Mark what prints JSON anyway, so that `-o json` changes nothing."""
    setattr(command, _JSON, True)
    return command


def with_output(command: click.Command) -> click.Command:
    """A command, or a group's, with `-o json` where it has none of its own.

    Its answer is one object: `lines`, as people see them, and the facts that it names by `answer`.
    """
    if isinstance(command, click.Group):
        for each in command.commands.values():
            with_output(each)
    elif not any("--output" in option.opts for option in command.params) and command.callback is not None:
        help_ = "Print for programs instead of for people."
        command.params.append(click.Option(["-o", "--output"], type=click.Choice(["json"]), help=help_))
        command.callback = partial(_answered, command.callback)
    return command


def _answered(do: Callable[..., object], /, *, output: str | None, **given: Any) -> object:
    """What the command returns: its exit code, where it has one."""
    if output is None or getattr(do, _JSON, False):
        return do(**given)
    shown = StringIO()
    with redirect_stdout(shown):
        returned = do(**given)
    facts: dict[str, object] = click.get_current_context().meta.get(_FACTS, {})
    print_json({**facts, "lines": shown.getvalue().splitlines()})
    return returned
