"""From the words of `run`, `check` and `compile` to a draft of the run."""

from __future__ import annotations

from pathlib import Path

import click

from polyaxon_sdk.cli.options import Source, read_params
from polyaxon_sdk.exceptions import printable
from polyaxon_sdk.polyaxonfile import (
    Polyaxonfile,
    Resolver,
    find_default,
    open_hubs,
    read_files,
    read_hub,
    read_module,
    read_url,
)
from polyaxon_sdk.runner.draft import Draft, Labels, draft
from polyaxon_sdk.runner.stopping import keeping_handlers
from polyaxon_sdk.settings import Settings

__all__ = ["draft_of", "read_draft", "read_source"]


def read_draft(settings: Settings, source: Source, *, params: tuple[str, ...], labels: Labels) -> Draft:
    """The draft of what a source names, with its warnings before those of compiling.

    Raises:
        InputError: the source, a param or a label is wrong.
    """
    return draft_of(read_source(settings, source), settings=settings, params=params, labels=labels)


def draft_of(found: Polyaxonfile, *, settings: Settings, params: tuple[str, ...], labels: Labels) -> Draft:
    """As `read_draft`, of what was read already."""
    drafted = draft(found.operation, settings=settings, params=read_params(params), labels=labels)
    for line in (*found.warnings, *drafted.warnings):
        click.echo(f"Warning: {printable(line)}", err=True)
    return drafted


def read_source(settings: Settings, source: Source) -> Polyaxonfile:
    """What a source names.

    Raises:
        InputError: it can't be read, or what it holds is wrong.
    """
    resolver = Resolver(hubs=open_hubs(settings))
    if source.module:
        with keeping_handlers():
            return read_module(source.module, resolver=resolver)
    if source.url:
        return read_url(source.url, resolver=resolver)
    if source.hub:
        return read_hub(source.hub, resolver=resolver)
    paths = [Path(file) for file in source.files] or [find_default(Path.cwd())]
    return read_files(paths, resolver=resolver)
