"""From the words of `run`, `check` and `compile` to a draft of the run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from polyaxon_sdk.cli.options import Source, read_params, read_refs
from polyaxon_sdk.compiler.checking import with_params
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
from polyaxon_sdk.polyflow import V1Operation
from polyaxon_sdk.runner.draft import Draft, Labels, draft
from polyaxon_sdk.runner.stopping import keeping_handlers
from polyaxon_sdk.settings import Settings

__all__ = ["draft_of", "read_draft", "read_given", "read_source", "warn"]


def read_draft(
    settings: Settings,
    source: Source,
    *,
    params: tuple[str, ...],
    labels: Labels,
    refs: tuple[str, ...] = (),
) -> Draft:
    """The draft of what a source names, with its warnings before those of compiling.

    Raises:
        InputError: the source, a param or a label is wrong.
    """
    found = read_source(settings, source, refs=refs)
    return draft_of(found, settings=settings, params=params, labels=labels)


def read_given(
    settings: Settings, source: Source, *, params: tuple[str, ...], refs: tuple[str, ...]
) -> tuple[Polyaxonfile, V1Operation]:
    """What a source names, and its operation with the params put in.

    Raises:
        InputError: it can't be read, or what it holds is wrong.
    """
    found = read_source(settings, source, refs=refs)
    return found, with_params(found.operation, read_params(params))


def draft_of(found: Polyaxonfile, *, settings: Settings, params: tuple[str, ...], labels: Labels) -> Draft:
    """As `read_draft`, of what was read already."""
    values = read_params(params)
    labelled = [(field,) for field in ("name", "description", "tags") if getattr(labels, field)]
    with found.locating(given=[*(("params", name) for name in values), *labelled]):
        drafted = draft(found.operation, settings=settings, params=values, labels=labels)
    warn([*found.warnings, *drafted.warnings])
    return drafted


def warn(lines: Iterable[str]) -> None:
    """Print warnings to stderr."""
    for line in lines:
        click.echo(f"Warning: {printable(line)}", err=True)


def read_source(settings: Settings, source: Source, *, refs: tuple[str, ...] = ()) -> Polyaxonfile:
    """What a source names.

    Args:
        refs: `NAME=PATH` words: files that stand for references.

    Raises:
        InputError: it can't be read, or what it holds is wrong.
    """
    resolver = Resolver(refs=read_refs(refs), hubs=open_hubs(settings))
    if source.module:
        with keeping_handlers():
            return read_module(source.module, resolver=resolver)
    if source.url:
        return read_url(source.url, resolver=resolver)
    if source.hub:
        return read_hub(source.hub, resolver=resolver)
    paths = [Path(file) for file in source.files] or [find_default(Path.cwd())]
    return read_files(paths, resolver=resolver)
