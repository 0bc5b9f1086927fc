"""Runs of a pipeline that were run again, as others: these count in their place."""

from __future__ import annotations

from contextlib import suppress

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import RunState

__all__ = ["STANDING", "successor_of", "supersede"]

_KEY = "superseded_by"

STANDING = f"meta_info.{_KEY}:nil"
"""What a query says of runs in whose place no other is."""


def supersede(run: RunFolder, *, by: RunFolder) -> None:
    """Note with a run that another is in its place, so that joins take that one alone; nothing for a next attempt.

    >>> supersede(folder, by=folder)  # doctest: +SKIP
    """
    if run.uuid == by.uuid or not run.record.is_dir():
        return
    with suppress(OSError):  # the disk is full: it is in the way of nothing but joins
        record = RecordWriter(run)
        record.append("meta", values={_KEY: by.uuid})
        record.close()


def successor_of(state: RunState) -> str:
    """The uuid of the run that is in the place of another; empty where none is.

    >>> successor_of(RunState("0f"))
    ''
    """
    return str(state.meta.get(_KEY) or "")
