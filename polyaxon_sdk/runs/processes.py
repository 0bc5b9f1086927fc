"""Noting in a run's record which processes work for it that don't write to the record themselves."""

from __future__ import annotations

from collections.abc import Sequence

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.writer import process_start
from polyaxon_sdk.types import Json

__all__ = ["console_process", "note_processes"]


def note_processes(folder: RunFolder, replica: str, pids: Sequence[int]) -> None:
    """Say that processes of this machine write down what `replica` prints: the sidecar waits until they are gone.

    Raises:
        OSError: the record can't be written.
    """
    record = RecordWriter(folder)
    try:
        for pid in pids:
            record.append("process", **console_process(replica, pid))
    finally:
        record.close()


def console_process(replica: str, pid: int) -> dict[str, Json]:
    """The fields of a fact of kind `process` that tells of who writes down what `replica` prints.

    It may have been killed by now: those that go on in its place are known by its process group, which is its own.
    """
    return {"replica": replica, "pid": pid, "start": process_start(pid) or 0, "is_console": True}
