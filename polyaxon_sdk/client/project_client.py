"""A project as a program reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import asdict, evolve

from polyaxon_sdk.client.answers import Answers
from polyaxon_sdk.client.narrowing import Wanted, narrowed, record_of_project, said_in
from polyaxon_sdk.client.project_moves import MovingCalls
from polyaxon_sdk.client.project_runs import RunCalls
from polyaxon_sdk.client.seam import check_fields, checks_calls
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.projects.changing import moment
from polyaxon_sdk.projects.project import Project, read_project, remove_project, write_project
from polyaxon_sdk.projects.shelf import Shelf
from polyaxon_sdk.projects.version import KINDS
from polyaxon_sdk.query import PROJECTS
from polyaxon_sdk.settings import load

if TYPE_CHECKING:
    from polyaxon_sdk.client.project_list import ProjectRow

__all__ = ["ProjectClient"]


@checks_calls
class ProjectClient(RunCalls, MovingCalls):
    """A project of the home and the versions in it (semantics 5.2).

    A project needs no making: it is there as soon as a run names it. What is made is what is said of it.

    Args:
        owner: the owner of the project, `default` by default.
        project: its name, or `owner/name`; by default the configured one.
        client, is_offline, no_op, manual_exceptions_handling, log_context: accepted for existing scripts, as
            `RunClient` does.

    Raises:
        InputError: a name can't be a project's.

    >>> ProjectClient(project="digits").get_or_create().name  # doctest: +SKIP
    'digits'
    """

    def __init__(
        self,
        owner: str | None = None,
        project: str | None = None,
        *,
        client: object = None,
        is_offline: bool | None = None,
        no_op: bool | None = None,
        manual_exceptions_handling: bool = False,
        log_context: bool = False,
    ) -> None:
        del client, is_offline, no_op, manual_exceptions_handling, log_context
        settings = load()
        before, _, name = (project or settings.project).rpartition("/")
        self._hub: Path = settings.home / "hub"
        self._whose = owner or before or None
        self._owner, self._project = self._whose or "default", name
        self._shelf = Shelf(self._hub, self._owner, self._project)
        self._data: Project | None = None

    def __repr__(self) -> str:
        return f"ProjectClient(owner={self._owner!r}, project={self._project!r})"

    @property
    def owner(self) -> str:
        """The owner of the project."""
        return self._owner

    @property
    def project(self) -> str:
        """The name of the project."""
        return self._project

    @property
    def project_data(self) -> Project:
        """What is said of the project, as it was last read."""
        return self.refresh_data() if self._data is None else self._data

    def refresh_data(self) -> Project:
        """Read what is said of the project again; nothing but its name where nothing is.

        Raises:
            InputError: its file is damaged.
        """
        found = read_project(self._hub, self._owner, self._project)
        self._data = found or Project(owner=self._owner, name=self._project)
        return self._data

    def get_or_create(self) -> Project:
        """What is said of the project, kept from now on.

        Raises:
            InputError: its file is damaged.
            OSError: the home can't be written.
        """
        found = self.refresh_data()
        if read_project(self._hub, self._owner, self._project) is None:
            write_project(self._hub, found)
        return found

    def create(self, data: Project | Mapping[str, object] | None = None) -> Project:
        """Keep a project of which nothing is said yet.

        Args:
            data: what is said of it; its `name`, where it has one, becomes the client's project.

        Raises:
            InputError: something is said of it already, or the name can't be a project's.
            OSError: the home can't be written.
        """
        said = asdict(data) if isinstance(data, Project) else dict(data or {})
        check_fields(Project, said)
        name = str(said.pop("name", None) or self._project)
        if read_project(self._hub, self._owner, name) is not None:
            raise InputError(
                f"project {self._owner}/{name} is there already", expected="another name, or get_or_create()"
            )
        self._project, self._shelf = name, Shelf(self._hub, self._owner, name)
        self._data = Project.of({**said, "owner": self._owner, "name": name})
        write_project(self._hub, self._data)
        return self._data

    @staticmethod
    def list(
        query: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Answers[ProjectRow]:
        """The projects of the home, those that runs name and those of which something is said, by name.

        Args:
            query: which of them, in the query language: by name, description, tags, owner, created_at, updated_at.
            sort: fields with commas, `-` before what goes down.
            limit: how many at most.
            offset: how many to pass over.

        Raises:
            InputError: a mistake in the query, or an unknown field to sort by.
        """
        from polyaxon_sdk.client.project_list import list_projects  # the index of runs comes with it

        wanted = Wanted(query, sort, limit, offset)
        return narrowed(list_projects(load()), lambda row: record_of_project(row._asdict()), PROJECTS, wanted)

    def update(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        description: str | None = None,
        tags: Sequence[str] | None = None,
        readme: str | None = None,
    ) -> Project:
        """Say something of the project; what is None stays.

        Args:
            data: the same as a mapping, as public scripts give it.
            description, tags, readme: what is said of it.

        Raises:
            InputError: its file is damaged, or nothing by a name in `data` can be said.
            OSError: the home can't be written.
        """
        if data is not None:
            given = {"description": description, "tags": tags, "readme": readme}
            return self.update(**{**given, **said_in(data, given)})
        known = self.refresh_data()
        self._data = evolve(
            known,
            description=known.description if description is None else description,
            tags=known.tags if tags is None else tuple(tags),
            readme=known.readme if readme is None else readme,
            updated_at=moment(),
        )
        write_project(self._hub, self._data)
        return self._data

    def delete(self) -> None:
        """Forget what is said of the project, which has neither runs nor versions any more.

        Raises:
            InputError: it has.
        """
        runs = [each.runs for each in self.list() if (each.owner, each.name) == (self._owner, self._project)]
        versions = [version for kind in KINDS for version in self.list_versions(kind)]
        if sum(runs) or versions:
            name = f"{self._owner}/{self._project}"
            how = [f"ops -p {name} delete -q 'created_at:_any_'"] if sum(runs) else []
            how += [f"models -p {name} --kind {each.kind} delete -ver {each.name}" for each in versions[:1]]
            raise InputError(
                f"project {name} has {_counted(sum(runs), 'run')} and {_counted(len(versions), 'version')}",
                expected=f"them deleted first: {'; '.join(f'polyaxon {each}' for each in how)}",
            )
        remove_project(self._hub, self._owner, self._project)
        self._data = None


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
