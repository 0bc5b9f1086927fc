"""The command line of a decorated function."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from polyaxon_sdk.authoring.command_line.completion import COMPLETE, candidates
from polyaxon_sdk.authoring.command_line.flag import flags_of, option_of
from polyaxon_sdk.authoring.command_line.params import read_params
from polyaxon_sdk.authoring.command_line.parser import PARAMS, Parser
from polyaxon_sdk.authoring.command_line.several import spaces_in
from polyaxon_sdk.authoring.command_line.values import values_of
from polyaxon_sdk.authoring.signature.docstring import read_docstring
from polyaxon_sdk.authoring.specification.io import inputs_of
from polyaxon_sdk.exceptions import InputError

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.signature import Parameter
    from polyaxon_sdk.authoring.specification.options import Options
    from polyaxon_sdk.polyflow import V1IO

__all__ = ["Arguments", "read_arguments"]


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
        SystemExit: 0 after `--help` and what a shell asks for; 2 after one line that says what is wrong.
    """
    try:
        inputs = inputs_of(function)
    except InputError as error:
        sys.stderr.write(f"{os.path.basename(sys.argv[0])}: {error}\n")
        raise SystemExit(2) from error
    flags = flags_of((io, each.meaning) for io, each in inputs)
    description = options.description or read_docstring(function.__doc__).description
    parser = Parser(flags, description)
    words = sys.argv[1:] if argv is None else argv
    if words[:1] == [COMPLETE] and COMPLETE not in parser.options:
        sys.stdout.writelines(f"{word}\n" for word in candidates(words[1:], flags, parser.options))
        raise SystemExit(0)
    texts = vars(parser.read(words))
    try:
        params = read_params(texts.pop(PARAMS, []), flags)
        texts = {**params.texts, **texts}
        spaces = spaces_in(texts, {each.name: each.meaning for _, each in inputs})
        own = {key: text for key, text in texts.items() if key not in spaces}
        values = values_of(own, flags, params.values)
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
                error.where = option_of(io.name)
                raise
        elif io.required:
            raise InputError("missing", where=option_of(io.name), expected=each.meaning.words)
        elif not each.has_default:
            found[io.name] = None  # an Optional that was not given
    return found
