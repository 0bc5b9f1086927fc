"""`polyaxon ops import`."""

from __future__ import annotations

from pathlib import Path

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.cli.options import project_option
from polyaxon_sdk.client.archive import read_archive
from polyaxon_sdk.runs.offline import Arrival
from polyaxon_sdk.settings import load

__all__ = ["import_"]


@click.command("import")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path, dir_okay=False)
)
@project_option
@click.option("--no-artifacts", is_flag=True, help="Only what is known of the runs, without their files.")
@click.option(
    "--reset-uuid", is_flag=True, help="Give each run a uuid of its own, so that it can come again."
)
def import_(files: tuple[Path, ...], *, project: str | None, no_artifacts: bool, reset_uuid: bool) -> None:
    """Bring runs from archives into the home, from where they are shipped."""
    owner, _, name = (project or "").rpartition("/")
    arrival = Arrival(
        project=name or None, owner=owner or None, is_new=reset_uuid, takes_files=not no_artifacts
    )
    here: list[dict[str, object]] = []
    for file in files:
        for run in read_archive(load(), file, arrival):
            here.append({"uuid": run.uuid, "is_new": run.is_new})
            click.echo(f"{run.uuid[:12]} {'is here now' if run.is_new else 'was here already'}")
    answer(runs=here)
