"""Calls that begin runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from polyaxon_sdk.client.steering import SteeringCalls, Tags, listed_tags
from polyaxon_sdk.runs.state import RunState, read_run

if TYPE_CHECKING:
    from polyaxon_sdk.client.beginning import Content
    from polyaxon_sdk.runner.rerun import Changes

__all__ = ["StartingCalls"]


class StartingCalls(SteeringCalls):
    """The part of `RunClient` that begins runs (semantics 5.2).

    What is started goes on by itself, whatever becomes of the process that starts it.
    """

    def create(
        self,
        name: str | None = None,
        description: str | None = None,
        tags: Tags | None = None,
        content: Content | None = None,
        *,
        params: Mapping[str, object] | None = None,
        presets: Sequence[str] | None = None,
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
        operation = operation_of(self._settings, content, presets or ())
        labels = labels_of(self._in_project, name, description, listed_tags(tags))
        return self._took(begin(self._settings, operation, labels, params or {}))

    def create_from_polyaxonfile(
        self,
        polyaxonfile: str | Path,
        name: str | None = None,
        description: str | None = None,
        tags: Tags | None = None,
        params: Mapping[str, object] | None = None,
        *,
        presets: Sequence[str] | None = None,
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
        presets: Sequence[str] | None = None,
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
        presets: Sequence[str] | None = None,
    ) -> RunState:
        """The same, of a component of a hub, `name:tag`."""
        operation = {"kind": "operation", "hubRef": component}
        return self.create(name, description, tags, operation, params=params, presets=presets)

    def restart(
        self,
        content: Content | None = None,
        copy: bool = False,  # noqa: FBT001, FBT002  # as public Polyaxon's, which scripts call by place
        recompile: bool = False,  # noqa: FBT001, FBT002  # likewise
        copy_dirs: Sequence[str] | None = None,
        copy_files: Sequence[str] | None = None,
        *,
        name: str | None = None,
        description: str | None = None,
        tags: Tags | None = None,
        params: Mapping[str, object] | None = None,
    ) -> RunState:
        """Begin a new run of what this one was started from; the new one. This client goes on reading the old one.

        Args:
            content: laid over it: a Polyaxonfile's path or text, what one holds, or an operation.
            copy: take its outputs and assets along.
            recompile: compile it anew, with joins and references as they are now.
            copy_dirs, copy_files: take some of its files along.
            name, description, tags: what the new one is called.
            params: other values for its inputs.

        Raises:
            InputError: it was started by hand, or can't be carried out here.
        """
        # As for `create`.
        from polyaxon_sdk.runner.background import start
        from polyaxon_sdk.runner.rerun import restart

        changes = self._changes(content, params, recompile, (name, description, listed_tags(tags)))
        paths = [*(copy_dirs or ()), *(copy_files or ())]
        return read_run(start(restart(self._settings, self._own_folder, changes, copy=copy, paths=paths)))

    def resume(
        self,
        content: Content | None = None,
        recompile: bool = False,  # noqa: FBT001, FBT002  # as for `restart`
        name: str | None = None,
        description: str | None = None,
        tags: Tags | None = None,
        *,
        params: Mapping[str, object] | None = None,
    ) -> RunState:
        """Go on with this run, which is over: a new attempt in its folder.

        Args:
            content, recompile, params: as for `restart`.
            name, description, tags: what it is called from now on.

        Raises:
            InputError: it is not over, was started by hand, or can't be carried out here.
        """
        # As for `create`.
        from polyaxon_sdk.runner.background import start
        from polyaxon_sdk.runner.rerun import resume

        changes = self._changes(content, params, recompile, (name, description, listed_tags(tags)))
        return self._took(start(resume(self._settings, self._own_folder, changes)))

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
