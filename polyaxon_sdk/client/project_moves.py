"""Calls that bring versions of a project elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partialmethod
from pathlib import Path

from attrs import evolve

from polyaxon_sdk.client.project_versions import VersionCalls
from polyaxon_sdk.projects.changing import copied, renamed
from polyaxon_sdk.projects.promotion import tags_of
from polyaxon_sdk.projects.version import Version, VersionKind
from polyaxon_sdk.settings import load
from polyaxon_sdk.types import Json

__all__ = ["MovingCalls"]


class MovingCalls(VersionCalls):
    """The part of `ProjectClient` that copies versions to other projects, and to folders and back (semantics 5.2)."""

    def copy_version(
        self,
        kind: VersionKind,
        version: str,
        to_project: str | None = None,
        name: str | None = None,
        *,
        description: str | None = None,
        tags: str | Sequence[str] | None = None,
        content: Json = None,
        force: bool = False,
    ) -> Version:
        """Keep a copy of a version in another project, or under another name.

        Args:
            kind, version: which one.
            to_project: the project; by default its own.
            name: of the copy; by default the same, in its own project with `-copy` behind it.
            description, tags, content: what is said of the copy; by default the same.
            force: take the place of a version of its name.

        Raises:
            InputError: there is none, or that project has one of its name.
        """
        found = self.get_version(kind, version)
        copy = renamed(found, description=description, tags=None if tags is None else tags_of(tags))
        copy = copy if content is None else evolve(copy, content=content)
        where = to_project or f"{found.owner}/{found.project}"
        return copied(
            self._hub, copy, where, name or (None if to_project else f"{found.name}-copy"), force=force
        )

    def transfer_version(self, kind: VersionKind, version: str, to_project: str) -> Version:
        """Make a version one of another project.

        Raises:
            InputError: there is none, or that project has one of its name.
        """
        moved = self.copy_version(kind, version, to_project)
        self.delete_version(kind, version)
        return moved

    def pull_version(
        self,
        kind: VersionKind,
        version: str,
        path: str | Path = ".",
        *,
        download_artifacts: bool = True,
    ) -> Path:
        """Copy a version with its files into a folder; where the copy is.

        Raises:
            InputError: there is none, or its run has such a file no more.
            RunNotFoundError: its run is not here.
        """
        from polyaxon_sdk.client.version_files import pull  # the index of runs comes with it

        found = self.get_version(kind, version)
        return pull(load(), found, Path(path), takes_files=download_artifacts)

    def push_version(
        self,
        kind: VersionKind,
        version: str | None,
        path: str | Path = ".",
        *,
        reset_project: bool = False,
        force: bool = False,
        clean: bool = False,
    ) -> Version:
        """Keep a version that lies in a folder.

        Args:
            kind: of which kind it is.
            version: its name; None for the one that lies there.
            path: its own folder, or the one that `pull_version` was given.
            reset_project: keep it in this project.
            force: take the place of a version of its name.
            clean: take its own folder away once it is kept.

        Raises:
            InputError: it doesn't lie there, or the project has one of its name.
        """
        from polyaxon_sdk.client.version_files import place_of, push  # the index of runs comes with it

        place = place_of(Path(path), self._project, version)
        project = f"{self._owner}/{self._project}" if reset_project else None
        return push(load(), place, kind, project=project, force=force, clean=clean)

    copy_model_version = partialmethod(copy_version, "model")
    copy_artifact_version = partialmethod(copy_version, "artifact")
    copy_component_version = partialmethod(copy_version, "component")
    transfer_model_version = partialmethod(transfer_version, "model")
    transfer_artifact_version = partialmethod(transfer_version, "artifact")
    transfer_component_version = partialmethod(transfer_version, "component")
    pull_model_version = partialmethod(pull_version, "model")
    pull_artifact_version = partialmethod(pull_version, "artifact")
    pull_component_version = partialmethod(pull_version, "component")
    push_model_version = partialmethod(push_version, "model")
    push_artifact_version = partialmethod(push_version, "artifact")
    push_component_version = partialmethod(push_version, "component")
