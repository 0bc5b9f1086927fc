"""Noting in a run's record which processes work for it that don't write to the record themselves."""

from __future__ import annotations

from collections.abc import Sequence

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.writer import process_start

__all__ = ["note_processes"]


def note_processes(folder: RunFolder, replica: str, pids: Sequence[int]) -> None:
    """Say that processes of this machine write down what `replica` prints: the sidecar waits until they are gone.

    Raises:
        OSError: the record can't be written.
    """
    record = RecordWriter(folder)
    try:
        for pid in pids:
            record.append("process", replica=replica, pid=pid, start=process_start(pid))
    finally:
        record.close()
