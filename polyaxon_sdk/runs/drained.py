"""How far the journals of a run are drained: what makes draining exact whenever it is interrupted."""

from __future__ import annotations

import json
import os
from errno import EIO
from pathlib import Path

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.sync import sync

__all__ = ["Drained", "is_damaged", "is_finished", "printed_from", "read_drained", "write_whole"]

_DAMAGED = "damaged"


class Drained:
    """The contents of `journal/drained.json`.

    Attributes:
        lease: the number of the lease under which it was written.
        journals: for each journal file, the position in bytes from which to go on.
        holes: for each journal of scalars, the positions that were passed over.
        files: for each drained file, relative to the run, how long it is; a row behind that is not there yet.
        names: for each drained series of events, as `<kind>/<name>`, the name that it was logged under.
        rewinds: how many rewinds of the record are carried out.
        cut: for each event file that one which is under way changes, how long it will be; 0 where it goes.
        is_finished: whether the run was done, and all of it drained, summarised and shipped.
    """

    def __init__(self) -> None:
        self.lease = 0
        self.journals: dict[str, int] = {}
        self.holes: dict[str, list[int]] = {}
        self.files: dict[str, int] = {}
        self.names: dict[str, str] = {}
        self.rewinds = 0
        self.cut: dict[str, int] = {}
        self.is_finished = False

    def text(self) -> str:
        """As it is written."""
        return json.dumps(vars(self))

    def write(self, folder: RunFolder) -> None:
        """Write it whole: a reader sees the old or the new one.

        Raises:
            OSError: the disk is full or broken; the old one stands.
        """
        write_whole(folder.drained, self.text().encode("ascii"))


def read_drained(folder: RunFolder) -> Drained:
    """What is drained; nothing where it was never written.

    Raises:
        OSError: it can't be read or is damaged. Nothing drained must not be taken from that: a drain takes away
            what is not told of here.
    """
    drained = Drained()
    try:
        found = json.loads(folder.drained.read_bytes())
    except FileNotFoundError:
        return drained
    except ValueError as error:
        raise OSError(EIO, _DAMAGED, str(folder.drained)) from error
    if not isinstance(found, dict):
        raise OSError(EIO, _DAMAGED, str(folder.drained))
    for name, value in vars(Drained()).items():
        if type(found.get(name, value)) is not type(value):
            raise OSError(EIO, _DAMAGED, str(folder.drained))
        setattr(drained, name, found.get(name, value))
    return drained


def is_finished(folder: RunFolder) -> bool:
    """Whether a run was done, and all of it drained, summarised and shipped; not where what says so is damaged."""
    try:
        return read_drained(folder).is_finished
    except OSError as error:
        if is_damaged(error):
            return False
        raise


def printed_from(folder: RunFolder, drained: Drained, output: Path) -> int:
    """The position from which what a replica printed is not drained.

    Of a run that is finished nothing is left to drain but what it knows of: what was not printed since then came with
    a copy of its folder that was made while it went on.

    Raises:
        OSError: the run can't be read.
    """
    position = drained.journals.get(output.name)
    if position is None and drained.is_finished:
        told = output.stat()
        return told.st_size if told.st_mtime_ns < folder.drained.stat().st_mtime_ns else 0
    return position or 0


def is_damaged(error: OSError) -> bool:
    """Whether what was read is no `drained.json`: it was written whole, so that it stays so."""
    return error.errno == EIO and error.strerror == _DAMAGED


def write_whole(path: Path, data: bytes, *, lasts: bool = True) -> None:
    """Replace a file by `data`, on the disk before it is seen, and seen for good.

    Args:
        path: the file.
        data: what it is to hold.
        lasts: whether it is seen for good; else that is once its folder is synced.

    Raises:
        OSError: the disk is full or broken; the old file stands.
    """
    parent, name = os.path.split(path)
    draft = os.path.join(parent, f".{name}.{os.getpid()}.part")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
    try:
        _write_synced(descriptor, data)
        os.replace(draft, path)
        if lasts:
            sync(path.parent)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise


def _write_synced(descriptor: int, data: bytes) -> None:
    """Bring all of `data` to the disk itself, and close; by four calls of the system where a file object makes nine."""
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
