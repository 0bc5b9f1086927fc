"""The inputs of the component that a command line names, as options of the command."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import redirect_stdout, suppress
from io import StringIO
from itertools import pairwise
from os.path import isfile
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from polyaxon_sdk.exceptions import InputError

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.annotations import Meaning
    from polyaxon_sdk.authoring.command_line.flag import Flag
    from polyaxon_sdk.polyflow import V1IO, V1Component, V1Operation

__all__ = ["GIVEN", "Given", "InputsCommand", "YieldingOption"]

GIVEN = "polyaxon_sdk.cli.inputs"
"""Where the context of a command keeps what was found, and given."""

_MODULE = ("-pm", "--python-module")
_LOADING = frozenset({"-h", "--help", "--sweep"})
"""Words that can't be answered without the component."""


class Given(NamedTuple):
    """A component that was named, and what the command line says of its inputs.

    Attributes:
        loaded: the object that `-pm` names.
        flags: its inputs as options, without those whose names the command has itself.
        texts: what was typed, by the keys of the flags.
        hidden: those whose names the command has itself, which only `-P` gives.
    """

    loaded: object
    flags: list[Flag]
    texts: dict[str, str | tuple[str, ...]]
    hidden: list[Flag]

    @property
    def spaces(self) -> dict[str, object]:
        """The values to search of each input that was given several.

        Raises:
            InputError: one of several values that the input doesn't take, with the option.
        """
        # Signatures, for those who give options of inputs.
        from polyaxon_sdk.authoring.command_line.several import spaces_in
        from polyaxon_sdk.authoring.decorators.runnable import Runnable
        from polyaxon_sdk.authoring.signature import read_signature

        if not isinstance(self.loaded, Runnable):
            return {}
        inputs = {each.name: each.meaning for each in read_signature(self.loaded.function).inputs}
        texts = {key: text[-1] if isinstance(text, tuple) else text for key, text in self.texts.items()}
        return spaces_in(texts, inputs)

    def params(self, *, without: Sequence[str] = ()) -> list[tuple[str, str, object]]:
        """What the options give: each as it is typed, its input, and the value as JSON holds it.

        Args:
            without: inputs that are searched.

        Raises:
            InputError: a word that stands for no value, with the option.
        """
        # attrs, loaded by whoever found the flags.
        from polyaxon_sdk.authoring.command_line.values import values_of

        texts = {key: text for key, text in self.texts.items() if key not in without}
        values = values_of(texts, self.flags)
        return [(self._option(name), name, value) for name, value in values.items()]

    def _option(self, name: str) -> str:
        """The option of an input that was typed: of its whole, or of a part of it."""
        return next(flag.option for flag in self.flags if flag.path[0] == name and flag.key in self.texts)


class YieldingOption(click.Option):
    """An option that an input of its name goes before."""


class InputsCommand(click.Command):
    """A command that has an option for each input of what `-pm FILE.py:NAME` names.

    The file is run where such an option, or help, is asked for.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Find the inputs, then parse as any command."""
        target = _target(args)
        own = self._firm(ctx)
        if target is not None and ctx.resilient_parsing:
            with suppress(InputError), redirect_stdout(StringIO()):  # a shell completes what can be read
                ctx.meta[GIVEN] = _given(target, own)
        elif target is not None and (_asks(args) or self._is_unknown(ctx, args)):
            ctx.meta[GIVEN] = _given(target, own)
            self._check_words(ctx, args, ctx.meta[GIVEN])
        typed = [*args]  # the parser takes words away
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            if hint := _as_option(typed, error.message):
                raise click.UsageError(f"{error.message}{hint}", ctx) from error
            raise

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The command's own options, and those of the inputs."""
        inputs = self._of_inputs(ctx)
        return [*self._own(ctx, inputs), *inputs]

    def _own(self, ctx: click.Context, inputs: Sequence[click.Option]) -> list[click.Parameter]:
        """Its own options, without those that an input goes before."""
        taken = {word for each in inputs for word in each.opts}
        own = super().get_params(ctx)
        return [each for each in own if not (isinstance(each, YieldingOption) and taken & set(each.opts))]

    def _firm(self, ctx: click.Context) -> set[str]:
        """The names that no input can have."""
        found = super().get_params(ctx)
        return {word for each in found if not isinstance(each, YieldingOption) for word in each.opts}

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The inputs first: they are what the person asks about."""
        options = self._of_inputs(ctx)
        inputs = [record for each in options if (record := each.get_help_record(ctx))]
        given: Given | None = ctx.meta.get(GIVEN)
        for flag in given.hidden if given is not None else ():
            inputs.append(
                (f"-P {flag.key}={flag.metavar}", f"{flag.help} {flag.option} is the command's own".strip())
            )
        if inputs:
            with formatter.section("Inputs"):
                formatter.write_dl(inputs)
        own = [record for each in self._own(ctx, options) if (record := each.get_help_record(ctx))]
        with formatter.section("Options"):
            formatter.write_dl(own)

    def _of_inputs(self, ctx: click.Context) -> list[click.Option]:
        given: Given | None = ctx.meta.get(GIVEN)
        if given is None:
            return []
        # Of components, which is loaded by whoever found the flags.
        from polyaxon_sdk.authoring.command_line.flag import negations_of

        own = self._firm(ctx)
        found = negations_of(given.flags).items()
        negated = [_negation(option, flag, given) for option, flag in found if option not in own]
        return [*(_option(flag, given) for flag in given.flags), *negated]

    def _check_words(self, ctx: click.Context, args: Sequence[str], given: Given) -> None:
        """Refuse an option of an input whose value would be the option that follows."""
        known = {word for each in self.get_params(ctx) for word in each.opts}
        taking = {
            word for flag in given.flags if flag.io.type != "bool" for word in (flag.option, f"--{flag.key}")
        }
        for word, following in pairwise(args):
            if word in taking and following.partition("=")[0] in known:
                raise click.BadOptionUsage(word, f"Option {word!r} requires an argument.", ctx)

    def _is_unknown(self, ctx: click.Context, args: Sequence[str]) -> bool:
        firm = [each for each in super().get_params(ctx) if not isinstance(each, YieldingOption)]
        known = {word for each in firm for word in (*each.opts, *each.secondary_opts)}
        typed = {word.partition("=")[0] for word in args if word.startswith("--") and word != "--"}
        return bool(typed - known)


def _asks(args: Sequence[str]) -> bool:
    """Whether a word needs the component to be answered."""
    return bool(_LOADING & set(args)) or any(word.startswith(("-P", "--param")) for word in args)


def _target(args: Sequence[str]) -> str | None:
    """What `-pm` names."""
    for position, word in enumerate(args):
        name, equals, value = word.partition("=")
        if name in _MODULE:
            following = args[position + 1] if position + 1 < len(args) else None
            return value if equals else following
    return None


def _given(target: str, taken: set[str]) -> Given:
    # The classes of components, for those who ask for inputs.
    from polyaxon_sdk.authoring.command_line.flag import flags_of
    from polyaxon_sdk.authoring.decorators.runnable import Runnable
    from polyaxon_sdk.authoring.specification.io import inputs_of
    from polyaxon_sdk.polyaxonfile.modules import load_object, specified_by
    from polyaxon_sdk.runner.stopping import keeping_handlers

    with keeping_handlers():
        loaded = load_object(target)
    pairs: list[tuple[V1IO, Meaning | None]]
    if isinstance(loaded, Runnable):
        pairs = [(io, each.meaning) for io, each in inputs_of(loaded.function)]
    else:
        pairs = [(io, None) for io in _inputs(specified_by(loaded, target))]
    flags = flags_of(pairs)
    free = [flag for flag in flags if flag.option not in taken]
    hidden = [flag for flag in flags if flag.option in taken and len(flag.path) == 1]
    return Given(loaded, free, {}, hidden)


def _inputs(specified: V1Component | V1Operation) -> list[V1IO]:
    return specified.inputs or (_inputs(specified.component) if specified.component else [])


def _option(flag: Flag, given: Given) -> click.Option:
    def keep(_context: click.Context, _option: click.Parameter, value: Any) -> None:  # as click parsed it
        if value not in (None, ()):
            given.texts[flag.key] = value

    names = dict.fromkeys([flag.option, f"--{flag.key}", f"input_{flag.key.replace('.', '_')}"])
    more: dict[str, Any] = {"is_flag": False, "flag_value": "true"} if flag.io.type == "bool" else {}

    def complete(_context: click.Context, _option: click.Parameter, incomplete: str) -> list[str]:
        return [word for word in flag.choices if word.startswith(incomplete)]

    return click.Option(
        list(names),
        metavar=flag.metavar,
        help=flag.help,
        multiple=bool(flag.io.is_list),
        expose_value=False,
        callback=keep,
        shell_complete=complete,
        **more,
    )


def _negation(option: str, flag: Flag, given: Given) -> click.Option:
    def keep(_context: click.Context, _option: click.Parameter, value: Any) -> None:  # as click parsed it
        if value:
            given.texts[flag.key] = "false"

    names = [option, f"no_input_{flag.key.replace('.', '_')}"]
    told = f"the opposite of {flag.option}"
    return click.Option(names, is_flag=True, help=told, expose_value=False, callback=keep)


def _as_option(args: Sequence[str], message: str) -> str:
    """How a file is named that a command line has without an option, where that is what is wrong."""
    file = next((word for word in args if message.endswith(f"argument ({word})") and isfile(word)), None)
    if file is None:
        return ""
    return f"; did you mean {'-pm' if file.endswith('.py') else '-f'} {file}?"
