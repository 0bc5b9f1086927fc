"""`polyaxon check`."""

from __future__ import annotations

from functools import partial

import click

from polyaxon_sdk.cli.batch import answer_lines, batch_option, print_answer
from polyaxon_sdk.cli.given import given_of
from polyaxon_sdk.cli.inputs import InputsCommand
from polyaxon_sdk.cli.options import Source, output_option, refs_option, source_options
from polyaxon_sdk.cli.params import Word
from polyaxon_sdk.cli.source import read_given, warn
from polyaxon_sdk.cli.sweep import Sweep, sweep_options
from polyaxon_sdk.compiler.checking import examine
from polyaxon_sdk.compiler.merging import merge
from polyaxon_sdk.compiler.naming import check_names
from polyaxon_sdk.exceptions import cut, printable
from polyaxon_sdk.settings import load

__all__ = ["check"]


@click.command(cls=InputsCommand)
@source_options
@sweep_options
@refs_option
@click.option("-l", "--lint", is_flag=True, help="Check the file alone, without its params.")
@output_option
@batch_option
def check(
    *,
    source: Source,
    params: tuple[Word, ...],
    sweep: Sweep,
    refs: tuple[str, ...],
    lint: bool,
    output: str | None,
    batch: bool,
) -> None:
    """Check a file and its params; nothing is created."""
    if batch or output == "json":
        from polyaxon_sdk.compiler.contract import answer_check, check_answer  # searches, for programs only
    if batch:
        answer_lines(answer_check)
        return
    given = partial(read_given, load(), source, params=params, refs=refs, sweep=sweep, alone=lint)
    if output == "json":
        print_answer(check_answer(partial(given, is_lenient=True), lint=lint))
        return
    found, operation = given()
    if lint:
        warnings, name = [], merge(operation).name
    else:
        with found.locating(given=given_of(params)):
            checked = examine(operation)
            warnings, name = [*checked.warnings, *check_names(checked)], checked.merged.name
    warn([*found.warnings, *warnings])
    click.echo(f"valid: {printable(cut(name or 'an operation without a name'))}")
