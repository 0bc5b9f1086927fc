"""What the runner says about a run, in its record."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from shutil import rmtree

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.polyflow import V1CompiledOperation
from polyaxon_sdk.runner.descent import copy_into
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.uploads import take_along
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.processes import console_process
from polyaxon_sdk.runs.record import RecordReader, RecordWriter
from polyaxon_sdk.runs.reserve import Reserve
from polyaxon_sdk.runs.state import RunState, fold
from polyaxon_sdk.runs.user import user_name
from polyaxon_sdk.runs.writer import process_start
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.types import Json, JsonObject

__all__ = ["Reporter", "create"]


def create(plan: Plan, settings: Settings) -> None:
    """Make the run's folder, with its operation, what is copied into it, and the first facts about it.

    A run that is resumed has its folder and its first facts: a new attempt begins.

    Raises:
        PolyaxonError: the home can't be written; nothing has been started.
    """
    try:
        plan.folder.create()
        _write(plan)
        if plan.descent is not None:
            copy_into(plan.folder, plan.descent)
        if plan.upload is not None:
            take_along(plan.folder, plan.upload)
        if plan.context is not None:
            artifacts = plan.context / "artifacts"
            artifacts.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):  # of the last attempt
                (artifacts / plan.folder.uuid).symlink_to(plan.folder.path, target_is_directory=True)
        if plan.is_resumed:
            _reopen(plan)
        else:
            _describe(plan, settings)
    except OSError as error:
        if not plan.is_resumed:
            rmtree(plan.folder.path, ignore_errors=True)
        raise PolyaxonError(
            f"the run can't be written to {settings.home}: {error.strerror or error}; "
            "POLYAXON_HOME names another place"
        ) from error


def _write(plan: Plan) -> None:
    for operation, file in ((plan.operation, plan.folder.operation), (plan.source, plan.folder.source)):
        if operation is not None:
            draft = file.with_suffix(".draft")
            draft.write_text(plan.document(operation), encoding="utf-8")
            draft.replace(file)


def _reopen(plan: Plan) -> None:
    writer, operation = RecordWriter(plan.folder, masker=plan.masker), plan.operation
    writer.append("resumed", is_managed=True)
    writer.append("status", status="resuming", reason="Runner", message="")
    writer.append("update", name=operation.name, description=operation.description)
    writer.append("inputs", values=operation.values())  # type: ignore[arg-type]  # values of IOs are JSON
    writer.append("status", status="compiled", reason="Runner", message="")
    writer.close()


def _describe(plan: Plan, settings: Settings) -> None:
    writer, operation = RecordWriter(plan.folder, masker=plan.masker), plan.operation
    writer.append(
        "created",
        name=operation.name,
        description=operation.description,
        owner=plan.owner,
        project=plan.project,
        user=user_name(),
        kind=plan.kind,
        runtime=plan.runtime,
        managed_by="cli",
        is_managed=True,
        cwd=os.getcwd() if plan.upload is not None else str(plan.task.folder),
        script=_script(plan),
        **_asked_for(operation),
        **({} if plan.descent is None else plan.descent.facts),
        **{name: settings.flag(name) for name in ("track_code", "track_env", "collect_resources")},
    )
    writer.append("status", status="created", reason="Runner", message="")
    if operation.tags:
        writer.append("tags", values=operation.tags)
    writer.append("inputs", values=operation.values())  # type: ignore[arg-type]  # values of IOs are JSON
    writer.append("outputs", values=dict.fromkeys(output.name for output in operation.outputs or []))
    for edge in plan.edges:
        writer.append("edge", upstream=edge.upstream, kind=edge.kind, values=edge.values)
    if plan.reuse is None:
        writer.append("status", status="compiled", reason="Runner", message="")
    else:
        writer.append("reuse", **plan.reuse)
        writer.append("status", status="compiled", reason="CacheMiss", message=plan.reuse["why"])
    writer.close()


def _asked_for(operation: V1CompiledOperation) -> dict[str, Json]:
    """The queue and the connections of a run, where it has some."""
    connections = getattr(operation.run, "connections", None)
    asked: dict[str, Json] = {"queue": operation.queue, "connections": connections}
    return {name: value for name, value in asked.items() if value}


def _script(plan: Plan) -> str:
    """The Python file that the command starts, as `file.py` or `file.py:name`."""
    for word in plan.task.words[1:]:
        file = word.partition(":")[0]
        if file.endswith(".py"):
            return str(plan.task.folder / file)
    return ""


class Reporter:
    """Adds to the record of a run that has begun; trouble is told once and never stops the run."""

    def __init__(self, folder: RunFolder, tell: Callable[[str], None]) -> None:
        self._folder = folder
        self._tell = tell
        self._told: set[str] = set()
        self._writer = RecordWriter(folder)
        self._reader = RecordReader(folder)
        self._reserve = Reserve(folder)
        self._reserve.make()

    @property
    def is_there(self) -> bool:
        """Whether the run's folder is still there; told where it is not."""
        if self._folder.record.is_dir():
            return True
        self._say(f"the run's folder was deleted while it runs; nothing more is kept: {self._folder.path}")
        return False

    def state(self) -> RunState:
        """What is said of the run by now, by whomever.

        Raises:
            OSError: its record can't be read.
        """
        return fold(self._folder.uuid, self._reader.read())

    def status(self, status: str, reason: str, message: str = "") -> None:
        """Report a status."""
        self._append("status", status=status, reason=reason, message=message)

    def process(self, replica: str, pid: int) -> None:
        """Report the process of a replica, so that the sidecar can watch it."""
        self._append("process", replica=replica, pid=pid, start=process_start(pid))

    def console(self, replica: str, pid: int) -> None:
        """Report who writes down what a replica prints; the sidecar waits for it, and for who goes on in its place."""
        self._append("process", **console_process(replica, pid))

    def artifact(self, artifact: JsonObject) -> None:
        """Report what the run made, or has."""
        self._append("lineage", artifact=artifact)

    def note(self, kind: str, /, **fields: Json) -> None:
        """Report another fact."""
        self._append(kind, **fields)

    def _append(self, kind: str, /, **fields: Json) -> None:
        if not self.is_there:
            return
        try:
            self._write(kind, fields)
        except OSError as error:
            self._say(f"the disk of the run's record gives trouble: {error.strerror or error}")
            self._reserve.free()
            with suppress(OSError):
                self._write(kind, fields)

    def _write(self, kind: str, fields: dict[str, Json]) -> None:
        self._writer.saw(self._reader.read())  # what the run itself wrote: this comes after it
        self._writer.append(kind, **fields)

    def close(self) -> None:
        """Give back what was set aside for a full disk."""
        self._reserve.free()
        with suppress(OSError):  # told when it began
            self._writer.close()

    def _say(self, line: str) -> None:
        if line not in self._told:
            self._told.add(line)
            self._tell(line)
