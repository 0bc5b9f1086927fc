"""`polyaxon models`."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from polyaxon_sdk.cli.answering import answer, prints_json
from polyaxon_sdk.cli.damaged_files import tell_damaged_files
from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.options import listing_options, output_option, project_option, read_tags
from polyaxon_sdk.client.project_client import ProjectClient
from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.projects.shelf import DamagedVersionError
from polyaxon_sdk.projects.version import KINDS, STAGES, Version, VersionKind
from polyaxon_sdk.runner.draft import project_of
from polyaxon_sdk.types import Json

__all__ = ["models"]

R = TypeVar("R")

_version_option = click.option(
    "-ver", "--version", "version", required=True, metavar="NAME", help="Which version."
)
_force_option = click.option("--force", is_flag=True, help="Take the place of a version of its name.")
_to_option = click.option(
    "--to-project", "-to", "to", required=True, metavar="PROJECT", help="name or owner/name."
)


class _Chosen:
    """Versions of a kind in a project."""

    def __init__(self, kind: VersionKind, project: str | None) -> None:
        self.kind: VersionKind = kind
        self.client = ProjectClient(*project_of(project)) if project else ProjectClient()

    def name(self, version: str) -> str:
        """A version as messages name it."""
        return f"{self.kind} {self.client.project}:{version}"


def _of_project(command: Callable[..., R]) -> Callable[..., R]:
    """`-p` after the sub-command as well: above what was said before it."""

    @wraps(command)
    def chosen(*, project: str | None, **given: Any) -> R:  # click gives what the options declare
        said: _Chosen = click.get_current_context().obj
        return command(_Chosen(said.kind, project) if project else said, **given)

    return project_option(chosen)


@click.group()
@project_option
@click.option(
    "--kind", type=click.Choice(KINDS), default="model", show_default=True, help="Versions of what."
)
@click.pass_context
def models(context: click.Context, project: str | None, kind: str) -> None:
    """Versions of models, artifacts and components."""
    context.obj = _Chosen(cast("VersionKind", kind), project)


@models.command()
@_version_option
@click.option("--description", metavar="TEXT", help="What is said of it.")
@click.option("--tags", metavar="A,B", help="Its tags.")
@click.option("--content", metavar="TEXT", help="Whatever there is to say, as JSON or text.")
@click.option("--run-uid", "run", metavar="UUID", help="The run that made it.")
@click.option("--artifacts", metavar="A,B", help="Which artifacts of the run it is; by default all models.")
@click.option("--connection", metavar="NAME", help="The connection that it lies behind.")
@_force_option
@_of_project
def register(
    chosen: _Chosen,
    *,
    version: str,
    description: str | None,
    tags: str | None,
    content: str | None,
    run: str | None,
    artifacts: str | None,
    connection: str | None,
    force: bool,
) -> None:
    """Keep a version."""
    if run is None and (artifacts is not None or (content is None and connection is None)):
        raise click.UsageError("a version of nothing: --run-uid, --content or --connection says what it is")
    names = None if artifacts is None else read_tags(artifacts)
    made = chosen.client.register_version(
        chosen.kind,
        version,
        description,
        tags,
        content=_content(content),
        run=run,
        connection=connection,
        artifacts=names,
        force=force,
    )
    answer(version=made.view())
    click.echo(f"{chosen.name(made.name)} is kept")


@models.command()
@listing_options("Which versions, such as `stage:production, tags:~old`.")
@output_option
@_of_project
def ls(
    chosen: _Chosen, /, *, output: str | None, **wanted: Any
) -> None:  # click gives what the options declare
    """List versions, newest first."""
    found = chosen.client.list_versions(chosen.kind, **wanted)
    if output == "json":
        print_json([version.view() for version in found])
    elif found:
        _print(found)
    else:
        which = f" match {wanted['query']!r}" if wanted["query"] else ""
        place = f"{chosen.client.owner}/{chosen.client.project}"
        click.echo(f"no {chosen.kind} versions in project {place}{which}")
    tell_damaged_files(found.damaged)


@models.command()
@_version_option
@prints_json
@_of_project
def get(chosen: _Chosen, *, version: str) -> None:
    """Print a version as JSON."""
    print_json(chosen.client.get_version(chosen.kind, version).view())


@models.command()
@_version_option
@click.option("--description", metavar="TEXT", help="What is said of it.")
@click.option("--tags", metavar="A,B", help="All of its tags.")
@_of_project
def update(chosen: _Chosen, *, version: str, description: str | None, tags: str | None) -> None:
    """Change description and tags of a version."""
    given = None if tags is None else read_tags(tags)
    chosen.client.patch_version(chosen.kind, version, description=description, tags=given)
    click.echo(f"{chosen.name(version)} is updated")


@models.command()
@_version_option
@click.option("--to", "stage", required=True, metavar="STAGE", help=f"One of {', '.join(STAGES)}.")
@click.option("--reason", metavar="WORD", default="Command", help="Why, in a word.")
@click.option("--message", metavar="TEXT", default="", help="Why, for people.")
@_of_project
def stage(chosen: _Chosen, *, version: str, stage: str, reason: str, message: str) -> None:
    """Put a version into another stage."""
    changed = chosen.client.stage_version(chosen.kind, version, stage, reason, message)
    answer(version=changed.view())
    click.echo(f"{chosen.name(version)} is in {changed.stage}")


@models.command()
@_version_option
@_to_option
@click.option("-n", "--name", metavar="NAME", help="What it is called there.")
@_force_option
@_of_project
def copy(chosen: _Chosen, *, version: str, to: str, name: str | None, force: bool) -> None:
    """Keep a copy of a version in another project."""
    made = chosen.client.copy_version(chosen.kind, version, to, name, force=force)
    answer(version=made.view())
    click.echo(f"{made.kind} {made.project}:{made.name} is kept")


@models.command()
@_version_option
@_to_option
@_of_project
def transfer(chosen: _Chosen, *, version: str, to: str) -> None:
    """Make a version one of another project."""
    made = chosen.client.transfer_version(chosen.kind, version, to)
    answer(version=made.view())
    click.echo(f"it is {made.kind} {made.project}:{made.name} now")


@models.command()
@_version_option
@click.option("-y", "--yes", is_flag=True, help="Delete without asking.")
@_of_project
def delete(chosen: _Chosen, *, version: str, yes: bool) -> None:
    """Take a version away; what it names stays in its run."""
    with suppress(DamagedVersionError):
        chosen.client.get_version(chosen.kind, version)
    if not yes and not click.confirm(f"Delete {chosen.name(version)}?", err=True):
        raise PolyaxonError("nothing is deleted")
    chosen.client.delete_version(chosen.kind, version)
    click.echo(f"deleted {chosen.name(version)}")


@models.command()
@_version_option
@click.option("--path", type=click.Path(path_type=Path), default=Path(), metavar="DIR", help="Where to.")
@click.option("--no-artifacts", is_flag=True, help="Only what is known of it, without its files.")
@_of_project
def pull(chosen: _Chosen, *, version: str, path: Path, no_artifacts: bool) -> None:
    """Copy a version with its files into a folder."""
    place = chosen.client.pull_version(chosen.kind, version, path, download_artifacts=not no_artifacts)
    answer(path=str(place))
    click.echo(f"{chosen.name(version)} is in {place}")


@models.command()
@click.option(
    "--path", type=click.Path(path_type=Path), required=True, metavar="DIR", help="The version's folder."
)
@click.option("--reset-project", is_flag=True, help="Make it one of this project.")
@_force_option
@_of_project
def push(chosen: _Chosen, *, path: Path, reset_project: bool, force: bool) -> None:
    """Keep the version that lies in a folder."""
    made = chosen.client.push_version(chosen.kind, None, path, reset_project=reset_project, force=force)
    click.echo(f"{made.kind} {made.project}:{made.name} is kept")


def _content(text: str | None) -> Json:
    if text is None:
        return None
    try:
        found: Json = json.loads(text)
    except ValueError:
        return text
    return found


def _print(found: list[Version]) -> None:
    # rich costs 40 ms, which a command line that is wrong needn't wait for.
    from polyaxon_sdk.cli.show import print_table

    rows = [
        [each.name, each.stage, (each.run or "-")[:12], (each.created_at or "-")[:16], ", ".join(each.tags)]
        for each in found
    ]
    print_table(["VERSION", "STAGE", "RUN", "CREATED", "TAGS"], rows)
