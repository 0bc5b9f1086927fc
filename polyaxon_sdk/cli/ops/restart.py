"""`polyaxon ops restart` and `polyaxon ops resume`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click
from attrs import evolve

from polyaxon_sdk.cli.carrying import carry
from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.given import values_of
from polyaxon_sdk.cli.ops.selection import changes_a_run
from polyaxon_sdk.cli.options import output_option, read_tags
from polyaxon_sdk.cli.source import warn
from polyaxon_sdk.polyaxonfile import open_resolver, read_files
from polyaxon_sdk.polyflow import V1Operation
from polyaxon_sdk.runner.background import start
from polyaxon_sdk.runner.carrying import plan_any
from polyaxon_sdk.runner.draft import Draft, Labels
from polyaxon_sdk.runner.rerun import Changes, source_of
from polyaxon_sdk.runner.rerun import restart as again
from polyaxon_sdk.runner.rerun import resume as go_on
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings

__all__ = ["restart", "resume"]

R = TypeVar("R")

_OPTIONS = (
    click.option(
        "-f", "--file", "files", multiple=True, metavar="FILE", help="Laid over what it was started from."
    ),
    click.option(
        "-P", "--param", "params", multiple=True, metavar="NAME=VALUE", help="Another value for an input."
    ),
    click.option("--recompile", is_flag=True, help="Compile what it was started from anew."),
    click.option("-n", "--name", metavar="NAME", help="Another name."),
    click.option("--description", metavar="TEXT", help="Another description."),
    click.option("--tags", metavar="A,B", help="Tags to add."),
    click.option("-b", "--background", is_flag=True, help="Let it go on by itself."),
    click.option("-l", "--logs", is_flag=True, help="Show what the run prints, as it comes."),
    output_option,
)


def _changing(command: Callable[..., R]) -> Callable[..., R]:
    """The options of both commands; the first six are given to the command as `changes`."""

    @wraps(command)
    def gathered(
        *, settings: Settings, files: tuple[str, ...], params: tuple[str, ...], recompile: bool, **given: Any
    ) -> R:  # click gives what the options declare
        labels = Labels(
            name=given.pop("name"), description=given.pop("description"), tags=read_tags(given.pop("tags"))
        )
        over = _read(settings, files)
        words = values_of(params, source_of(given["folder"])) if params else {}
        changes = Changes(labels=labels, over=over, params=words, recompile=recompile)
        return command(settings=settings, changes=changes, **given)

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered


@click.command()
@click.option("-c", "--copy", is_flag=True, help="Take its outputs and assets along.")
@click.option("--copy-dir", "folders", multiple=True, metavar="PATH", help="Take a folder of it along.")
@click.option("--copy-file", "copied", multiple=True, metavar="PATH", help="Take a file of it along.")
@changes_a_run
@_changing
def restart(
    *,
    settings: Settings,
    folder: RunFolder,
    changes: Changes,
    copy: bool,
    folders: tuple[str, ...],
    copied: tuple[str, ...],
    **shown: Any,  # click gives what the options declare
) -> int:
    """Start what a run was started from again, as a new run."""
    drafted = again(settings, folder, changes, copy=copy, paths=[*folders, *copied])
    return _carry(drafted, settings, **shown)


@click.command()
@click.option("--adopt-space", is_flag=True, help="Let a search go on in the other space that -f gives it.")
@changes_a_run
@_changing
def resume(
    *,
    settings: Settings,
    folder: RunFolder,
    changes: Changes,
    adopt_space: bool,
    **shown: Any,  # click gives what the options declare
) -> int:
    """Go on with a run that is over: a new attempt in its folder."""
    changes = evolve(changes, adopts_space=adopt_space)
    return _carry(go_on(settings, folder, changes), settings, **shown)


def _carry(drafted: Draft, settings: Settings, *, background: bool, logs: bool, output: str | None) -> int:
    warn(drafted.warnings)
    if not background:
        return carry(plan_any(drafted), settings, logs=logs, for_programs=output == "json")
    folder = start(drafted)
    if output == "json":
        print_json({"uuid": folder.uuid, "path": str(folder.path)})
    else:
        click.echo(f"run {folder.uuid[:12]} goes on; `polyaxon ops logs -uid {folder.uuid[:12]}` shows it")
    return 0


def _read(settings: Settings, files: tuple[str, ...]) -> V1Operation | None:
    if not files:
        return None
    resolver = open_resolver(settings)
    return read_files([Path(file) for file in files], resolver=resolver).operation
