"""From the words of `run`, `check` and `compile` to the operation they name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from attrs import evolve

from polyaxon_sdk.cli.beside import beside
from polyaxon_sdk.cli.given import values_of
from polyaxon_sdk.cli.options import Source, read_refs
from polyaxon_sdk.cli.params import Word, read_params
from polyaxon_sdk.cli.sweep import Sweep
from polyaxon_sdk.compiler.checking import with_params
from polyaxon_sdk.exceptions import InputError, cut, printable
from polyaxon_sdk.polyaxonfile import Polyaxonfile, Resolver, find_default, open_resolver, read_files
from polyaxon_sdk.polyaxonfile.layers import lay_over
from polyaxon_sdk.polyaxonfile.presets import open_presets
from polyaxon_sdk.polyflow import V1Operation
from polyaxon_sdk.runner.stopping import keeping_handlers
from polyaxon_sdk.settings import Settings

__all__ = ["read_given", "read_source", "warn"]

_WARNINGS = 20
"""How many are printed."""


def read_given(
    settings: Settings,
    source: Source,
    *,
    params: tuple[Word, ...],
    refs: tuple[str, ...],
    sweep: Sweep,
    alone: bool = False,
    is_lenient: bool = False,
) -> tuple[Polyaxonfile, V1Operation]:
    """What a source names, as the search that is asked for, and its operation with the params put in.

    Args:
        alone: without the presets that it names.
        is_lenient: a preset that it names and that there is none of is a warning.

    Raises:
        InputError: it can't be read, or what it holds is wrong.
    """
    read = read_source(settings, source, refs=refs, alone=alone, is_lenient=is_lenient)
    found = sweep.put_on(read, fixed=read_params(params))
    return found, with_params(found.operation, values_of(params, found.operation))


def warn(lines: Iterable[str]) -> None:
    """Print warnings to stderr."""
    found = list(dict.fromkeys(lines))
    for line in found[:_WARNINGS]:
        click.echo(f"Warning: {printable(cut(line))}", err=True)
    if len(found) > _WARNINGS:
        click.echo(f"Warning: {len(found) - _WARNINGS} more", err=True)


def read_source(
    settings: Settings,
    source: Source,
    *,
    refs: tuple[str, ...] = (),
    alone: bool = False,
    is_lenient: bool = False,
) -> Polyaxonfile:
    """What a source names, with its presets laid over it.

    Args:
        refs: `NAME=PATH` words: files that stand for references.
        alone: without the presets that it names.
        is_lenient: a preset that it names and that there is none of is a warning.

    Raises:
        InputError: it can't be read, or what it holds is wrong.
    """
    with keeping_handlers():
        found = _read(source, open_resolver(settings, read_refs(refs)))
    if not alone:
        found = open_presets(settings, Path.cwd(), is_lenient=is_lenient).put_on(found, also=source.presets)
    if source.git_preset:
        # A process of git's, for those who ask for it.
        from polyaxon_sdk.polyaxonfile.git_preset import git_preset

        preset = git_preset(Path.cwd(), revision=source.git_revision)
        found = evolve(found, operation=lay_over(found.operation, preset))
    return found


def _read(source: Source, resolver: Resolver) -> Polyaxonfile:
    if source.module:
        # The machinery that runs a Python file, for those who name one.
        from polyaxon_sdk.polyaxonfile import read_module

        return read_module(source.module, resolver=resolver, loaded=source.loaded)
    if source.url or source.hub:
        from polyaxon_sdk.polyaxonfile import read_hub, read_url  # the same for what isn't here

        if source.url:
            return read_url(source.url, resolver=resolver)
        return read_hub(source.hub or "", resolver=resolver)
    for file in source.files:
        _refuse_python(file)
    paths = [Path(file) for file in source.files] or [find_default(Path.cwd())]
    found = read_files(paths, resolver=resolver)
    return evolve(found, operation=beside(found.operation, paths[0].parent))


def _refuse_python(file: str) -> None:
    """Tell who names a Python file as a Polyaxonfile how that is named."""
    named, _, name = file.rpartition(":")
    if file.endswith(".py") or named.endswith(".py"):
        target = file if name and named else f"{file.removesuffix(':')}:NAME"
        raise InputError("a Python file", where=file, expected=f"`-pm {target}`, or a Polyaxonfile")
