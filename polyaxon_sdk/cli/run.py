"""`polyaxon run`."""

from __future__ import annotations

from collections.abc import Sequence

import click
from attrs import evolve

from polyaxon_sdk.cli.caching import cache_options, with_cache
from polyaxon_sdk.cli.carrying import carry
from polyaxon_sdk.cli.consent import ask, yes_option
from polyaxon_sdk.cli.detaching import detach
from polyaxon_sdk.cli.draft import draft_of
from polyaxon_sdk.cli.elsewhere import elsewhere_options
from polyaxon_sdk.cli.fields import Fields, field_options
from polyaxon_sdk.cli.inputs import InputsCommand
from polyaxon_sdk.cli.options import (
    Source,
    label_options,
    output_option,
    read_tags,
    source_options,
)
from polyaxon_sdk.cli.params import Word, read_params
from polyaxon_sdk.cli.source import read_source, warn
from polyaxon_sdk.cli.sweep import Sweep, sweep_options
from polyaxon_sdk.cli.uploading import upload_options
from polyaxon_sdk.cli.warm import warm_option
from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.runner.carrying import plan_any
from polyaxon_sdk.runner.draft import Draft, Labels
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.uploads import Upload, check_target
from polyaxon_sdk.settings import load

__all__ = ["run"]


@click.command(cls=InputsCommand)
@source_options
@sweep_options
@label_options
@upload_options
@cache_options
@field_options
@elsewhere_options
@click.option("-l", "--logs", is_flag=True, help="Show what the run prints, as it comes.")
@click.option("-w", "--watch", is_flag=True, help="Show each of its statuses, as they come.")
@click.option(
    "--detach", "detached", is_flag=True, help="Let it go on by itself, whatever becomes of this terminal."
)
@warm_option
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
    fields: Fields,
    logs: bool,
    watch: bool,
    detached: bool,
    yes: bool,
    output: str | None,
) -> int:
    """Run a component or an operation."""
    settings = load()
    labels = Labels(project=project, name=name, description=description, tags=read_tags(tags))
    is_alone = fields.says_what_runs and not source.is_named
    read = fields.source() if is_alone else read_source(settings, source)
    found = sweep.put_on(fields.put_on(read), fixed=read_params(params))
    drafted = draft_of(with_cache(found, cache), settings=settings, params=params, labels=labels)
    plan = evolve(_plan(drafted, [*found.warnings, *drafted.warnings]), upload=upload)
    if upload is not None:
        check_target(plan.folder, upload)
    ask(found.origins, drafted.operation, settings=settings, yes=yes)
    if detached:
        return detach(drafted, upload=upload, logs=logs, watch=watch, output=output)
    return carry(plan, settings, logs=logs, for_programs=output == "json", watch=watch)


def _plan(drafted: Draft, warnings: Sequence[str]) -> Plan:
    """The plan of a draft, after its warnings; what it is refused for is no warning beside."""
    try:
        plan = plan_any(drafted)
    except PolyaxonError as error:
        warn(line for line in warnings if line != str(error))
        raise
    warn(warnings)
    return plan
