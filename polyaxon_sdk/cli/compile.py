"""`polyaxon compile`."""

from __future__ import annotations

from functools import partial

import click

from polyaxon_sdk.cli.batch import answer_lines, batch_option, print_answer
from polyaxon_sdk.cli.draft import read_draft
from polyaxon_sdk.cli.inputs import InputsCommand
from polyaxon_sdk.cli.options import (
    Source,
    label_options,
    output_option,
    read_tags,
    refs_option,
    source_options,
)
from polyaxon_sdk.cli.params import Word
from polyaxon_sdk.cli.source import read_given
from polyaxon_sdk.cli.sweep import Sweep, sweep_options
from polyaxon_sdk.compiler.contract import answer_compile, compile_answer
from polyaxon_sdk.polyflow import write
from polyaxon_sdk.runner.draft import Labels
from polyaxon_sdk.settings import load

__all__ = ["compile_"]


@click.command("compile", cls=InputsCommand)
@source_options
@sweep_options
@label_options
@refs_option
@output_option
@batch_option
def compile_(
    *,
    source: Source,
    params: tuple[Word, ...],
    sweep: Sweep,
    project: str | None,
    name: str | None,
    description: str | None,
    tags: str | None,
    refs: tuple[str, ...],
    output: str | None,
    batch: bool,
) -> None:
    """Print the compiled operation; nothing is created."""
    if batch:
        answer_lines(answer_compile)
        return
    settings = load()
    if output == "json":
        given = partial(read_given, settings, source, params=params, refs=refs, sweep=sweep, is_lenient=True)
        print_answer(compile_answer(given))
        return
    labels = Labels(project=project, name=name, description=description, tags=read_tags(tags))
    drafted = read_draft(settings, source, params=params, labels=labels, refs=refs, sweep=sweep)
    import yaml  # third-party, for those who don't ask for JSON

    document = write(drafted.operation)
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # the one in C, where it was built
    click.echo(yaml.dump(document, Dumper=dumper, sort_keys=False, allow_unicode=True), nl=False)
