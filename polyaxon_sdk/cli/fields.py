"""The options of `polyaxon run` that change single fields of what is run (semantics 7.1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click
from attrs import evolve

from polyaxon_sdk.cli.inputs import YieldingOption
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import Polyaxonfile
from polyaxon_sdk.polyaxonfile.layers import lay_over
from polyaxon_sdk.polyflow import V1Operation, V1Template, read

__all__ = ["Fields", "field_options"]

R = TypeVar("R")


class Fields:
    """What a command line says of fields of what is run.

    Args:
        words: by option; None or empty where it was not given.
    """

    def __init__(self, words: dict[str, Any]) -> None:
        self._words = words

    @property
    def says_what_runs(self) -> bool:
        """Whether nothing else has to: there is a command."""
        return bool(self._words["cmd"])

    def source(self) -> Polyaxonfile:
        """What these fields are alone, without any file."""
        return Polyaxonfile(operation=V1Operation(), kind=None, name="--cmd")

    def put_on(self, found: Polyaxonfile) -> Polyaxonfile:
        """What was read, with these fields laid over it.

        Raises:
            InputError: one isn't what the field takes, or the file wants to be edited first.
        """
        operation = found.operation
        if not self._words["ignore_template"]:
            _check_edited(operation)
        written = self._written()
        if not written:
            return found
        over = read(V1Operation, {"kind": "operation", **written})
        return evolve(found, operation=lay_over(operation, over))

    def _written(self) -> dict[str, object]:
        """The fields as a file would have them."""
        words = self._words
        sizes = {name: words[name] for name in ("cpu", "memory", "gpu") if words[name] is not None}
        written: dict[str, object] = {
            "queue": words["queue"],
            "strictParams": words["strict_params"],
            "isApproved": True if words["approved"] else None,
            "container": {"image": words["image"]} if words["image"] else None,
            "cmd": list(words["cmd"]) or None,
            "env": _variables(words["env"]) or None,
            "resources": sizes or None,
            "ports": _ports(words["ports"]) or None,
        }
        return {name: value for name, value in written.items() if value is not None}


def _variables(words: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name.strip():
            raise InputError(f"{word!r} gives no value", where="--env", expected="NAME=VALUE")
        found[name.strip()] = value
    return found


def _ports(words: tuple[str, ...]) -> list[int]:
    parts = [part.strip() for word in words for part in word.split(",")]
    if wrong := [part for part in parts if not part.isdecimal() or len(part) > 5 or int(part) > 65535]:
        raise InputError(
            f"{wrong[0]!r} is no port", where="--ports", expected="numbers up to 65535 with commas: 8000,8001"
        )
    return [int(part) for part in parts]


def _check_edited(operation: V1Operation) -> None:
    """Refuse a file that says that it wants to be edited first (semantics 1.3)."""
    for each in (operation, operation.component):
        template = each.template if each is not None else None
        if isinstance(template, V1Template) and template.enabled is not False:
            named = f": {', '.join(template.fields)}" if isinstance(template.fields, list) else ""
            told = f" ({template.description})" if template.description else ""
            raise InputError(
                f"a template, which wants to be edited first{told}{named}",
                path="template",
                expected="the file without `template`, or --ignore-template",
            )


_OPTIONS: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (("-q", "--queue"), {"metavar": "QUEUE", "help": "The queue that it waits in."}),
    (("-ap", "--approved"), {"is_flag": True, "help": "It is approved: it waits for nobody."}),
    (
        ("--strict-params/--no-strict-params",),
        {"default": None, "help": "Refuse a param that is no input; by default it is what templates see."},
    ),
    (("--ignore-template",), {"is_flag": True, "help": "Run a file that says it wants to be edited first."}),
    (
        ("--cmd",),
        {"multiple": True, "metavar": "COMMAND", "help": "A line of the shell to run; needs no file."},
    ),
    (("--env",), {"multiple": True, "metavar": "NAME=VALUE", "help": "A variable of its environment."}),
    (("--cpu",), {"metavar": "N", "help": "Processors that it asks for: REQUEST or REQUEST..LIMIT."}),
    (("--memory",), {"metavar": "SIZE", "help": "Memory that it asks for: 2Gi, 1Gi..4Gi."}),
    (("--gpu",), {"type": click.IntRange(0), "metavar": "N", "help": "GPUs of its own."}),
    (
        ("--ports",),
        {"multiple": True, "metavar": "N,N", "help": "It is a service that listens at these ports."},
    ),
    (("--image",), {"metavar": "IMAGE", "help": "Kept with the run; here the command runs as a process."}),
)
_NAMES = (
    "queue", "approved", "strict_params", "ignore_template", "cmd", "env", "cpu", "memory", "gpu", "ports", "image",
)  # fmt: skip


def field_options(command: Callable[..., R]) -> Callable[..., R]:
    """What is said of single fields, given to the command as `fields`."""

    @wraps(command)
    def gathered(**given: Any) -> R:  # click gives what the options declare
        words = {
            name: given.pop(name, None) or () if name in _SEVERAL else given.pop(name, None)
            for name in _NAMES
        }
        return command(fields=Fields(words), **given)

    for names, more in reversed(_OPTIONS):
        gathered = click.option(*names, cls=YieldingOption, **more)(gathered)
    return gathered


_SEVERAL = ("cmd", "env", "ports")
