"""Finding the run that a person means."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from shlex import quote

from polyaxon_sdk.exceptions import InputError, RunNotFoundError
from polyaxon_sdk.index.page import list_page
from polyaxon_sdk.index.place import STORE, shown_home
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import is_uuid
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings

__all__ = ["last_started_in", "resolve"]


def resolve(
    settings: Settings, text: str | None = None, *, project: str | None = None, cwd: str | None = None
) -> RunFolder:
    """The run whose uuid is or begins with `text`, or whose name it is; without it the last run.

    Args:
        settings: tell which home.
        text: a uuid, the first digits of one, or a name.
        project: of which project: `name`, of any owner, or `owner/name`.
        cwd: the last run that was started in this folder goes before those of other folders.

    A name goes before the first digits of a uuid, but not before the twelve that lists show, or more.

    Raises:
        InputError: several runs are meant, or `text` is empty.
        RunNotFoundError: there is no such run.

    >>> resolve(settings, "0f3a").uuid  # doctest: +SKIP
    '0f3a5e…'
    """
    found = _resolved(settings, text, project, cwd)
    if (settings.home / STORE).is_file():
        from polyaxon_sdk.index.mirrored import bring_events  # stores, which cost 40 ms

        bring_events(found)
    return found


def _resolved(settings: Settings, text: str | None, project: str | None, cwd: str | None) -> RunFolder:
    if text is None:
        return _last(settings, project, cwd)
    if not text.strip():
        raise InputError(f"{text!r} names no run", expected="a uuid, the first digits of one, or a name")
    found = _beginning(settings, text, project)
    is_told = found and len(text.replace("-", "")) >= _SHOWN
    if not is_told and (named := _named(settings, text, project)):
        return _only(settings, named, f"are called {text!r}", "a uuid")
    if not found:
        of_project = f" of project {project!r}" if project else ""
        raise RunNotFoundError(
            f"no run {text!r}{of_project} in {shown_home(settings.home)}; `{_listing(settings)}` lists them"
        )
    return _only(settings, found, f"begin with {text!r}", "more digits")


def _listing(settings: Settings) -> str:
    """The command that lists the runs of a home, or of the store that it is the mirror of."""
    if not (settings.home / STORE).is_file():
        return "polyaxon ops ls"
    return f"polyaxon ops ls --store {quote(shown_home(settings.home))}"


def _only(settings: Settings, found: Sequence[str], which: str, expected: str) -> RunFolder:
    if len(found) > 1:
        some = ", ".join([*(name[:12] for name in found[:_TOLD]), *(["..."] if len(found) > _TOLD else [])])
        raise InputError(f"{len(found)} runs {which} ({some})", expected=expected)
    return RunFolder(settings.runs / found[0])


def _beginning(settings: Settings, text: str, project: str | None) -> list[str]:
    """The runs of a project whose uuid begins so."""
    start = text.replace("-", "").lower()
    if re.fullmatch(r"[0-9a-f]{1,32}", start) is None:
        return []
    found = sorted(name for name in _uuids(settings) if name.startswith(start))
    return [name for name in found if project is None or _is_of(settings, name, project)]


_PIPELINES = frozenset({"dag", "matrix", "schedule"})
_TOLD = 3
_SHOWN = 12
"""Digits of a uuid that lists show: no name is as long by accident and begins a uuid."""


def _uuids(settings: Settings) -> list[str]:
    try:
        return [name for name in os.listdir(settings.runs) if is_uuid(name)]
    except FileNotFoundError:
        return []


def _is_of(settings: Settings, uuid: str, project: str) -> bool:
    """Whether a run is one of a project; one that can't be read may be."""
    try:
        state = read_run(RunFolder(settings.runs / uuid))
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return True
    is_told = state.created_at is not None or bool(state.conditions)
    names = {state.project, f"{state.owner}/{state.project}", f"{state.owner}/"}
    return not is_told or project in names


def _named(settings: Settings, name: str, project: str | None) -> list[str]:
    """The runs of a name, the newest first."""
    if '"' in name:
        return []  # nothing in the query language stands for it
    rows = list_page(settings, Question(f'name:"{name}"', project)).rows
    above = [row.uuid for row in rows if row.kind in _PIPELINES]
    if not above or len(rows) == 1:
        return [row.uuid for row in rows]
    # Runs of a search or a schedule have its name: who says that means it, not one of them.
    question = Question(f'name:"{name}", pipeline:~{"|".join(above)}', project)
    return [row.uuid for row in list_page(settings, question).rows]


def _last(settings: Settings, project: str | None, cwd: str | None) -> RunFolder:
    for place in (cwd, None) if cwd else (None,):
        if found := last_started_in(settings, place, project):
            return found
    of_project = f" of project {project!r}" if project else ""
    advice = "" if (settings.home / STORE).is_file() else "; `polyaxon run` starts one"
    raise RunNotFoundError(f"no run{of_project} in {shown_home(settings.home)} yet{advice}")


def last_started_in(settings: Settings, cwd: str | None, project: str | None = None) -> RunFolder | None:
    """The last run that was started in a folder; None where none was.

    Args:
        settings: tell which home.
        cwd: the folder; None for any.
        project: of which project: `name`, of any owner, or `owner/name`.
    """
    # Who starts a pipeline means it, not the last of its runs.
    for query in ("pipeline:nil", ""):
        if rows := list_page(settings, Question(query, project, limit=1, cwd=cwd)).rows:
            return RunFolder(settings.runs / rows[0].uuid)
    return None
