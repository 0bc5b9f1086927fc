"""`polyaxon run`."""

from __future__ import annotations

import click
from attrs import evolve

from polyaxon_sdk.cli.caching import cache_options, with_cache
from polyaxon_sdk.cli.carrying import carry
from polyaxon_sdk.cli.consent import ask, yes_option
from polyaxon_sdk.cli.draft import draft_of
from polyaxon_sdk.cli.inputs import InputsCommand
from polyaxon_sdk.cli.options import (
    Source,
    Word,
    label_options,
    output_option,
    read_params,
    read_tags,
    source_options,
)
from polyaxon_sdk.cli.source import read_source
from polyaxon_sdk.cli.sweep import Sweep, sweep_options
from polyaxon_sdk.cli.uploading import upload_options
from polyaxon_sdk.runner.carrying import plan_any
from polyaxon_sdk.runner.draft import Labels
from polyaxon_sdk.runner.uploads import Upload, check_target
from polyaxon_sdk.settings import load

__all__ = ["run"]


@click.command(cls=InputsCommand)
@source_options
@sweep_options
@label_options
@upload_options
@cache_options
@click.option("-l", "--logs", is_flag=True, help="Show what the run prints, as it comes.")
@yes_option
@output_option
def run(
    *,
    source: Source,
    params: tuple[Word, ...],
    sweep: Sweep,
    project: str | None,
    name: str | None,
    description: str | None,
    tags: str | None,
    upload: Upload | None,
    cache: bool | None,
    logs: bool,
    yes: bool,
    output: str | None,
) -> int:
    """Run a component or an operation."""
    settings = load()
    labels = Labels(project=project, name=name, description=description, tags=read_tags(tags))
    found = sweep.put_on(read_source(settings, source), fixed=read_params(params))
    drafted = draft_of(with_cache(found, cache), settings=settings, params=params, labels=labels)
    plan = evolve(plan_any(drafted), upload=upload)
    if upload is not None:
        check_target(plan.folder, upload)
    ask(found.origins, drafted.operation, settings=settings, yes=yes)
    return carry(plan, settings, logs=logs, for_programs=output == "json")
