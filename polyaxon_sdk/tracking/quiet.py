"""What a process says of the run that it was started for as long as its script logs nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import cast

from polyaxon_sdk.runs.filesystem import is_network
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.reserve import Reserve, SharedReserve
from polyaxon_sdk.runs.writer import forked_process
from polyaxon_sdk.secrets.masker import Masker
from polyaxon_sdk.settings import load
from polyaxon_sdk.tracking.joining import Joining, Said, is_plain
from polyaxon_sdk.tracking.parts import uuid_of
from polyaxon_sdk.tracking.run import Run
from polyaxon_sdk.tracking.start import ACTIVE, init
from polyaxon_sdk.tracking.values import plain_values
from polyaxon_sdk.types import JsonObject

__all__ = ["Quiet", "QuietRecord", "begin_quietly", "join_quietly"]


class QuietRecord:
    """The facts of such a process, each written at once: no memory is mapped for them and no thread writes them.

    Args:
        record: what writes them into the run, which is there.
        reserve: the space set aside for them.
        said: what is said at first, without secrets.

    Raises:
        OSError: the run can't be written.
    """

    is_kept = True

    def __init__(self, record: RecordWriter, reserve: Reserve | SharedReserve, said: Sequence[Said]) -> None:
        self._record = record
        self._reserve = reserve
        self.folder: Path = record.folder.path
        self.say(*said, is_clean=True)

    @classmethod
    def of(cls, folder: RunFolder) -> QuietRecord:
        """Those of this process.

        Raises:
            OSError: the run can't be written.
        """
        reserve = Reserve(folder)
        reserve.make()
        return cls(RecordWriter(folder), reserve, [("joined", {})])

    @property
    def masker(self) -> Masker:
        """What takes secrets out of what is written."""
        return self._record.masker

    def say(self, *facts: Said, is_clean: bool = False) -> None:
        """Write facts, on a disk that is full into the space set aside for them.

        Args:
            is_clean: whether there are no secrets in them.

        Raises:
            OSError: the disk is broken, or has no room for them even so.
        """
        try:
            self._record.append_all(facts, is_clean=is_clean)
        except OSError:
            self._reserve.free()
            self._record.append_all(facts, is_clean=is_clean)

    def log_artifact_lineage(self, body: JsonObject) -> None:
        """As a run's, which takes it where the disk doesn't."""
        try:
            self.say(("lineage", {"artifact": {**body}}))
        except OSError:
            ACTIVE.run.log_artifact_lineage(body)

    def leave(self, outputs: Mapping[str, object] | None = None) -> None:
        """Say what the run gave, and nothing more.

        Raises:
            OSError: the disk doesn't take it.
        """
        said: list[Said] = [("left", {})]
        if outputs:
            said.insert(0, ("outputs", {"values": plain_values(outputs), "reset": False}))
        self.say(*said)
        self._record.close()


class Quiet:
    """A run of this process that begins when something is asked of it: by then it is the active one.

    Attributes:
        record: what is said of it until then.
    """

    def __init__(self, record: QuietRecord) -> None:
        self.record = record
        self._run: Run | None = None

    @property
    def later(self) -> Run:
        """The run, for those who may ask nothing of it."""
        return cast("Run", _Later(self))

    @property
    def kept(self) -> Run | QuietRecord:
        """Where to note what is kept of it."""
        return self._run or self.record

    @property
    def is_over(self) -> bool:
        """Whether the run has begun."""
        return self._run is not None

    def begun(self) -> Run:
        """The run."""
        ACTIVE.begin_expected()
        return cast("Run", self._run)

    def begin(self) -> None:
        """Begin the run."""
        self._run = init()
        with suppress(OSError):  # who reads the record sees that the process is gone
            self.record.leave()


class _Later:
    def __init__(self, quiet: Quiet) -> None:
        self._quiet = quiet

    def __getattr__(self, name: str) -> object:
        return getattr(self._quiet.begun(), name)


def begin_quietly() -> Quiet | None:
    """Join the run that this process was started for; None where `init` has to: it has more to prepare then.

    Raises:
        InputError: a setting is malformed.
    """
    settings = load()
    uuid = uuid_of(settings.run_uuid)
    if uuid is None or not is_plain(settings):
        return None
    folder = RunFolder(settings.runs / uuid)
    if is_network(folder.path):
        return None
    with suppress(OSError):  # which `init` tells
        record = QuietRecord.of(folder)
        return _expected(record, {"POLYAXON_RUN_UUID": uuid, "POLYAXON_HOME": os.path.abspath(folder.home)})
    return None


def join_quietly(joining: Joining) -> Quiet | None:
    """The same in a process that was forked for it."""
    folder, shared = joining.folder, joining.shared
    writer = forked_process(shared.forks)
    record = RecordWriter(folder, joining.clock, masker=shared.masker, known=[], writer=writer)
    with suppress(OSError):  # which `init` tells
        quiet = QuietRecord(record, joining.reserve, joining.said)
        return _expected(quiet, shared.environment)
    return None


def _expected(record: QuietRecord, environment: Mapping[str, str]) -> Quiet:
    """A run that begins when something is asked of it.

    Args:
        environment: the variables by which processes that this one starts join it, but for its own number.
    """
    quiet = Quiet(record)
    ACTIVE.expect(quiet.begin, {**environment, "POLYAXON_RUN_PROCESS": str(os.getpid())})
    return quiet
