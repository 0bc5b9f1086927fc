"""Finding the run that a person means."""

from __future__ import annotations

import os
import re

from polyaxon_sdk.exceptions import InputError, RunNotFoundError
from polyaxon_sdk.index.page import list_page
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import is_uuid
from polyaxon_sdk.settings import Settings

__all__ = ["STORE", "resolve"]

STORE = "store"
"""The file that names the store which a home is the mirror of."""


def resolve(settings: Settings, text: str | None = None, *, project: str | None = None) -> RunFolder:
    """The run whose uuid is or begins with `text`; without it the last run, of `project` where given.

    Raises:
        InputError: `text` is no part of a uuid, or several runs begin with it.
        RunNotFoundError: there is no such run.
    """
    found = _resolved(settings, text, project)
    if (settings.home / STORE).is_file():
        from polyaxon_sdk.index.mirrored import bring_events  # stores, which cost 40 ms

        bring_events(found)
    return found


def _resolved(settings: Settings, text: str | None, project: str | None) -> RunFolder:
    if text is None:
        return _last(settings, project)
    start = text.replace("-", "").lower()
    if not re.fullmatch(r"[0-9a-f]{1,32}", start):
        raise InputError(f"{text!r} is no run uuid", expected="hexadecimal digits, or the first few of them")
    found = sorted(name for name in _uuids(settings) if name.startswith(start))
    if not found:
        raise RunNotFoundError(f"no run {text!r} in {settings.home}; `polyaxon ops ls` lists them")
    if len(found) > 1:
        some = ", ".join(name[:12] for name in found[:3])
        raise InputError(f"{len(found)} runs begin with {text!r} ({some}, ...)", expected="more digits")
    return RunFolder(settings.runs / found[0])


def _uuids(settings: Settings) -> list[str]:
    try:
        return [name for name in os.listdir(settings.runs) if is_uuid(name)]
    except FileNotFoundError:
        return []


def _last(settings: Settings, project: str | None) -> RunFolder:
    rows = list_page(settings, Question(project=project, limit=1)).rows
    if not rows:
        of_project = f" of project {project!r}" if project else ""
        raise RunNotFoundError(f"no run{of_project} in {settings.home} yet; `polyaxon run` starts one")
    return RunFolder(settings.runs / rows[0].uuid)
