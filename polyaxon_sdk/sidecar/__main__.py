"""`python -m polyaxon_sdk.sidecar RUN_FOLDER`: the process beside one run."""

from __future__ import annotations

import os
import sys
import traceback
from time import monotonic, sleep

from polyaxon_sdk.exceptions import LeaseLostError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lease import Lease, take_lease
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.runs.status import Condition
from polyaxon_sdk.settings import load
from polyaxon_sdk.sidecar.beside import Beside, is_missing

__all__ = ["main"]

_MOST_DESCRIPTORS = 1 << 16
_PATIENCE = 3600.0
"""Seconds for which a disk that is full or broken is tried again; then `polyaxon sync` has to go on."""
_PAUSE = 0.1
_LONGEST_PAUSE = 5.0
_NICENESS = 5
"""The training goes first where both want a processor."""


def main() -> int:
    """Work beside the run until it is finished; 0 also where another sidecar does that already."""
    os.closerange(
        3, _MOST_DESCRIPTORS
    )  # what a parent's libraries left open would keep its files and sockets
    os.chdir("/")
    os.nice(_NICENESS)
    folder = RunFolder(sys.argv[1])
    try:
        if folder.record.is_dir():
            folder.journal.mkdir(exist_ok=True)  # a run that came back from a store has none
        while (lease := take_lease(folder)) is not None:
            if _work(folder, lease) == read_run(folder).conditions:
                break
    except (FileNotFoundError, LeaseLostError):
        return 0
    except Exception:  # the process' edge: nobody reads its stderr, so the reason goes where a person looks
        folder.sidecar_log.write_text(traceback.format_exc(), encoding="utf-8")
        return 1
    return 0


def _work(folder: RunFolder, lease: Lease) -> list[Condition] | None:
    """Do one round of work (see `Beside.run`), and begin anew from what is committed wherever the disk fails."""
    deadline, pause = monotonic() + _PATIENCE, _PAUSE
    while True:
        try:
            return Beside(folder, lease, load()).run()
        except OSError as error:
            if monotonic() > deadline or is_missing(folder, error):
                raise
            sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)


if __name__ == "__main__":
    sys.exit(main())
