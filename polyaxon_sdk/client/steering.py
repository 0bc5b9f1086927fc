"""Calls that begin, change and end runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from polyaxon_sdk.client.deletion import delete as take_away
from polyaxon_sdk.client.deletion import doom
from polyaxon_sdk.client.editing import change
from polyaxon_sdk.client.editing import invalidate as make_invalid
from polyaxon_sdk.client.editing import transfer as move
from polyaxon_sdk.exceptions import InputError, RunNotFoundError
from polyaxon_sdk.projects.promotion import Promotion, promote
from polyaxon_sdk.projects.version import Version, VersionKind
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.owed import complete
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.types import Json

if TYPE_CHECKING:
    from polyaxon_sdk.client.beginning import Content
    from polyaxon_sdk.runner.rerun import Changes

__all__ = ["SteeringCalls"]

Tags = str | Sequence[str]


class SteeringCalls:
    """The part of `RunClient` that steers runs (semantics 5.2).

    What is started goes on by itself, whatever becomes of the process that starts it.
    """

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

    def create(
        self,
        name: str | None = None,
        description: str | None = None,
        tags: Tags | None = None,
        content: Content | None = None,
        *,
        params: Mapping[str, object] | None = None,
        presets: Sequence[str] = (),
    ) -> RunState:
        """Begin a run of an operation, which this client then reads.

        Args:
            name, description: what it is called.
            tags: those that are added; a list, or text with commas.
            content: a Polyaxonfile's path or text, what one holds, or an operation.
            params: values for its inputs.
            presets: laid over it.

        Raises:
            InputError: it can't be carried out here.
            OSError: no process can be started.
        """
        # The compiler, which those who only read needn't pay for.
        from polyaxon_sdk.client.beginning import begin, labels_of, operation_of

        self._refuse_store()
        operation = operation_of(self._settings, content, presets)
        labels = labels_of(self._in_project, name, description, _listed(tags))
        return self._took(begin(self._settings, operation, labels, params or {}))

    def create_from_polyaxonfile(
        self,
        polyaxonfile: str | Path,
        name: str | None = None,
        description: str | None = None,
        tags: Tags | None = None,
        params: Mapping[str, object] | None = None,
        *,
        presets: Sequence[str] = (),
    ) -> RunState:
        """The same, of a file."""
        return self.create(name, description, tags, Path(polyaxonfile), params=params, presets=presets)

    def create_from_url(
        self,
        url: str,
        name: str | None = None,
        description: str | None = None,
        tags: Tags | None = None,
        params: Mapping[str, object] | None = None,
        *,
        presets: Sequence[str] = (),
    ) -> RunState:
        """The same, of a file at a URL; what it holds is run without being asked about."""
        operation = {"kind": "operation", "urlRef": url}
        return self.create(name, description, tags, operation, params=params, presets=presets)

    def create_from_hub(
        self,
        component: str,
        name: str | None = None,
        description: str | None = None,
        tags: Tags | None = None,
        params: Mapping[str, object] | None = None,
        *,
        presets: Sequence[str] = (),
    ) -> RunState:
        """The same, of a component of a hub, `name:tag`."""
        operation = {"kind": "operation", "hubRef": component}
        return self.create(name, description, tags, operation, params=params, presets=presets)

    def restart(
        self,
        override_config: Content | None = None,
        copy: bool = False,  # noqa: FBT001, FBT002  # as public Polyaxon's, which scripts call by place
        copy_dirs: Sequence[str] = (),
        copy_files: Sequence[str] = (),
        name: str | None = None,
        *,
        description: str | None = None,
        tags: Tags | None = None,
        params: Mapping[str, object] | None = None,
        recompile: bool = False,
    ) -> RunState:
        """Begin a new run of what this one was started from; the new one. This client goes on reading the old one.

        Args:
            override_config: laid over it: a Polyaxonfile's path or text, what one holds, or an operation.
            copy: take its outputs and assets along.
            copy_dirs, copy_files: take some of its files along.
            name, description, tags: what the new one is called.
            params: other values for its inputs.
            recompile: compile it anew, with joins and references as they are now.

        Raises:
            InputError: it was started by hand, or can't be carried out here.
        """
        # As for `create`.
        from polyaxon_sdk.runner.background import start
        from polyaxon_sdk.runner.rerun import restart

        changes = self._changes(override_config, params, recompile, (name, description, _listed(tags)))
        paths = [*copy_dirs, *copy_files]
        return read_run(start(restart(self._settings, self._own_folder, changes, copy=copy, paths=paths)))

    def resume(
        self,
        override_config: Content | None = None,
        *,
        params: Mapping[str, object] | None = None,
        recompile: bool = False,
    ) -> RunState:
        """Go on with this run, which is over: a new attempt in its folder.

        Raises:
            InputError: it is not over, was started by hand, or can't be carried out here.
        """
        # As for `create`.
        from polyaxon_sdk.runner.background import start
        from polyaxon_sdk.runner.rerun import resume

        changes = self._changes(override_config, params, recompile, (None, None, ()))
        return self._took(start(resume(self._settings, self._own_folder, changes)))

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
        *,
        name: str | None = None,
        description: str | None = None,
        tags: Tags | None = None,
        concurrency: int | None = None,
    ) -> RunState:
        """Change what the run is called, or how many runs a pipeline that goes on has at once; what is None stays.

        Raises:
            InputError: nothing is given, or it is no pipeline that goes on.
        """
        given = None if tags is None else _listed(tags)
        if concurrency is not None:
            from polyaxon_sdk.runner.pipelines.widening import widen  # for those who steer pipelines

            widen(self._own_folder, concurrency)
            if (name, description, given) == (None, None, None):
                self._state = read_run(self._own_folder)
                return self._state
        self._state = change(self._settings, self._own_folder, name=name, description=description, tags=given)
        return self._state

    def transfer(self, to_project: str) -> RunState:
        """Make the run one of another project, `name` or `owner/name`.

        Raises:
            InputError: it can't be a project's name.
        """
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

    def _changes(
        self,
        content: Content | None,
        params: Mapping[str, object] | None,
        recompile: bool,  # noqa: FBT001  # of this class alone
        called: tuple[str | None, str | None, tuple[str, ...]],
    ) -> Changes:
        # As for `create`.
        from polyaxon_sdk.client.beginning import labels_of, operation_of
        from polyaxon_sdk.runner.rerun import Changes

        over = None if content is None else operation_of(self._settings, content, ())
        labels = labels_of(None, *called)
        return Changes(labels=labels, over=over, params=params or {}, recompile=recompile)

    @property
    def _in_project(self) -> str | None:
        name = self._project and self._project.rpartition("/")[2]
        return f"{self._owner}/{name}" if self._owner and name else self._project

    def _took(self, folder: RunFolder) -> RunState:
        self._named, self._wanted, self._state = None, folder.uuid, read_run(folder)
        return self._state


def _listed(tags: Tags | None) -> tuple[str, ...]:
    words = tags.split(",") if isinstance(tags, str) else tags or ()
    return tuple(word.strip() for word in words if word.strip())
