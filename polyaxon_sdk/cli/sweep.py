"""Searches that a command line asks for."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click
from attrs import evolve

from polyaxon_sdk.authoring.search.kind import KINDS
from polyaxon_sdk.cli.inputs import GIVEN, Given
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import Polyaxonfile

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1Operation

__all__ = ["Sweep", "sweep_options"]

R = TypeVar("R")

_OPTIONS = (
    click.option("--sweep", is_flag=True, help="Search the values that the annotations of its inputs offer."),
    click.option(
        "-HP",
        "--hparam",
        "hparams",
        multiple=True,
        metavar="NAME=KIND:VALUE",
        help="Values of an input to search: `lr=linspace:0.001:0.1:5`, `opt=choice:[adam,sgd]`.",
    ),
    click.option("--metric", metavar="NAME", help="The output that the search is for: `-loss`, `+accuracy`."),
    click.option("--matrix-kind", type=click.Choice(KINDS), help="How values are chosen."),
    click.option("--matrix-num-runs", type=click.IntRange(1), metavar="N", help="How many runs at most."),
    click.option("--matrix-concurrency", type=click.IntRange(1), metavar="N", help="How many runs at once."),
    click.option("--matrix-seed", type=int, metavar="N", help="The same seed draws the same values."),
)


class Sweep:
    """What a command line says of a search.

    Args:
        is_wanted: `--sweep`.
        hparams: the words of `-HP`.
        words: `metric` and what the search is to be.
    """

    def __init__(self, *, is_wanted: bool, hparams: tuple[str, ...], words: dict[str, Any]) -> None:
        self._is_wanted = is_wanted
        self._hparams = hparams
        self._words = words
        self._given: Given | None = click.get_current_context().meta.get(GIVEN)

    def put_on(self, found: Polyaxonfile, *, fixed: Collection[str]) -> Polyaxonfile:
        """What was read, as a search where one is asked for.

        Args:
            fixed: the inputs that have a value of their own.

        Raises:
            InputError: no component of Python whose annotations offer values, or values that are none.
        """
        spaces = {} if self._given is None else self._given.spaces
        if not (self._is_wanted or spaces or self._hparams):
            if any(value is not None for value in self._words.values()):
                raise click.UsageError(
                    "a search has values: give --sweep, -HP, or several values of an input"
                )
            return found
        return evolve(
            found, operation=evolve(found.operation, matrix=self._matrix(found.operation, spaces, fixed))
        )

    def _matrix(
        self, operation: V1Operation, spaces: dict[str, object], fixed: Collection[str]
    ) -> Any:  # a matrix of any kind
        # The searches of polyflow, for those who search.
        from polyaxon_sdk.authoring.command_line.flag import option_of
        from polyaxon_sdk.authoring.decorators.runnable import Runnable
        from polyaxon_sdk.authoring.search.hparams import read_hparams
        from polyaxon_sdk.authoring.search.matrix import Wanted, matrix_of
        from polyaxon_sdk.authoring.search.sweep import sweep_of

        wanted = Wanted(
            self._words["matrix_kind"],
            self._words["metric"],
            self._words["matrix_num_runs"],
            self._words["matrix_concurrency"],
            self._words["matrix_seed"],
        )
        if self._hparams:
            outputs = [io.name for io in (operation.component.outputs if operation.component else None) or []]
            hparams = read_hparams(self._hparams)
            try:
                return matrix_of(wanted, hparams, outputs)
            except InputError as error:
                error.where = "-HP"
                raise
        loaded = None if self._given is None else self._given.loaded
        if not isinstance(loaded, Runnable):
            expected = "a function below `@component`, or -HP"
            raise InputError("only a decorated function offers values", where="--sweep", expected=expected)
        try:
            return sweep_of(loaded, wanted, {**self._fixed(fixed), **spaces})[0]
        except InputError as error:
            error.where = option_of(error.path) if error.path else "--sweep"
            error.path = None
            raise

    def _fixed(self, names: Collection[str]) -> dict[str, object]:
        """Those of the names that inputs have: they aren't searched, whatever their annotations offer."""
        known = (
            set()
            if self._given is None
            else {flag.path[0] for flag in (*self._given.flags, *self._given.hidden)}
        )
        return dict.fromkeys(known.intersection(names))


def sweep_options(command: Callable[..., R]) -> Callable[..., R]:
    """What is said of a search, given to the command as `sweep`."""

    @wraps(command)
    def gathered(
        *, sweep: bool, hparams: tuple[str, ...], **given: Any
    ) -> R:  # click gives what the options declare
        names = ("metric", "matrix_kind", "matrix_num_runs", "matrix_concurrency", "matrix_seed")
        words = {name: given.pop(name) for name in names}
        return command(sweep=Sweep(is_wanted=sweep, hparams=hparams, words=words), **given)

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered
