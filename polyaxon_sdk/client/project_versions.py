"""Calls about the versions of a project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partialmethod
from pathlib import Path
from typing import Any

from polyaxon_sdk.client.answers import Answers
from polyaxon_sdk.client.narrowing import Wanted, narrowed, record_of_version, said_in
from polyaxon_sdk.client.seam import check_fields
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.projects.changing import moment, renamed, stage_of, staged
from polyaxon_sdk.projects.promotion import Promotion, check_made, promote, registered
from polyaxon_sdk.projects.shelf import Shelf
from polyaxon_sdk.projects.version import KINDS, StageCondition, Version, VersionKind
from polyaxon_sdk.query import VERSIONS
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import load
from polyaxon_sdk.types import Json

__all__ = ["VersionCalls"]


class VersionCalls:
    """The part of `ProjectClient` about versions (semantics 5.2).

    Each call is there for any kind of version, and for each kind by a name of its own: `get_version("model", "v1")` and
    `get_model_version("v1")`.
    """

    _hub: Path
    _owner: str
    _project: str
    _shelf: Shelf

    def list_versions(
        self,
        kind: VersionKind,
        query: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Answers[Version]:
        """The project's versions of a kind, `model`, `artifact` or `component`, the newest first; `damaged` of the
        answer has a line for each file that tells none.

        Args:
            kind: of which kind.
            query: which of them, in the query language: by name, stage, tags, run, created_at and the like.
            sort, limit, offset: as for `list`.

        Raises:
            InputError: a mistake in the query, or an unknown field to sort by.
        """
        wanted = Wanted(query, sort, limit, offset)
        found = Answers(self._shelf.versions(kind), damaged=self._shelf.damaged(kind))
        return narrowed(found, lambda version: record_of_version(version.view()), VERSIONS, wanted)

    def create_version(self, kind: VersionKind, data: Version | Mapping[str, Any]) -> Version:
        """Keep a version as it is told.

        Raises:
            InputError: it has no name, or the project has one of its name.
            OSError: the home can't be written.
        """
        said = data.view() if isinstance(data, Version) else dict(data)
        check_fields(Version, said)
        if not said.get("name"):
            raise InputError("a version without a name", expected="its `name`, such as v1")
        now = moment()
        made = {"uuid": new_uuid(), "created_at": now, "updated_at": now}
        told = {name: value for name, value in said.items() if value not in (None, "")}
        version = Version.of({**made, **told, "kind": kind, "owner": self._owner, "project": self._project})
        self._shelf.put(version)
        return version

    def get_version(self, kind: VersionKind, version: str) -> Version:
        """A version by its name.

        Raises:
            InputError: there is none.
        """
        if kind not in KINDS:
            raise InputError(f"no kind of version {kind!r}", expected=f"one of {', '.join(KINDS)}")
        return self._shelf.get(kind, version)

    def register_version(
        self,
        kind: VersionKind,
        version: str,
        description: str | None = None,
        tags: str | Sequence[str] | None = None,
        *,
        content: Json = None,
        run: str | None = None,
        connection: str | None = None,
        artifacts: Sequence[str] | None = None,
        force: bool = False,
    ) -> Version:
        """Keep a version, of what a run made or of what lies elsewhere.

        Args:
            kind, version, description, tags, content, connection: what is said of it.
            run: the run that made it, by uuid, the first digits of it, or name.
            artifacts: the names of the run's artifacts that it is.
            force: take the place of a version of its name.

        Raises:
            InputError: the run has no such artifact, or none is named; or the project has a version of its name.
            RunNotFoundError: there is no such run.
        """
        said = Promotion(version, description, tags, content, connection, artifacts, force)
        if run is None:
            made = registered(kind, self._owner, self._project, said)
            self._shelf.put(made, force=force)
            return made
        from polyaxon_sdk.index.selector import resolve  # the index of runs comes with it

        state = read_run(resolve(load(), run))
        state.owner, state.project = self._owner, self._project
        check_made(state, kind, said)
        return promote(self._hub, state, kind, said)

    def get_version_stages(self, kind: VersionKind, version: str) -> tuple[str, tuple[StageCondition, ...]]:
        """The stage of a version, and all that it was in.

        Raises:
            InputError: there is none.
        """
        found = self.get_version(kind, version)
        return found.stage, found.stage_conditions

    def stage_version(
        self,
        kind: VersionKind,
        version: str,
        stage: str,
        reason: str | None = None,
        message: str | None = None,
        *,
        last_transition_time: object = None,
        last_update_time: object = None,
    ) -> Version:
        """Put a version into another stage: testing, staging, production or disabled.

        Args:
            kind, version: which one.
            stage: the stage.
            reason, message: who does so, and why.
            last_transition_time, last_update_time: accepted for existing scripts: it is in that stage from now on.

        Raises:
            InputError: there is no such version or stage.
        """
        del last_transition_time, last_update_time
        found = self.get_version(kind, version)
        changed = staged(found, stage_of(stage), reason or "Client", message or "")
        self._shelf.put(changed, force=True)
        return changed

    def patch_version(
        self,
        kind: VersionKind,
        version: str,
        data: Mapping[str, Any] | None = None,
        *,
        description: str | None = None,
        tags: Sequence[str] | None = None,
    ) -> Version:
        """Say something else of a version; what is None stays.

        Args:
            kind, version: which one.
            data: the same as a mapping, as public scripts give it.
            description, tags: what is said of it.

        Raises:
            InputError: there is none, or nothing by a name in `data` can be said.
        """
        if data is not None:
            given = {"description": description, "tags": tags}
            return self.patch_version(kind, version, **{**given, **said_in(data, given)})
        changed = renamed(self.get_version(kind, version), description=description, tags=tags)
        self._shelf.put(changed, force=True)
        return changed

    def delete_version(self, kind: VersionKind, version: str) -> None:
        """Take a version away; what it names stays in its run.

        Raises:
            InputError: there is none.
        """
        self._shelf.remove(kind, version)

    list_model_versions = partialmethod(list_versions, "model")
    list_artifact_versions = partialmethod(list_versions, "artifact")
    list_component_versions = partialmethod(list_versions, "component")
    create_model_version = partialmethod(create_version, "model")
    create_artifact_version = partialmethod(create_version, "artifact")
    create_component_version = partialmethod(create_version, "component")
    get_model_version = partialmethod(get_version, "model")
    get_artifact_version = partialmethod(get_version, "artifact")
    get_component_version = partialmethod(get_version, "component")
    get_model_version_stages = partialmethod(get_version_stages, "model")
    get_artifact_version_stages = partialmethod(get_version_stages, "artifact")
    get_component_version_stages = partialmethod(get_version_stages, "component")
    register_model_version = partialmethod(register_version, "model")
    register_artifact_version = partialmethod(register_version, "artifact")
    register_component_version = partialmethod(register_version, "component")
    stage_model_version = partialmethod(stage_version, "model")
    stage_artifact_version = partialmethod(stage_version, "artifact")
    stage_component_version = partialmethod(stage_version, "component")
    patch_model_version = partialmethod(patch_version, "model")
    patch_artifact_version = partialmethod(patch_version, "artifact")
    patch_component_version = partialmethod(patch_version, "component")
    delete_model_version = partialmethod(delete_version, "model")
    delete_artifact_version = partialmethod(delete_version, "artifact")
    delete_component_version = partialmethod(delete_version, "component")
