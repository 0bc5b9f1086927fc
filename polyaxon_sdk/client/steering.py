"""Calls that change and end runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from polyaxon_sdk.client.deletion import delete as take_away
from polyaxon_sdk.client.deletion import doom
from polyaxon_sdk.client.editing import change
from polyaxon_sdk.client.editing import invalidate as make_invalid
from polyaxon_sdk.client.editing import transfer as move
from polyaxon_sdk.client.narrowing import said_in
from polyaxon_sdk.exceptions import InputError, RunNotFoundError
from polyaxon_sdk.projects.promotion import Promotion, promote
from polyaxon_sdk.projects.version import Version, VersionKind
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.owed import complete
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.types import Json

__all__ = ["SteeringCalls", "Tags", "listed_tags"]

Tags = str | Sequence[str]


class SteeringCalls:
    """The part of `RunClient` that changes runs and ends them (semantics 5.2)."""

    _settings: Settings
    _store: str | None
    _named: str | None
    _wanted: str | None
    _project: str | None
    _owner: str | None
    _state: RunState | None

    @property
    def folder(self) -> RunFolder:
        """Where the run lies."""
        raise RunNotFoundError("no run is named")

    @property
    def _own_folder(self) -> RunFolder:
        """The same, of a run that can be changed."""
        return self.folder

    def _refuse_store(self) -> None:
        if self._store is not None:
            raise InputError(
                f"this client reads store {self._store}, where nothing can be changed",
                expected="RunClient() without `store`, for a run of the home",
            )

    def stop(self) -> RunState:
        """End the run: its processes are asked to, then killed.

        Raises:
            InputError: it is over already, or its processes are on another machine.
        """
        from polyaxon_sdk.runner.stop import stop  # signals come with it

        self._state = stop(self._own_folder)
        return self._state

    def approve(self) -> RunState:
        """Let the run begin that waits for approval.

        Raises:
            InputError: it doesn't wait.
        """
        from polyaxon_sdk.runner.approval import approve  # as for `create`

        approve(self._own_folder)
        self._state = read_run(self._own_folder)
        return self._state

    def skip(self) -> RunState:
        """End the run as one that was not to be carried out.

        Raises:
            InputError: it is over already, or its processes are on another machine.
        """
        from polyaxon_sdk.runner.stop import stop  # signals come with it

        self._state = stop(self._own_folder, status="skipped")
        return self._state

    def invalidate(self) -> RunState:
        """Let no later run be taken from this one, where a `cache` would; nothing of it is deleted."""
        self._state = make_invalid(self._settings, self._own_folder)
        return self._state

    def update(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        name: str | None = None,
        description: str | None = None,
        tags: Tags | None = None,
        concurrency: int | None = None,
        async_req: bool = False,
    ) -> RunState:
        """Change what the run is called, or how many runs a pipeline that goes on has at once; what is None stays.

        Args:
            data: name, description and tags as a mapping, as public scripts give it.
            name, description, tags, concurrency: what changes.
            async_req: accepted for existing scripts: it is done when the call returns.

        Raises:
            InputError: nothing is given, nothing by a name in `data` can be said, or it is no pipeline that goes on.
        """
        del async_req
        if data is not None:
            said = {"name": name, "description": description, "tags": tags}
            return self.update(**{**said, **said_in(data, said)}, concurrency=concurrency)
        given = None if tags is None else listed_tags(tags)
        if concurrency is not None:
            from polyaxon_sdk.runner.pipelines.widening import widen  # for those who steer pipelines

            widen(self._own_folder, concurrency)
            if (name, description, given) == (None, None, None):
                self._state = read_run(self._own_folder)
                return self._state
        self._state = change(self._settings, self._own_folder, name=name, description=description, tags=given)
        return self._state

    def transfer(self, to_project: str, *, async_req: bool = False) -> RunState:
        """Make the run one of another project.

        Args:
            to_project: `name` or `owner/name`.
            async_req: accepted for existing scripts: it is done when the call returns.

        Raises:
            InputError: it can't be a project's name.
        """
        del async_req
        folder = self._own_folder
        move(self._settings, folder, to_project)
        return self._took(folder)

    def delete(self) -> None:
        """Delete the run for good, here and in the store.

        Raises:
            InputError: it goes on.
            StoreError: the store fails; the run is here still.
        """
        [doomed] = doom(self._settings, [self._own_folder])
        take_away(self._settings, doomed)

    def promote_to_model_version(
        self,
        version: str,
        description: str | None = None,
        tags: Tags | None = None,
        content: Json = None,
        connection: str | None = None,
        *,
        artifacts: Sequence[str] | None = None,
        force: bool = False,
    ) -> Version:
        """Keep what the run made as a version of a model, in its project.

        Raises:
            InputError: it has no such artifact, or the version is there already.
        """
        said = Promotion(version, description, tags, content, connection, artifacts, force)
        return self._promoted("model", said)

    def promote_to_artifact_version(
        self,
        version: str,
        description: str | None = None,
        tags: Tags | None = None,
        content: Json = None,
        connection: str | None = None,
        *,
        artifacts: Sequence[str] | None = None,
        force: bool = False,
    ) -> Version:
        """The same, as a version of an artifact."""
        said = Promotion(version, description, tags, content, connection, artifacts, force)
        return self._promoted("artifact", said)

    def _promoted(self, kind: VersionKind, promotion: Promotion) -> Version:
        run = complete(self._own_folder, read_run(self._own_folder))
        return promote(self._settings.home / "hub", run, kind, promotion)

    def _took(self, folder: RunFolder) -> RunState:
        self._named, self._wanted, self._state = None, folder.uuid, read_run(folder)
        return self._state


def listed_tags(tags: Tags | None) -> tuple[str, ...]:
    """Tags as somebody names them: a list, or a text with commas.

    >>> listed_tags("a, b")
    ('a', 'b')
    """
    words = tags.split(",") if isinstance(tags, str) else tags or ()
    return tuple(word.strip() for word in words if word.strip())
