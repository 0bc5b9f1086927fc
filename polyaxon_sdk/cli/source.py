"""From the words of `run`, `check` and `compile` to a draft of the run."""

from __future__ import annotations

from pathlib import Path

import click

from polyaxon_sdk.cli.options import read_params
from polyaxon_sdk.polyaxonfile import find_default, read_files, read_module
from polyaxon_sdk.polyaxonfile.polyaxonfile import Polyaxonfile
from polyaxon_sdk.runner.draft import Draft, Labels, draft
from polyaxon_sdk.runner.stopping import keeping_handlers
from polyaxon_sdk.settings import Settings

__all__ = ["read_draft"]


def read_draft(
    settings: Settings,
    *,
    files: tuple[str, ...],
    module: str | None,
    params: tuple[str, ...],
    labels: Labels,
) -> Draft:
    """The draft of what `-f` or `-pm` names, with its warnings before those of compiling.

    Raises:
        InputError: the source, a param or a label is wrong.
    """
    values = read_params(params)
    found = _read(files, module)
    drafted = draft(found.operation, settings=settings, params=values, labels=labels)
    for line in (*found.warnings, *drafted.warnings):
        click.echo(f"Warning: {line}", err=True)
    return drafted


def _read(files: tuple[str, ...], module: str | None) -> Polyaxonfile:
    if files and module:
        raise click.UsageError("-f and -pm each name what to run: give one of them")
    if module:
        with keeping_handlers():
            return read_module(module)
    return read_files([Path(file) for file in files] or [find_default(Path.cwd())])
