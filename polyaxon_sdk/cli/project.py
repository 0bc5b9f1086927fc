"""`polyaxon project`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.cli.damaged_files import tell_damaged_files
from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.options import listing_options, output_option, read_tags
from polyaxon_sdk.client.project_client import ProjectClient
from polyaxon_sdk.exceptions import InputError, PolyaxonError, did_you_mean
from polyaxon_sdk.runner.draft import project_of

if TYPE_CHECKING:
    from polyaxon_sdk.client.project_list import ProjectRow

__all__ = ["project"]

_name_option = click.option(
    "-p", "--project", "name", metavar="PROJECT", help="The project: name or owner/name."
)
_description_option = click.option("--description", metavar="TEXT", help="What is said of it.")
_tags_option = click.option("--tags", metavar="A,B", help="All of its tags; an empty text takes them away.")


@click.group()
def project() -> None:
    """List projects, and change what is said of them."""


@project.command()
@listing_options("Which projects, such as `name:%digits%, tags:paper`.")
@output_option
def ls(*, output: str | None, **wanted: Any) -> None:  # click gives what the options declare
    """List the projects that runs name, and those of which something is said."""
    rows = ProjectClient.list(**wanted)
    if output == "json":
        print_json([row._asdict() for row in rows])
    elif rows:
        _print(rows)
    elif wanted["query"]:
        click.echo(f"no projects match {wanted['query']!r}")
    else:
        click.echo("no projects; the first run makes one")
    tell_damaged_files(rows.damaged)


@project.command()
@click.option("-n", "--name", required=True, metavar="NAME", help="name or owner/name.")
@_description_option
@_tags_option
def create(name: str, description: str | None, tags: str | None) -> None:
    """Keep a project that has no runs yet."""
    client = _client(name)
    client.get_or_create()
    _update(client, description, tags)
    answer(owner=client.owner, project=client.project)
    click.echo(f"project {client.owner}/{client.project} is there")


@project.command()
@_name_option
@output_option
def get(name: str | None, output: str | None) -> None:
    """Show a project."""
    client = _there(name)
    data = client.project_data
    runs = sum(row.runs for row in client.list() if (row.owner, row.name) == (client.owner, client.project))
    told = {
        "name": f"{client.owner}/{client.project}",
        "description": data.description,
        "tags": list(data.tags),
        "runs": runs,
        "models": [version.name for version in client.list_versions("model")],
        "artifacts": [version.name for version in client.list_versions("artifact")],
        "components": [version.name for version in client.list_versions("component")],
    }
    if output == "json":
        print_json(told)
        return
    for key, value in told.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else value
        if shown not in (None, ""):
            click.echo(f"{key:12} {shown}")


@project.command()
@_name_option
@_description_option
@_tags_option
def update(name: str | None, description: str | None, tags: str | None) -> None:
    """Change description and tags of a project."""
    if description is None and tags is None:
        raise click.UsageError("nothing to change: give --description or --tags")
    client = _client(name)
    _update(client, description, tags)
    answer(owner=client.owner, project=client.project)
    click.echo(f"project {client.owner}/{client.project} is updated")


@project.command()
@_name_option
@click.option("-y", "--yes", is_flag=True, help="Delete without asking.")
def delete(name: str | None, *, yes: bool) -> None:
    """Forget a project that has neither runs nor versions any more."""
    client = _there(name)
    if not yes and not click.confirm(f"Delete project {client.owner}/{client.project}?", err=True):
        raise PolyaxonError("nothing is deleted")
    client.delete()
    answer(owner=client.owner, project=client.project)
    click.echo(f"deleted project {client.owner}/{client.project}")


def _client(name: str | None) -> ProjectClient:
    return ProjectClient(*project_of(name)) if name else ProjectClient()


def _there(name: str | None) -> ProjectClient:
    """The project; one that nothing here tells of is a mistake.

    Raises:
        InputError: it is.
    """
    client = _client(name)
    known = client.list()
    if (client.owner, client.project) not in {(row.owner, row.name) for row in known}:
        # Bare names are compared: an owner that all have in common would make all of them look near.
        owners = {row.name: row.owner for row in sorted(known, key=lambda row: row.owner == client.owner)}
        found = did_you_mean(client.project, owners)
        near = (f"{owner}/{name}" for name, owner in owners.items() if found.endswith(f" {name!r}?"))
        hint = f", did you mean {next(near)!r}?" if found else ""
        raise InputError(f"no project {f'{client.owner}/{client.project}'!r}", hint=hint)
    return client


def _update(client: ProjectClient, description: str | None, tags: str | None) -> None:
    if description is not None or tags is not None:
        client.update(description=description, tags=None if tags is None else read_tags(tags))


def _print(rows: list[ProjectRow]) -> None:
    # rich costs 40 ms, which a command line that is wrong needn't wait for.
    from polyaxon_sdk.cli.show import day, print_table

    cells = [
        [f"{row.owner}/{row.name}", str(row.runs), day(row.updated_at), row.description or "-"]
        for row in rows
    ]
    print_table(["PROJECT", "RUNS", "CHANGED", "DESCRIPTION"], cells)
