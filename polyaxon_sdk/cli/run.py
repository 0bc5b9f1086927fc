"""`polyaxon run`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from polyaxon_sdk.cli.consent import ask, yes_option
from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.draft import draft_of
from polyaxon_sdk.cli.options import Source, label_options, output_option, read_tags, source_options
from polyaxon_sdk.cli.source import read_source
from polyaxon_sdk.cli.unbreakable import unbreakable
from polyaxon_sdk.runner.draft import Labels
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.lifecycle import Outcome, carry_out
from polyaxon_sdk.runner.plan import Plan, make_plan
from polyaxon_sdk.settings import load

if TYPE_CHECKING:
    from polyaxon_sdk.cli.display import Display

__all__ = ["run"]

_STOPPED = 130


@click.command()
@source_options
@label_options
@click.option("-l", "--logs", is_flag=True, help="Show what the run prints, as it comes.")
@yes_option
@output_option
def run(
    *,
    source: Source,
    params: tuple[str, ...],
    project: str | None,
    name: str | None,
    description: str | None,
    tags: str | None,
    logs: bool,
    yes: bool,
    output: str | None,
) -> int:
    """Run a component or an operation."""
    settings = load()
    labels = Labels(project=project, name=name, description=description, tags=read_tags(tags))
    found = read_source(settings, source)
    drafted = draft_of(found, settings=settings, params=params, labels=labels)
    plan = make_plan(drafted)
    ask(found.origins, drafted.operation, settings=settings, yes=yes)
    display = _display(logs=logs, for_programs=output == "json")
    try:
        outcome = carry_out(plan, settings=settings, executor=ProcessExecutor(), watcher=display)
    finally:
        display.close()
    display.ended(plan, outcome)
    if output == "json":
        print_json(_document(plan, outcome))
    return _exit_code(outcome)


def _display(*, logs: bool, for_programs: bool) -> Display:
    # rich costs 40 ms, which a command line that is wrong needn't wait for.
    from polyaxon_sdk.cli.display import Display

    return Display(unbreakable(sys.stderr if for_programs else sys.stdout), shows_output=logs)


def _document(plan: Plan, outcome: Outcome) -> dict[str, object]:
    # With the rest of `ops get`, which costs rich too.
    from polyaxon_sdk.cli.ops.get import document_of

    if outcome.state is None:
        return {"uuid": plan.folder.uuid, "status": "unknown", "path": str(plan.folder.path)}
    return document_of(plan.folder, outcome.state)


def _exit_code(outcome: Outcome) -> int:
    status = outcome.state.status if outcome.state else "unknown"
    return {"succeeded": 0, "stopped": _STOPPED}.get(status, 1)
