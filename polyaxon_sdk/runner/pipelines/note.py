"""The record of a run that a pipeline did not start."""

from __future__ import annotations

from polyaxon_sdk.runner.draft import Draft
from polyaxon_sdk.runner.pipelines.schedule import Verdict
from polyaxon_sdk.runner.sidecars import share
from polyaxon_sdk.runner.upstream import Edge
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.runs.user import user_name

__all__ = ["note_run"]


def note_run(pipeline: Draft, name: str, verdict: Verdict, edges: tuple[Edge, ...]) -> RunState:
    """A run that was skipped, or could not start, in the home, so that it is seen beside the others.

    Raises:
        OSError: the home can't be written.
    """
    folder = RunFolder(pipeline.settings.runs / new_uuid()).create()
    writer = RecordWriter(folder)
    writer.append(
        "created",
        name=name,
        owner=pipeline.owner,
        project=pipeline.project,
        user=user_name(),
        kind="job",
        runtime="job",
        managed_by="cli",
        is_managed=True,
    )
    writer.append("status", status="created", reason="Runner", message="")
    for edge in edges:
        writer.append("edge", upstream=edge.upstream, kind=edge.kind, values=edge.values)
    writer.append("status", status=verdict.status, reason=verdict.reason, message=verdict.message)
    writer.close()
    share(folder)
    return read_run(folder)
