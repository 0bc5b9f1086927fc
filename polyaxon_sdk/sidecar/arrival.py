"""A run that comes into the home from elsewhere: its sidecar finishes and ships it like any other."""

from __future__ import annotations

import shutil
from pathlib import Path

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.offline import Arrival, bring_in
from polyaxon_sdk.sidecar.launch import launch

__all__ = ["Arrival", "push_offline"]


def push_offline(path: Path, home: Path, arrival: Arrival, *, clean: bool) -> RunFolder:
    """Bring the run in a folder into a home, and start what ships it; with `clean` take the folder away.

    Raises:
        InputError: no run lies there, or the home has it already.
        OSError: it can't be read, or the home can't be written.
    """
    folder = bring_in(path, home, arrival)
    if clean:
        shutil.rmtree(path)
    launch(folder)
    return folder
