"""Rounds of work beside a run, until there is none left for whoever holds its lease."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from time import monotonic, sleep

from polyaxon_sdk.exceptions import LeaseLostError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lease import Lease, take_lease
from polyaxon_sdk.runs.masking import masker_here
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.runs.status import Condition
from polyaxon_sdk.settings import load
from polyaxon_sdk.sidecar.beside import Beside, is_missing

__all__ = ["work_beside"]

_PATIENCE = 3600.0
"""Seconds for which a disk that is full or broken is tried again; then `polyaxon sync` has to go on."""
_PAUSE = 0.1
_LONGEST_PAUSE = 5.0


def _nobody(_lease: Lease) -> None:
    """Nobody has to know."""


def work_beside(folder: RunFolder, *, on_lease: Callable[[Lease], None] = _nobody) -> bool:
    """Work beside the run until it is finished, or another sidecar does that; False where it broke.

    Args:
        folder: the run.
        on_lease: is told each lease that is taken.
    """
    try:
        if folder.record.is_dir():
            folder.journal.mkdir(exist_ok=True)  # a run that came back from a store has none
        while (lease := take_lease(folder)) is not None:
            on_lease(lease)
            if _work(folder, lease) == read_run(folder).conditions:
                break
    except (FileNotFoundError, LeaseLostError):
        return True
    except Exception:  # the process' edge: nobody reads its stderr, so the reason goes where a person looks
        folder.sidecar_log.write_text(masker_here().text(traceback.format_exc()), encoding="utf-8")
        return False
    return True


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
