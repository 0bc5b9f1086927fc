"""A sidecar for a run that still needs somebody to begin one."""

from __future__ import annotations

import os

from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.sidecar.launch import launch

__all__ = ["attend"]


def attend(folder: RunFolder, *, is_rank: bool) -> None:
    """Start a sidecar for what a process leaves that did not begin the run: where the last one is done with it, and
    behind a rank also where there never was one, as its leader may have died first.

    Raises:
        OSError: the run can't be read, or no process can be started.
    """
    if (is_rank and not _was_attended(folder)) or read_drained(folder).is_finished:
        launch(folder)


def _was_attended(folder: RunFolder) -> bool:
    """Whether a sidecar ever was beside the run."""
    return any(name.startswith("lease") for name in os.listdir(folder.journal))
