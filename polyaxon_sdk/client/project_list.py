"""The projects of a home."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.client.answers import Answers
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.index.projects import count_projects
from polyaxon_sdk.projects.project import read_project, read_projects
from polyaxon_sdk.projects.shelf import Shelf
from polyaxon_sdk.projects.version import KINDS, VersionKind
from polyaxon_sdk.settings import Settings

__all__ = ["ProjectRow", "list_projects"]


class ProjectRow(NamedTuple):
    """A project.

    Attributes:
        runs: how many it has.
        updated_at: when one of them last changed, in seconds since the epoch; None where it has none.
        created_at: when something was first said of it, as an ISO 8601 moment; None where nothing is.
    """

    owner: str
    name: str
    runs: int
    updated_at: float | None
    description: str | None = None
    tags: tuple[str, ...] = ()
    uuid: str | None = None
    created_at: str | None = None


def list_projects(settings: Settings) -> Answers[ProjectRow]:
    """The projects that runs name, those of which something is said, and those with versions, by owner and name.

    `damaged` has a line for each file that tells no project, of which nothing but the name is then known.

    Raises:
        PolyaxonError: another process keeps the index locked.
    """
    counted = count_projects(settings)
    hub, rows = settings.home / "hub", Answers[ProjectRow]()
    known = set(read_projects(hub))
    for owner, name in sorted({*counted, *known, *_with_versions(hub)}):
        runs, updated_at = counted.get((owner, name), (0, None))
        said = None
        if (owner, name) in known:
            try:
                said = read_project(hub, owner, name)
            except InputError as error:
                rows.damaged.append(str(error))
        row = ProjectRow(owner, name, runs, updated_at)
        if said is not None:
            told = {each: getattr(said, each) for each in ("description", "tags", "uuid", "created_at")}
            row = row._replace(**told)
        rows.append(row)
    return rows


def _with_versions(hub: Path) -> set[tuple[str, str]]:
    return {
        (owner, name)
        for kind in KINDS
        for owner, name in read_projects(hub, kind)
        if _has_versions(hub, owner, name, kind)
    }


def _has_versions(hub: Path, owner: str, name: str, kind: VersionKind) -> bool:
    with suppress(InputError):  # a folder that is no project's
        shelf = Shelf(hub, owner, name)
        return bool(shelf.versions(kind) or shelf.damaged(kind))
    return False
