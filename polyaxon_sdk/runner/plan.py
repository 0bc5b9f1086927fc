"""What is to be carried out, worked out in full before anything is created."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from attrs import frozen

from polyaxon_sdk.compiler import Globals, command_line, environment_of
from polyaxon_sdk.compiler.inits import fetched
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1CompiledOperation, V1Container, V1Operation, write
from polyaxon_sdk.polyflow.recognition import is_service
from polyaxon_sdk.runner.descent import Descent
from polyaxon_sdk.runner.draft import Draft
from polyaxon_sdk.runner.executors.executor import Task
from polyaxon_sdk.runner.feasible import containers_of, ignored
from polyaxon_sdk.runner.inits.step import Step
from polyaxon_sdk.runner.replicas import groups_of, is_distributed
from polyaxon_sdk.runner.room.machine import check_fits
from polyaxon_sdk.runner.room.needs import needs_of_run
from polyaxon_sdk.runner.uploads import Upload
from polyaxon_sdk.runner.upstream import Edge
from polyaxon_sdk.runs.alias_path import with_alias
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.masking import export_inputs, masker_in
from polyaxon_sdk.secrets.masker import Masker
from polyaxon_sdk.settings import inherited
from polyaxon_sdk.types import JsonObject

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1Init
    from polyaxon_sdk.runner.builds.planning import Built
    from polyaxon_sdk.runner.distributed.crew import Crew
    from polyaxon_sdk.runner.distributed.planning import Assembled
    from polyaxon_sdk.runner.services.ports import Ports
    from polyaxon_sdk.runner.services.readiness import Service

__all__ = ["Plan", "make_plan", "search_path"]

_PYTHONS = frozenset({"python", "python3"})


@frozen(kw_only=True)
class Plan:
    """A run that can start; nothing of it is on disk yet.

    Args:
        folder: where it will lie.
        operation: compiled, with this run's own paths in it.
        task: the process to start.
        masker: masks what of it is written down.
        context: the folder around `globals.artifacts_path`; None where nothing refers to it.
        steps: what is put in place before the process starts.
        edges: the runs that it took values from.
        notes: a line each for what a person should know first.
        source: what the operation was compiled from; None where that is not known.
        pipeline: the draft of a dag or a search, whose task is empty; None for a job.
        descent: which run it comes from; None where it is a run of its own.
        upload: files of this machine that it takes along; None for none.
        service: where it listens and what tells that it does; None where it listens nowhere.
        ports: those that it is given; they are held until it starts.
        reuse: why it was taken from no earlier run; None where that was not asked.
        build: what is made before it starts, by a run of its own; None for nothing.
        crew: the replicas of a distributed run, the first of which is `task`; None for one process.
    """

    folder: RunFolder
    owner: str
    project: str
    operation: V1CompiledOperation
    task: Task
    masker: Masker
    context: Path | None = None
    steps: tuple[Step, ...] = ()
    edges: tuple[Edge, ...] = ()
    notes: tuple[str, ...] = ()
    source: V1Operation | None = None
    descent: Descent | None = None
    pipeline: Draft | None = None
    upload: Upload | None = None
    service: Service | None = None
    ports: Ports | None = None
    reuse: JsonObject | None = None
    build: Built | None = None
    crew: Crew | None = None

    @property
    def kind(self) -> str:
        """What the run is called by its kind: `job`, `service`, `pytorchjob`, `dag`, `matrix`, `schedule`."""
        if self.pipeline is None:
            if self.crew is not None:
                return str(getattr(self.operation.run, "kind", "job"))
            return "service" if is_service(self.operation.run) else "job"
        if self.operation.schedule is not None:
            return "schedule"
        return "dag" if self.operation.matrix is None else "matrix"

    @property
    def is_resumed(self) -> bool:
        """Whether it is a further attempt at a run that was begun before."""
        return self.descent is not None and self.descent.kind == "resume"

    @property
    def runtime(self) -> str:
        """How it goes on by its kind: of a schedule `cron`, `interval` or `datetime`, else as `kind`."""
        return self.kind if self.operation.schedule is None else self.operation.schedule.kind

    def document(self, operation: V1CompiledOperation | V1Operation) -> str:
        """An operation as a file of the run holds it: without secrets."""
        document = cast("JsonObject", write(operation))
        return json.dumps(
            self.masker.values(document), ensure_ascii=False
        )  # indented it takes ten times as long


def make_plan(drafted: Draft) -> Plan:
    """Work out how this machine carries out a run; nothing is created.

    Raises:
        InputError: it can't be carried out here; the field that asks for more is named.
    """
    folder, context, compiled = drafted.folder, drafted.context, drafted.operation
    containers = containers_of(compiled, drafted.settings.image_commands)
    check_fits(needs_of_run(compiled.run), drafted.settings)
    assembled = _assembled(drafted)
    crew = assembled and assembled.crew
    tasks = [_task(drafted, containers[0])] if crew is None else crew.tasks
    texts = [text for task in tasks for text in (*task.words, *task.environment.values(), str(task.folder))]
    built = _built(drafted)
    if built is not None:
        tasks = [built.within(task) for task in tasks]
        crew = crew and crew.with_tasks(tasks)
    for task in tasks:
        _check_task(task, drafted, may_come=built is not None)
    steps = (*(assembled.steps if assembled else ()), *_steps(drafted))
    return Plan(
        folder=folder,
        owner=drafted.owner,
        project=drafted.project,
        operation=compiled,
        task=tasks[0],
        masker=masker_in(
            drafted.settings,
            {name: value for each in _environments(steps, tasks) for name, value in each.items()},
        ),
        context=context if steps or any(str(context) in text for text in texts) else None,
        steps=steps,
        edges=drafted.edges,
        notes=tuple(ignored(compiled, containers, builds=built is not None)),
        source=drafted.source,
        descent=drafted.descent,
        service=_service(drafted, tasks[0]),
        ports=assembled.ports if assembled else drafted.ports,
        build=built,
        crew=crew,
    )


def search_path(path: str | None) -> str:
    """Where the programs of runs are looked for: first in `path`, last beside this one's packages."""
    folders = path.split(os.pathsep) if path else os.defpath.split(os.pathsep)
    return os.pathsep.join(dict.fromkeys([*folders, os.path.dirname(sys.executable)]))


def _service(drafted: Draft, task: Task) -> Service | None:
    if not is_service(drafted.operation.run):
        return None
    from polyaxon_sdk.runner.services.readiness import service_of  # http costs 15 ms

    known = Globals(owner_name=drafted.owner, project_name=drafted.project, uuid=drafted.folder.uuid)
    return service_of(drafted.operation, known, task.environment)


def _built(drafted: Draft) -> Built | None:
    """The build that comes first; None where there is none, or none that means something here."""
    if drafted.operation.build is None:
        return None
    from polyaxon_sdk.runner.builds.planning import build_of  # hubs, for runs with builds

    return build_of(drafted)


def _assembled(drafted: Draft) -> Assembled | None:
    """The replicas of a distributed run; None for one process."""
    if not is_distributed(drafted.operation.run):
        return None
    from polyaxon_sdk.runner.distributed.planning import assemble  # sockets, for runs of several replicas

    return assemble(drafted.operation, drafted.folder, partial(_task, drafted))


def _steps(drafted: Draft) -> tuple[Step, ...]:
    inits = _inits(drafted.operation.run)
    if not inits:
        return ()
    # Stores come with it, which cost 40 ms.
    from polyaxon_sdk.runner.inits.around import around_of
    from polyaxon_sdk.runner.inits.planning import steps_of
    from polyaxon_sdk.runner.inits.process import ProcessStep

    def process(container: V1Container) -> ProcessStep:
        task = _task(drafted, container)
        _check_task(task, drafted)
        return ProcessStep(words=task.words, folder=task.folder, environment=task.environment)

    asking = fetched([*(drafted.operation.contexts or []), *(drafted.operation.inputs or [])])
    return steps_of(inits, around_of(drafted, process), names=[io.name for io in asking])


def _inits(run: object) -> list[V1Init]:
    """The init steps of a runtime; what several groups of replicas ask for is done once."""
    pods = [*groups_of(run).values()] if is_distributed(run) else [run]
    found: list[V1Init] = []
    for pod in pods:
        found += [init for init in getattr(pod, "init", None) or [] if init not in found]
    return found


def _environments(steps: Sequence[Step], tasks: Sequence[Task]) -> list[Mapping[str, str]]:
    """The variables of all that runs, the main processes' last."""
    return [*(getattr(step, "environment", {}) for step in steps), *(task.environment for task in tasks)]


def _task(drafted: Draft, container: V1Container) -> Task:
    """The process that a container of the run is here."""
    return Task(
        words=tuple(_words(container)),
        environment=_environment(drafted, environment_of(drafted.operation, container)),
        folder=Path(os.path.abspath(container.working_dir or os.getcwd())),
        output=drafted.folder.journal / "main.out",
    )


def _words(container: V1Container) -> list[str]:
    words = command_line(container)
    return [sys.executable, *words[1:]] if words[0] in _PYTHONS else words


def _environment(drafted: Draft, own: Mapping[str, str]) -> dict[str, str]:
    """The container's own variables, and above them those that tell the script which run it is of."""
    folder, all_of_it = drafted.folder, inherited(own)
    return {
        **own,
        "POLYAXON_RUN_UUID": folder.uuid,
        "POLYAXON_HOME": str(folder.home),
        "POLYAXON_RUN_INSTANCE": f"{drafted.owner}.{drafted.project}.runs.{folder.uuid}",
        "POLYAXON_IS_MANAGED": "true",
        "POLYAXON_RUN_PROCESS": "",  # what tracks here itself has another run
        "PYTHONUNBUFFERED": "1",
        "PATH": search_path(all_of_it.get("PATH")),
        "PYTHONPATH": with_alias(all_of_it.get("PYTHONPATH")),
        **export_inputs(cast("JsonObject", drafted.operation.values()), masker_in(drafted.settings, own)),
    }


def _check_task(task: Task, drafted: Draft, *, may_come: bool = False) -> None:
    if _is_made_later(str(task.folder), drafted):
        return
    if not os.path.isdir(task.folder):
        raise InputError(f"no folder {str(task.folder)!r}", path="run.container.workingDir")
    program = task.words[0]
    path = inherited(task.environment).get("PATH")
    found = os.path.join(task.folder, program) if os.sep in program else program
    if may_come or _is_made_later(found, drafted):
        return  # an init step, or a build, may bring it
    if shutil.which(found, path=path) is None:
        raise InputError(f"no program {program!r} on this machine", path="run.container.command[0]")


def _is_made_later(path: str, drafted: Draft) -> bool:
    """Whether it lies in a folder that is made for the run: the names of those have its uuid."""
    made_later = (drafted.context, drafted.folder.path)
    return drafted.folder.uuid in path and any(Path(path).is_relative_to(folder) for folder in made_later)
