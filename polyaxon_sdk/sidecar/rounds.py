"""Rounds of work beside a run, until there is none left for whoever holds its lease."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from time import monotonic, sleep
from typing import TypeVar

from polyaxon_sdk.exceptions import LeaseLostError
from polyaxon_sdk.runs.drained import is_damaged, read_drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import event_files, scalar_files
from polyaxon_sdk.runs.lease import Lease, take_lease
from polyaxon_sdk.runs.masking import masker_here
from polyaxon_sdk.runs.spool import rescue, spool_of
from polyaxon_sdk.runs.status import Condition
from polyaxon_sdk.settings import load
from polyaxon_sdk.sidecar.beside import Beside, is_missing
from polyaxon_sdk.sidecar.captures import Captures

__all__ = ["work_beside"]

T = TypeVar("T")

_PATIENCE = 3600.0
"""Seconds for which a disk that is full or broken is tried again; then `polyaxon sync` has to go on."""
_MOMENT = 60.0
"""The same before and after the work, where nothing waits for the disk."""
_PAUSE = 0.1
_LONGEST_PAUSE = 5.0


def _nobody(_lease: Lease) -> None:
    """Nobody has to know."""


def work_beside(
    folder: RunFolder, *, on_lease: Callable[[Lease], None] = _nobody, captures: Captures | None = None
) -> bool:
    """Work beside the run until it is finished, or another sidecar does that; False where it broke.

    Args:
        folder: the run.
        on_lease: is told each lease that is taken.
        captures: what was captured for other runs of the same process.
    """
    lease = None
    try:
        while (lease := _patiently(folder, partial(_take, folder), _MOMENT)) is not None:
            on_lease(lease)
            done, conditions = _work(folder, lease, captures)
            if done == _patiently(folder, conditions, _MOMENT):
                break
    except (FileNotFoundError, LeaseLostError):
        return True
    except Exception:  # the process' edge: nobody reads its stderr, so the reason goes where a person looks
        if lease is not None:
            with suppress(OSError):  # else the next one waits until the lease has run out
                lease.release()
        folder.sidecar_log.write_text(masker_here().text(traceback.format_exc()), encoding="utf-8")
        return False
    return True


def _take(folder: RunFolder) -> Lease | None:
    """Take the lease, once what this host has of the run is where its holder finds it, who may be on another one."""
    if not folder.journal.is_dir() and folder.record.is_dir():
        folder.journal.mkdir(exist_ok=True)  # a run that came back from a store has none
    spool = spool_of(folder, load().spools)
    brought = [] if spool is None else rescue(spool, folder)
    while (lease := take_lease(folder)) is None and not _is_drained(folder, brought):
        sleep(_LONGEST_PAUSE)
    if lease is not None:
        folder.handover.unlink(missing_ok=True)  # which asked for the one before
    return lease


def _is_drained(folder: RunFolder, writers: Sequence[str]) -> bool:
    """Whether nothing that these processes logged is left to drain; a holder that ends just now may have missed it."""
    drained = read_drained(folder).journals
    journals = [
        path
        for path in (*event_files(folder), *scalar_files(folder))
        if path.name.startswith(tuple(f"{name}." for name in writers))
    ]
    return all(drained.get(path.name, 0) >= path.stat().st_size for path in journals)


def _work(
    folder: RunFolder, lease: Lease, captures: Captures | None
) -> tuple[list[Condition] | None, Callable[[], list[Condition]]]:
    """Do one round of work (see `Beside.run`), and begin anew from what is committed wherever the disk fails; also how
    to ask for the statuses afterwards."""

    def work() -> tuple[list[Condition] | None, Callable[[], list[Condition]]]:
        beside = Beside(folder, lease, load(), captures)
        return beside.run(), beside.conditions

    return _patiently(folder, work, _PATIENCE)


def _patiently(folder: RunFolder, work: Callable[[], T], patience: float) -> T:
    """What `work` gives, tried again for `patience` seconds where the disk fails."""
    deadline, pause = monotonic() + patience, _PAUSE
    while True:
        try:
            return work()
        except OSError as error:
            if monotonic() > deadline or is_missing(folder, error) or is_damaged(error):
                raise
            sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
