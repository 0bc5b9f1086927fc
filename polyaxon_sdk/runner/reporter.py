"""What the runner says about a run, in its record."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from shutil import rmtree
from typing import cast

from polyaxon_sdk.compiler.searching import provided
from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.polyflow import V1CompiledOperation
from polyaxon_sdk.runner.descent import copy_into
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.uploads import take_along
from polyaxon_sdk.runs.fact import Fact
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.processes import console_process
from polyaxon_sdk.runs.record import RecordReader, RecordWriter
from polyaxon_sdk.runs.reserve import Reserve
from polyaxon_sdk.runs.state import RunState, fold, read_run
from polyaxon_sdk.runs.status import Condition
from polyaxon_sdk.runs.user import user_name
from polyaxon_sdk.runs.writer import process_start
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.types import Json, JsonObject

__all__ = ["Reporter", "create"]


def create(plan: Plan, settings: Settings) -> RecordWriter:
    """Make the run's folder, with its operation, what is copied into it, and the first facts about it.

    A run that is resumed has its folder and its first facts: a new attempt begins. Returns what wrote them.

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
        writer = RecordWriter(plan.folder, masker=plan.masker)
        writer.append_all(_reopened(plan) if plan.is_resumed else _described(plan, settings))
        return writer
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
            draft.write_bytes(plan.document(operation).encode("utf-8"))
            draft.replace(file)


_Facts = list[tuple[str, dict[str, Json]]]


def _status(status: str, reason: str, message: str = "") -> tuple[str, dict[str, Json]]:
    return "status", {"status": status, "reason": reason, "message": message}


def _reopened(plan: Plan) -> _Facts:
    operation = plan.operation
    return [
        ("resumed", {"is_managed": True}),
        _status("resuming", "Runner"),
        ("update", {"name": operation.name, "description": operation.description}),
        ("inputs", {"values": _inputs(plan)}),
        _status("compiled", "Runner"),
    ]


def _described(plan: Plan, settings: Settings) -> _Facts:
    operation = plan.operation
    created: dict[str, Json] = {
        "name": operation.name,
        "description": operation.description,
        "owner": plan.owner,
        "project": plan.project,
        "user": user_name(),
        "kind": plan.kind,
        "runtime": plan.runtime,
        "managed_by": "cli",
        "is_managed": True,
        "cwd": os.getcwd() if plan.upload is not None else str(plan.task.folder),
        "script": _script(plan),
        **_asked_for(operation),
        **({} if plan.descent is None else plan.descent.facts),
        **{name: settings.flag(name) for name in ("track_code", "track_env", "collect_resources")},
    }
    facts: _Facts = [("created", created), _status("created", "Runner")]
    if operation.tags:
        facts.append(("tags", {"values": cast("Json", operation.tags)}))
    facts.append(("inputs", {"values": _inputs(plan)}))
    outputs = [] if plan.kind == "matrix" else operation.outputs or []  # what a search has to show is its own
    facts.append(("outputs", {"values": dict.fromkeys(output.name for output in outputs)}))
    for edge in plan.edges:
        facts.append(("edge", {"upstream": edge.upstream, "kind": edge.kind, "values": edge.values}))
    if plan.reuse is None:
        return [*facts, _status("compiled", "Runner")]
    return [*facts, ("reuse", {**plan.reuse}), _status("compiled", "CacheMiss", str(plan.reuse["why"]))]


def _inputs(plan: Plan) -> JsonObject:
    """Its inputs; those that a search gives values to are its runs', whatever their defaults are."""
    values = cast("JsonObject", plan.operation.values())
    if plan.kind != "matrix":
        return values
    searched = provided(plan.operation)
    return {name: value for name, value in values.items() if name not in searched}


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
    """Adds to the record of a run that has begun; trouble is told once and never stops the run.

    Args:
        folder: the run, also as an attribute.
        tell: is told of trouble.
        writer: what wrote the first facts, where that was this process.
        reserve: what is set aside for this run and others; None for this one to have its own.
    """

    def __init__(
        self,
        folder: RunFolder,
        tell: Callable[[str], None],
        *,
        writer: RecordWriter | None = None,
        reserve: Reserve | None = None,
    ) -> None:
        self.folder = folder
        self._record = os.fspath(folder.record)
        self._tell = tell
        self._told: set[str] = set()
        self._writer = writer or RecordWriter(folder)
        self._reader = RecordReader(folder)
        self._seen: tuple[list[Fact], list[Condition]] = [], []
        self._together: _Facts | None = None
        self._reserve = reserve or Reserve(folder)
        self._is_shared = reserve is not None
        self._reserve.make()

    @property
    def is_there(self) -> bool:
        """Whether the run's folder is still there; told where it is not."""
        if os.path.isdir(self._record):
            return True
        self._say(f"the run's folder was deleted while it runs; nothing more is kept: {self.folder.path}")
        return False

    def state(self) -> RunState:
        """What is said of the run by now, by whomever.

        Raises:
            OSError: its record can't be read.
        """
        return read_run(self.folder, self._reader)

    def conditions(self) -> list[Condition]:
        """The statuses of the run by now.

        Raises:
            OSError: its record can't be read.
        """
        facts = self._reader.read()
        if facts is not self._seen[0]:
            statuses = [fact for fact in facts if fact.kind == "status"]
            self._seen = facts, fold(self.folder.uuid, statuses).conditions
        return self._seen[1]

    @contextmanager
    def together(self) -> Iterator[None]:
        """Report what is reported meanwhile by one write, at the end."""
        self._together = []
        try:
            yield
        finally:
            facts, self._together = self._together, None
            self._append_all(facts)

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
        if self._together is None:
            self._append_all([(kind, fields)])
        else:
            self._together.append((kind, fields))

    def _append_all(self, facts: _Facts) -> None:
        if not facts or not self.is_there:
            return
        try:
            self._write(facts)
        except OSError as error:
            self._say(f"the disk of the run's record gives trouble: {error.strerror or error}")
            self._reserve.free()
            with suppress(OSError):
                self._write(facts)

    def _write(self, facts: _Facts) -> None:
        self._writer.saw(self._reader.read())  # what the run itself wrote: this comes after it
        self._writer.append_all(facts)

    def close(self) -> None:
        """Give back what was set aside for a full disk."""
        if not self._is_shared:
            self._reserve.free()
        with suppress(OSError):  # told when it began
            self._writer.close()

    def _say(self, line: str) -> None:
        if line not in self._told:
            self._told.add(line)
            self._tell(line)
