"""The command line of a decorated function."""

from __future__ import annotations

import os
import re
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NoReturn

from polyaxon_sdk.authoring.docstrings import read_docstring
from polyaxon_sdk.authoring.specification import inputs_of
from polyaxon_sdk.exceptions import InputError, did_you_mean

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.options import Options
    from polyaxon_sdk.polyflow import V1IO

__all__ = ["read_arguments"]

_NEGATIVE = re.compile(r"-(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")


def read_arguments(
    function: Callable[..., object], options: Options, argv: Sequence[str] | None
) -> dict[str, object]:
    """The arguments that a command line stands for, of the types that the function expects.

    Raises:
        SystemExit: 0 after `--help`; 2 after one line that says what is wrong.
    """
    inputs = inputs_of(function)
    description = options.description or read_docstring(function.__doc__).description
    parser = _Parser([io for io, _ in inputs], description)
    texts = parser.read(sys.argv[1:] if argv is None else argv)
    found: dict[str, object] = {}
    for io, each in inputs:
        if hasattr(texts, io.name):
            try:
                found[io.name] = each.meaning.build(io.parse(_value(io, getattr(texts, io.name))))
            except InputError as error:
                parser.error(f"{_flag(io.name)}: {error}")
        elif not each.has_default:
            found[io.name] = None  # an Optional that was not given
    return found


class _Parser(ArgumentParser):
    """One option an input; mistakes take one line."""

    def __init__(self, inputs: Iterable[V1IO], description: str | None) -> None:
        prog = os.path.basename(sys.argv[0])
        super().__init__(prog, description=description, allow_abbrev=False, conflict_handler="resolve")
        self._flags = ["--help"]
        for io in inputs:
            self._add(io)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; --help says more\n")

    def read(self, words: Sequence[str]) -> Namespace:
        """The texts that the options were given; unknown options are told before missing ones."""
        for word in words:
            name = word.partition("=")[0]
            if name.startswith("--") and name not in self._flags:
                self.error(f"unknown option {name!r}{did_you_mean(name, self._flags)}")
        return self.parse_args(self._joined(words))

    def _joined(self, words: Sequence[str]) -> list[str]:
        """`--rate -1e-3` as `--rate=-1e-3`: argparse takes the number for an option."""
        joined: list[str] = []
        for word in words:
            if joined and joined[-1] in self._flags and _NEGATIVE.fullmatch(word):
                joined[-1] += f"={word}"
            else:
                joined.append(word)
        return joined

    def _add(self, io: V1IO) -> None:
        flags = list(dict.fromkeys([_flag(io.name), f"--{io.name}"]))
        self._flags += flags
        form = {"nargs": "*"} if io.is_list else {"nargs": "?", "const": "true"} if io.type == "bool" else {}
        self.add_argument(
            *flags,
            dest=io.name,
            metavar=_metavar(io),
            default=SUPPRESS,
            required=io.required,
            help=_help(io),
            **form,
        )
        if io.value is True:
            self._flags.append(f"--no-{io.name.replace('_', '-')}")
            self.add_argument(
                self._flags[-1],
                dest=io.name,
                action="store_const",
                const="false",
                default=SUPPRESS,
                help=f"the opposite of {_flag(io.name)}",
            )


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _value(io: V1IO, given: object) -> object:
    """A list may come as words or, as `params.as_args` prints it, as one JSON array."""
    if io.is_list and isinstance(given, list) and len(given) == 1 and str(given[0]).startswith("["):
        return given[0]
    return given


def _metavar(io: V1IO) -> str:
    if io.validation and isinstance(options := io.validation.options, list) and options:
        return "{" + ",".join(map(str, options)) + "}"
    return (io.type or "any").upper()


def _help(io: V1IO) -> str:
    parts = [io.description] if io.description else []
    if io.required:
        parts.append("(required)")
    elif io.value is not None:
        parts.append(f"(default: {io.value})")
    return " ".join(parts).replace("%", "%%")
