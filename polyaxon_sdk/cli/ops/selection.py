"""Which runs a command is about: said before the sub-command, or after it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, NamedTuple, TypeVar

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.cli.ops.damage import tell_damage
from polyaxon_sdk.cli.ops.place import settings_of_runs
from polyaxon_sdk.cli.options import project_option, uid_option
from polyaxon_sdk.client.looking import look_at
from polyaxon_sdk.exceptions import printable
from polyaxon_sdk.index.page import list_page
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.selector import last_started_in, resolve
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings, load

__all__ = ["Selection", "changes_a_run", "chosen_runs", "of_a_run", "reads_a_run", "runs_asked"]

R = TypeVar("R")


class Selection(NamedTuple):
    """The project and the run that were named, each None where it was not."""

    project: str | None = None
    uid: str | None = None

    def over(self, project: str | None, uid: str | None = None) -> Selection:
        """What was said after the sub-command, above what was said before it."""
        return Selection(project or self.project, uid or self.uid)

    def folder(self, settings: Settings) -> RunFolder:
        """The run that is meant; by default the last one that was started in this folder, or at all.

        Raises:
            InputError: several runs are meant.
            RunNotFoundError: there is no such run.
        """
        return resolve(settings, self.uid, project=self.project, cwd=os.getcwd())

    def folder_to_change(self, settings: Settings) -> RunFolder:
        """As `folder`, but never a run of elsewhere that nobody named.

        Raises:
            click.UsageError: none was named, and none was started in this folder.
            InputError: several runs are meant.
            RunNotFoundError: there is no such run.
        """
        found = self.folder(settings)
        if self.uid is None and last_started_in(settings, os.getcwd(), self.project) is None:
            raise click.UsageError("no run was started in this folder: say which is meant by --uid")
        return found


def chosen_runs(
    selection: Selection, settings: Settings, *, query: str | None, uids: Sequence[str]
) -> list[RunFolder]:
    """The runs that a query asks for, or those that are named, each once; never one that nobody named.

    Raises:
        click.UsageError: they are named in two ways, or not at all.
        InputError: a mistake in the query, or several runs are meant by one name.
        RunNotFoundError: there is no such run.
    """
    if query is not None and (uids or selection.uid):
        raise click.UsageError("--query and --uid each name runs: give one of them")
    if query is not None:
        return runs_asked(settings, Question(query, selection.project))
    if not uids and not selection.uid:
        raise click.UsageError("say which run by --uid, or which runs by --query")
    found = [each.folder(settings) for each in [selection.over(None, uid) for uid in uids] or [selection]]
    return list({folder.uuid: folder for folder in found}.values())


def runs_asked(settings: Settings, question: Question) -> list[RunFolder]:
    """The runs that a question asks for; what it names and no run has is told, with what may be meant.

    Raises:
        InputError: a mistake in the query.
    """
    listing = list_page(settings, question)
    for hint in listing.hints:
        click.echo(printable(hint), err=True)
    return [RunFolder(settings.runs / row.uuid) for row in listing.rows]


def of_a_run(command: Callable[..., R], *, place: Callable[[], Settings] = load) -> Callable[..., R]:
    """`-p` and `-uid`, before or after the sub-command: the command is given `settings` and `folder`.

    What of the run is damaged is told first.

    Args:
        command: the command, which changes nothing of its run.
        place: tells where its run lies.
    """
    return _given_a_run(command, place, Selection.folder)


def reads_a_run(
    command: Callable[..., R], *, place: Callable[[], Settings] = settings_of_runs
) -> Callable[..., R]:
    """As `of_a_run`, for a command that shows its run: one of which nobody is left is closed first."""

    def find(selection: Selection, settings: Settings) -> RunFolder:
        folder = selection.folder(settings)
        look_at(folder)
        return folder

    return _given_a_run(command, place, find)


def changes_a_run(command: Callable[..., R]) -> Callable[..., R]:
    """As `of_a_run`, for a command that changes its run: one must be named that wasn't started in this folder."""
    return _given_a_run(command, load, Selection.folder_to_change)


def _given_a_run(
    command: Callable[..., R],
    place: Callable[[], Settings],
    find: Callable[[Selection, Settings], RunFolder],
) -> Callable[..., R]:
    @wraps(command)
    def chosen(
        *, project: str | None, uid: str | None, **given: Any
    ) -> R:  # click gives what the options declare
        settings = place()
        selection: Selection = click.get_current_context().obj
        folder = find(selection.over(project, uid), settings)
        tell_damage(folder)
        answer(uuid=folder.uuid)
        return command(settings=settings, folder=folder, **given)

    return project_option(uid_option(chosen))
