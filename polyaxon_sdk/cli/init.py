"""`polyaxon init`."""

from __future__ import annotations

from pathlib import Path

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.client.project_client import ProjectClient
from polyaxon_sdk.runner.draft import project_of
from polyaxon_sdk.workplace import write_project

__all__ = ["init"]

_FILE = "polyaxonfile.yaml"
_TEXT = """version: 1.1
kind: component
name: main
run:
  kind: job
  container:
    command: [python, train.py]
"""


@click.command()
@click.option("-p", "--project", required=True, metavar="PROJECT", help="The project: name or owner/name.")
@click.option(
    "--polyaxonfile", is_flag=True, help="Write a polyaxonfile.yaml to begin with, where there is none."
)
def init(project: str, polyaxonfile: bool) -> None:  # noqa: FBT001  # click gives options by name
    """Make this folder, and those in it, work in a project."""
    owner, name = project_of(project)
    ProjectClient(owner, name).get_or_create()
    answer(owner=owner, project=name)
    click.echo(f"{write_project(Path.cwd(), f'{owner}/{name}')} says project {owner}/{name}")
    if polyaxonfile and not Path(_FILE).exists():
        Path(_FILE).write_text(_TEXT, encoding="utf-8")
        click.echo(f"{_FILE} runs `python train.py`")
