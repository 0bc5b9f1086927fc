"""`polyaxon ops pull` and `polyaxon ops push`: runs in folders of their own."""

from __future__ import annotations

from errno import EDQUOT, ENOSPC, EROFS
from pathlib import Path

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.cli.ops.selection import Selection, runs_asked
from polyaxon_sdk.cli.options import project_option, query_option, uids_option
from polyaxon_sdk.client.run_client import RunClient
from polyaxon_sdk.exceptions import RunNotFoundError, printable
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.settings import Settings, load

__all__ = ["pull", "push"]

_OF_ALL = frozenset({EDQUOT, ENOSPC, EROFS})
"""What hinders every copy, whichever run it is of."""

_PLACE = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.option("--path", type=_PLACE, default=Path(), metavar="DIR", help="Where to; by default this folder.")
@click.option("--no-artifacts", is_flag=True, help="Only what is known of them, without their files.")
@click.option("-a", "--all", "every", is_flag=True, help="Every run, of the project where one is named.")
@query_option
@project_option
@uids_option
@click.pass_obj
def pull(
    selection: Selection,
    *,
    path: Path,
    no_artifacts: bool,
    every: bool,
    query: str | None,
    project: str | None,
    uids: tuple[str, ...],
) -> int:
    """Copy runs into folders, from the home or else from the store; of several, what can't be is left out and named."""
    settings, chosen = load(), selection.over(project)
    found = _asked(settings, chosen, query) if every or query else _named(settings, chosen, uids)
    if len(found) == 1:
        _pull(found[0], path, takes_files=not no_artifacts)
        answer(runs=found)
        return 0
    left = [uuid for uuid in found if not _is_pulled(uuid, path, takes_files=not no_artifacts)]
    answer(runs=[uuid for uuid in found if uuid not in left], left_out=left)
    return 1 if left else 0


def _is_pulled(uuid: str, path: Path, *, takes_files: bool) -> bool:
    """Whether one of several runs is copied: where it is garbage, the others are all the same."""
    try:
        _pull(uuid, path, takes_files=takes_files)
    except (RunNotFoundError, OSError) as error:
        if isinstance(error, OSError) and error.errno in _OF_ALL:
            raise
        why = f"{error.strerror}: {error.filename}" if isinstance(error, OSError) else str(error)
        click.echo(f"Warning: run {uuid[:12]} is left out: {printable(why)}", err=True)
        return False
    return True


def _pull(uuid: str, path: Path, *, takes_files: bool) -> None:
    copy = RunClient(run_uuid=uuid).pull_remote_run(path, download_artifacts=takes_files)
    click.echo(f"{uuid[:12]} is in {copy}")


def _asked(settings: Settings, chosen: Selection, query: str | None) -> list[str]:
    return [folder.uuid for folder in runs_asked(settings, Question(query or "", chosen.project))]


def _named(settings: Settings, chosen: Selection, uids: tuple[str, ...]) -> list[str]:
    """The uuids that are meant; one that is not here may be in the store."""
    words = uids or ((chosen.uid,) if chosen.uid else ())
    return [_found(settings, chosen, word) for word in words] or [chosen.folder(settings).uuid]


def _found(settings: Settings, chosen: Selection, word: str) -> str:
    try:
        return chosen.over(None, word).folder(settings).uuid
    except RunNotFoundError:
        if settings.artifacts_store is None:
            raise
        return word


@click.command()
@click.option(
    "--path", type=_PLACE, required=True, metavar="DIR", help="The run's folder, or one that holds several."
)
@click.option("-n", "--name", metavar="NAME", help="What it is called from now on.")
@click.option("--no-artifacts", is_flag=True, help="Only what is known of it, without its files.")
@click.option("--clean", is_flag=True, help="Take the folder away once the run is here.")
@click.option(
    "--reset-project", is_flag=True, help="Make it one of the configured project; -p names another."
)
@project_option
@click.option("--reset-uuid", is_flag=True, help="Give it a uuid of its own, so that it can come again.")
@click.pass_obj
def push(
    selection: Selection,
    *,
    path: Path,
    name: str | None,
    no_artifacts: bool,
    clean: bool,
    reset_project: bool,
    project: str | None,
    reset_uuid: bool,
) -> None:
    """Bring runs from folders into the home, from where they are shipped."""
    into = selection.over(project).project
    places = [path] if _is_run(path) else sorted(each for each in path.iterdir() if _is_run(each))
    brought = list[str]()
    for place in places or [path]:
        uuid = RunClient(project=into).push_offline_run(
            place,
            name=name,
            upload_artifacts=not no_artifacts,
            clean=clean,
            reset_project=reset_project or into is not None,
            reset_uuid=reset_uuid,
        )
        brought.append(uuid)
        click.echo(f"{place}: run {uuid[:12]}")
    answer(runs=brought)


def _is_run(path: Path) -> bool:
    return (path / "run.plx.json").is_file() or (path / "record").is_dir()
