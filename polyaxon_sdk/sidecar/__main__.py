"""`python -m polyaxon_sdk.sidecar RUN_FOLDER [REPLICA PIDS]`: the process beside one run."""

from __future__ import annotations

import sys
from contextlib import suppress

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.processes import note_processes
from polyaxon_sdk.sidecar.own import be_beside
from polyaxon_sdk.sidecar.rounds import work_beside

__all__ = ["main"]


def main() -> int:
    """Work beside the run until it is finished; 0 also where another sidecar does that already."""
    be_beside()
    folder = RunFolder(sys.argv[1])
    with suppress(OSError):  # the run is gone, or its disk full
        _note_started(folder, *sys.argv[2:])
    return 0 if work_beside(folder) else 1


def _note_started(folder: RunFolder, replica: str = "", *pids: str) -> None:
    """Note who was started with it, as `launch.sidecar_program` has it told."""
    if pids and folder.record.is_dir():
        note_processes(folder, replica, [*map(int, pids)])


if __name__ == "__main__":
    sys.exit(main())
