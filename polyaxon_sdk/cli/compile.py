"""`polyaxon compile`."""

from __future__ import annotations

import click

from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.options import Source, label_options, output_option, read_tags, source_options
from polyaxon_sdk.cli.source import read_draft
from polyaxon_sdk.polyflow import write
from polyaxon_sdk.runner.draft import Labels
from polyaxon_sdk.settings import load

__all__ = ["compile_"]


@click.command("compile")
@source_options
@label_options
@output_option
def compile_(
    *,
    source: Source,
    params: tuple[str, ...],
    project: str | None,
    name: str | None,
    description: str | None,
    tags: str | None,
    output: str | None,
) -> None:
    """Print the compiled operation; nothing is created."""
    labels = Labels(project=project, name=name, description=description, tags=read_tags(tags))
    drafted = read_draft(load(), source, params=params, labels=labels)
    document = write(drafted.operation)
    if output == "json":
        print_json(document)
        return
    import yaml  # third-party, for those who don't ask for JSON

    click.echo(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), nl=False)
