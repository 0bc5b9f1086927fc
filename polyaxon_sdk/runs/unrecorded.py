"""Facts that a process told and did not record: it was killed first, or too many waited for the disk."""

from __future__ import annotations

import os
from errno import ENOSPC
from pathlib import Path
from typing import cast

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import event_files, signature
from polyaxon_sdk.runs.lines import decode, encode, read, settled
from polyaxon_sdk.types import JsonObject

__all__ = ["record_told"]

_NONE = -1
"""The number of what is no fact."""


def record_told(folder: RunFolder, *, known: set[str] | None = None) -> None:
    """Add the facts of dead processes that are in their journals alone to their records; once there is none, nothing.

    They are told apart by their numbers. Done by two at once, a fact may be there twice under one number, of which
    readers take the first.

    Args:
        folder: the run.
        known: the journals that were looked at, which are not read again; those that are looked at now are added.

    Raises:
        OSError: the run can't be read or written; to be done again.
    """
    for path in event_files(folder):
        if known is not None and path.name in known:
            continue
        writer = signature(path)
        if writer is None or writer.life() != "gone":
            continue
        _record_told(path, folder.record / path.name)
        if known is not None:
            known.add(path.name)


def _record_told(journal: Path, record: Path) -> None:
    told = [line for line, _ in decode(settled(journal)) if line is not None and "sequence" in line]
    if not told:
        return
    recorded = {_NONE, *map(_sequence, read(_contents(record)))}
    if missing := [line for line in told if _sequence(line) not in recorded]:
        _append(record, b"".join(encode(cast(JsonObject, line)) for line in missing))


def _append(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
    try:
        if os.write(descriptor, data) != len(data):
            raise OSError(ENOSPC, "the disk is full", str(path))
    finally:
        os.close(descriptor)


def _contents(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _sequence(line: dict[str, object]) -> int:
    number = line.get("sequence")
    return number if isinstance(number, int) else _NONE
