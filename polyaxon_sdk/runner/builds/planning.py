"""The build that a run asks for, worked out before anything starts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from attrs import evolve

from polyaxon_sdk.exceptions import InputError, NoComponentError
from polyaxon_sdk.polyflow import V1Build, V1Operation, V1Param
from polyaxon_sdk.runner.builds.recipe import place_of, recipe_of
from polyaxon_sdk.runner.builds.venv import python_in
from polyaxon_sdk.runner.draft import Draft, Labels, draft
from polyaxon_sdk.runner.executors.executor import Task
from polyaxon_sdk.runner.from_hub import operation_from_hub
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.runs.state import read_run

__all__ = ["Built", "build_of"]

_VENV = "venv"


class Built(NamedTuple):
    """A build that comes before a run.

    Attributes:
        name: its component.
        draft: its run.
        place: the virtual environment that it makes; None where it makes something else.
        before: a run of it that counts in place of the draft unless it fails; None for none.
    """

    name: str
    draft: Draft
    place: Path | None
    before: RunFolder | None = None

    def within(self, task: Task) -> Task:
        """The task as it runs in the virtual environment, where there is one."""
        if self.place is None:
            return task
        path = task.environment.get("PATH", "")
        environment = {
            **task.environment,
            "VIRTUAL_ENV": str(self.place),
            "PATH": f"{python_in(self.place).parent}:{path}",
        }
        own = task.words[0] == sys.executable
        words = (str(python_in(self.place)), *task.words[1:]) if own else task.words
        return task._replace(words=words, environment=environment)

    def after(self, folder: RunFolder) -> Built:
        """The same with the run that was made for an earlier attempt at the run, where that was of the same inputs.

        Args:
            folder: of the earlier attempt.

        Raises:
            OSError: it can't be read.
        """
        edges = [fact.fields for fact in read_facts(folder) if fact.kind == "edge"]
        runs = [
            RunFolder(folder.path.parent / str(edge["upstream"])) for edge in edges if edge["kind"] == "build"
        ]
        if not runs or not runs[-1].record.is_dir():
            return self
        is_same = read_run(runs[-1]).inputs == self.draft.operation.values()
        return self._replace(before=runs[-1]) if is_same else self


def build_of(drafted: Draft) -> Built | None:
    """The build of a run; None where no hub has its component, as of those that make images on clusters.

    Raises:
        InputError: its component is not trusted, a param of it is wrong, or its requirements can't be read.
    """
    build = drafted.operation.build
    assert isinstance(build, V1Build)  # whoever calls looked
    try:
        found = operation_from_hub(build.hub_ref, presets=build.presets, settings=drafted.settings)
    except NoComponentError:
        return None
    operation = _with(found, build, drafted)
    labels = Labels(project=f"{drafted.owner}/{drafted.project}")
    try:
        made = draft(operation, settings=drafted.settings, params={}, labels=labels)
        is_venv = found.component is not None and found.component.name == _VENV
        place = None
        if is_venv:
            place = place_of(recipe_of(made.operation.values(), Path.cwd()), drafted.settings)
    except InputError as error:
        error.path = f"build.{error.path}" if error.path else "build"
        raise
    return Built(build.hub_ref, made, place)


def _with(found: V1Operation, build: V1Build, drafted: Draft) -> V1Operation:
    """The operation of a build with its params; `destination` is passed on where its component wants one."""
    component = found.component
    wanted = {io.name for io in (component.inputs if component else None) or []}
    destination = V1Param(value=f"{drafted.project}:{drafted.folder.uuid}")
    given = {"destination": destination} if "destination" in wanted else {}
    passed = {"connection": V1Param(value=build.connection, context_only=True)} if build.connection else {}
    bare = None if component is None else evolve(component, hooks=None, build=None)
    params = {**passed, **given, **(build.params or {})}
    return evolve(found, component=bare, params=params or None, queue=build.queue, run_patch=build.run_patch)
