"""An empty run, played through before processes are forked: what it imports, compiles and looks up, they need not."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

from polyaxon_sdk.authoring.code.sources import keep_sources
from polyaxon_sdk.runs.filesystem import is_network
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.user import user_name
from polyaxon_sdk.settings import load
from polyaxon_sdk.tracking.beginning import begin, open_run
from polyaxon_sdk.tracking.parts import Belonging, belonging_of, uuid_of
from polyaxon_sdk.tracking.quiet import QuietRecord
from polyaxon_sdk.tracking.run import Run

__all__ = ["rehearse"]

_THREADS_END_WITHIN = 10.0
_LOOK_EVERY = 0.001
_OFTEN = 12
"""Times after which the interpreter has made what is called as quick as it can."""


def rehearse() -> bool:
    """Play an empty run through in a folder that is gone then; whether this process has one thread again.

    A disk that takes none of it does no harm: the first run of a forked process meets it too.
    """
    before = tempfile.tempdir  # a run may have another place for such folders
    with suppress(OSError), tempfile.TemporaryDirectory(prefix="polyaxon-") as home:
        for play in (*[_play_quietly] * _OFTEN, _play):
            play(RunFolder(f"{home}/runs/{new_uuid()}").create())
    tempfile.tempdir = before
    return _is_alone()


def _play_quietly(folder: RunFolder) -> None:
    record = QuietRecord.of(folder)
    keep_sources(record)
    record.leave({"result": 0})


def _play(folder: RunFolder) -> None:
    belonging_of(load(), uuid_of(folder.uuid), is_new=False, begun=0)
    _look_around(load().runs)
    user_name()
    begun = open_run(folder)
    begin(begun, Belonging(folder.uuid, "managed"), {})
    run = Run(begun.place, part="managed")
    keep_sources(run)
    run.log_outputs(result=0)
    run.end()


def _look_around(runs: Path) -> None:
    """See what file system the runs to come will be on, as those there are."""
    with suppress(OSError), os.scandir(runs) as folders:
        is_network(next(iter(folders), runs))


def _is_alone() -> bool:
    """Wait until the threads that wrote are gone."""
    deadline = monotonic() + _THREADS_END_WITHIN
    while (count := len(os.listdir("/proc/self/task"))) > 1 and monotonic() < deadline:
        sleep(_LOOK_EVERY)
    return count == 1
