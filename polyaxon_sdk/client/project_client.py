"""A project as a program reads it."""

from __future__ import annotations

from pathlib import Path

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.projects.project import Project, read_project, write_project
from polyaxon_sdk.projects.shelf import Shelf
from polyaxon_sdk.projects.version import Version, VersionKind
from polyaxon_sdk.settings import load

__all__ = ["ProjectClient"]


class ProjectClient:
    """A project of the home and the versions in it (semantics 5.2).

    A project needs no making: it is there as soon as a run names it. What is made is what is said of it.

    Args:
        owner: the owner of the project, `default` by default.
        project: its name, or `owner/name`; by default the configured one.

    Raises:
        InputError: a name can't be a project's.

    >>> ProjectClient(project="digits").get_or_create().name  # doctest: +SKIP
    'digits'
    """

    def __init__(self, owner: str | None = None, project: str | None = None) -> None:
        settings = load()
        before, _, name = (project or settings.project).rpartition("/")
        self._hub: Path = settings.home / "hub"
        self._owner, self._project = owner or before or "default", name
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

    def list_versions(self, kind: VersionKind) -> list[Version]:
        """The project's versions of a kind, `model` or `artifact`, the newest first."""
        return self._shelf.versions(kind)

    def list_model_versions(self) -> list[Version]:
        """The project's versions of models, the newest first."""
        return self.list_versions("model")

    def list_artifact_versions(self) -> list[Version]:
        """The project's versions of artifacts, the newest first."""
        return self.list_versions("artifact")

    def get_version(self, kind: VersionKind, version: str) -> Version:
        """A version by its name.

        Raises:
            InputError: there is none.
        """
        if kind not in {"model", "artifact"}:
            raise InputError(f"no kind of version {kind!r}", expected="model or artifact")
        return self._shelf.get(kind, version)

    def get_model_version(self, version: str) -> Version:
        """A version of a model by its name.

        Raises:
            InputError: there is none.
        """
        return self.get_version("model", version)

    def get_artifact_version(self, version: str) -> Version:
        """A version of an artifact by its name.

        Raises:
            InputError: there is none.
        """
        return self.get_version("artifact", version)
