"""The command line of a decorated function."""

from __future__ import annotations

import os
import re
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from polyaxon_sdk.authoring.command_line.flag import Flag, flags_of, values_of
from polyaxon_sdk.authoring.search.sweep import spaces_in
from polyaxon_sdk.authoring.signature.docstring import read_docstring
from polyaxon_sdk.authoring.specification.io import inputs_of
from polyaxon_sdk.exceptions import InputError, did_you_mean

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.signature import Parameter
    from polyaxon_sdk.authoring.specification.options import Options
    from polyaxon_sdk.polyflow import V1IO

__all__ = ["Arguments", "read_arguments"]

_NEGATIVE = re.compile(r"-(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")


class Arguments(NamedTuple):
    """What a command line stands for.

    Attributes:
        given: arguments, of the types that the function expects.
        spaces: the values to search of each input that was given several.
    """

    given: dict[str, object]
    spaces: dict[str, object]


def read_arguments(
    function: Callable[..., object], options: Options, argv: Sequence[str] | None
) -> Arguments:
    """The arguments that a command line stands for.

    Raises:
        SystemExit: 0 after `--help`; 2 after one line that says what is wrong.
    """
    try:
        inputs = inputs_of(function)
    except InputError as error:
        sys.stderr.write(f"{os.path.basename(sys.argv[0])}: {error}\n")
        raise SystemExit(2) from error
    flags = flags_of((io, each.meaning) for io, each in inputs)
    description = options.description or read_docstring(function.__doc__).description
    parser = _Parser(flags, description)
    texts = vars(parser.read(sys.argv[1:] if argv is None else argv))
    try:
        spaces = spaces_in(texts, {each.name: each.meaning for _, each in inputs})
        values = values_of({key: text for key, text in texts.items() if key not in spaces}, flags)
        built = _built([pair for pair in inputs if pair[0].name not in spaces], values)
        return Arguments(built, spaces)
    except InputError as error:
        parser.error(str(error))


def _built(inputs: Iterable[tuple[V1IO, Parameter]], values: Mapping[str, object]) -> dict[str, object]:
    """The arguments of the types that the function expects."""
    found: dict[str, object] = {}
    for io, each in inputs:
        if io.name in values:
            try:
                found[io.name] = each.meaning.build(values[io.name])
            except InputError as error:
                error.where = f"--{io.name.replace('_', '-')}"
                raise
        elif io.required:
            raise InputError("missing", where=f"--{io.name.replace('_', '-')}", expected=each.meaning.words)
        elif not each.has_default:
            found[io.name] = None  # an Optional that was not given
    return found


class _Parser(ArgumentParser):
    """One option an input; mistakes take one line."""

    def __init__(self, flags: Sequence[Flag], description: str | None) -> None:
        prog = os.path.basename(sys.argv[0])
        super().__init__(prog, description=description, allow_abbrev=False, conflict_handler="resolve")
        self._flags = ["--help"]
        wholes = {flag.path[0] for flag in flags if len(flag.path) > 1}
        for flag in flags:
            self._add(flag, is_required=flag.io.required and flag.path[0] not in wholes)

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

    def _add(self, flag: Flag, *, is_required: bool) -> None:
        io = flag.io
        flags = list(dict.fromkeys([flag.option, f"--{flag.key}"]))
        self._flags += flags
        form = {"nargs": "*"} if io.is_list else {"nargs": "?", "const": "true"} if io.type == "bool" else {}
        self.add_argument(
            *flags,
            dest=flag.key,
            metavar=flag.metavar,
            default=SUPPRESS,
            required=is_required,
            help=flag.help.replace("%", "%%"),
            **form,
        )
        if io.value is True:
            self._flags.append(f"--no-{flag.option[2:]}")
            self.add_argument(
                self._flags[-1],
                dest=flag.key,
                action="store_const",
                const="false",
                default=SUPPRESS,
                help=f"the opposite of {flag.option}",
            )
