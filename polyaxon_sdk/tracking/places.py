"""Choosing where a process writes what it logs to a run."""

from __future__ import annotations

from polyaxon_sdk.runs.filesystem import is_network
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.tracking.place import Recorded

__all__ = ["place_in"]


def place_in(folder: RunFolder) -> Recorded:
    """Where a process writes what it logs to the run in `folder`.

    Raises:
        OSError: the run can't be written.
    """
    if not is_network(folder.path):
        return Recorded(folder)
    from polyaxon_sdk.tracking.spooled import spooled_in  # only runs on a network need it

    return spooled_in(folder)
