"""The options of a function, as argparse reads them."""

from __future__ import annotations

import os
import re
import sys
from argparse import SUPPRESS, Action, ArgumentParser, Namespace
from collections.abc import Sequence
from typing import NoReturn

from polyaxon_sdk.authoring.command_line.completion import SHELLS, source
from polyaxon_sdk.authoring.command_line.flag import Flag, negations_of
from polyaxon_sdk.authoring.command_line.params import OPTION
from polyaxon_sdk.exceptions import did_you_mean

__all__ = ["PARAMS", "Parser"]

PARAMS = "NAME=VALUE"
"""Under which name the words of `--param` are found; no input can be called so."""

_COMPLETION = "--completion"

_NEGATIVE = re.compile(r"-(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")


class Parser(ArgumentParser):
    """One option an input; mistakes take one line."""

    def __init__(self, flags: Sequence[Flag], description: str | None) -> None:
        prog = os.path.basename(sys.argv[0])
        super().__init__(prog, description=description, allow_abbrev=False, conflict_handler="resolve")
        self._flags = ["--help", "-h"]
        self._single: set[str] = set()
        wholes = {flag.path[0] for flag in flags if len(flag.path) > 1}
        for flag in flags:
            self._add(flag, is_required=flag.io.required and flag.path[0] not in wholes)
        self._negations: dict[str, str] = {}
        for option, flag in negations_of(flags).items():
            self._add_negation(option, flag)
        if OPTION not in self._flags:  # an input may be called so
            self._add_params()
        if _COMPLETION not in self._flags:
            told = "print what the shell has to read to complete these options"
            self.add_argument(
                _COMPLETION, action=_Source, choices=sorted(SHELLS), default=SUPPRESS, help=told
            )
            self._flags.append(_COMPLETION)

    @property
    def options(self) -> list[str]:
        """All options as they are typed, each once: `--learning-rate`, not `--learning_rate` too."""
        return [next(word for word in each.option_strings if word[:2] == "--") for each in self._actions]

    def error(self, message: str) -> NoReturn:
        """Exit with one line that says what is wrong."""
        self.exit(2, f"{self.prog}: {message}; --help says more\n")

    def read(self, words: Sequence[str]) -> Namespace:
        """The texts that the options were given; unknown options are told before missing ones."""
        joined = self._joined(words)
        negated = {self._negations[word] for word in joined if word in self._negations}
        for action in self._actions:
            action.required = action.required and action.dest not in negated
        if any(word.startswith((OPTION, "-P")) for word in joined):
            for action in self._actions:
                action.required = (
                    False  # a file may give it: what is missing then is told when values are built
                )
        return self.parse_args(joined)

    def _joined(self, words: Sequence[str]) -> list[str]:
        """`--rate -1e-3` and `--note --x` as one word each: argparse takes what begins with a dash for an option."""
        joined: list[str] = []
        for word in words:
            name = word.partition("=")[0]
            before = joined[-1] if joined else ""
            is_value = before in self._single and name not in self._flags
            if is_value or (before in self._flags and _NEGATIVE.fullmatch(word)):
                joined[-1] += f"={word}"
            elif name.startswith("--") and name not in self._flags:
                self.error(f"unknown option {name!r}{did_you_mean(name, self._flags)}")
            else:
                joined.append(word)
        return joined

    def _add_params(self) -> None:
        names = ("-P", OPTION)
        self._flags += names
        self._single.update(names)
        told = "a value by name; @FILE takes those that a file of YAML holds"
        self.add_argument(*names, dest=PARAMS, metavar=PARAMS, action="append", default=SUPPRESS, help=told)

    def _add(self, flag: Flag, *, is_required: bool) -> None:
        io = flag.io
        flags = list(dict.fromkeys([flag.option, f"--{flag.key}"]))
        self._flags += flags
        if not io.is_list and io.type != "bool":
            self._single.update(flags)
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

    def _add_negation(self, option: str, flag: Flag) -> None:
        self._flags.append(option)
        self._negations[option] = flag.key
        self.add_argument(
            option,
            dest=flag.key,
            action="store_const",
            const="false",
            default=SUPPRESS,
            help=f"the opposite of {flag.option}",
        )


class _Source(Action):
    """Print what a shell has to read, and exit, as `--help` does."""

    def __call__(self, parser: ArgumentParser, *given: object, **more: object) -> NoReturn:
        del more
        _, shell, *_ = given
        sys.stdout.write(source(str(shell), parser.prog))
        parser.exit()
