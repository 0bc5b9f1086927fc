"""What a trainer logged raw and the sidecar has yet to encode: one file in the journal for each asset to be."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeAlias

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.types import Json

__all__ = ["AS_IT_IS", "Buffer", "Snapshot", "pending", "read_snapshot", "snapshot_path", "write_snapshot"]

Buffer: TypeAlias = "bytes | bytearray | memoryview"

AS_IT_IS = "none"
"""The encoding of bytes that are the asset already."""
_SUFFIX = ".snapshot"
_LONGEST_HEAD = 1 << 20


class Snapshot(NamedTuple):
    """Raw bytes and what they are to become.

    Attributes:
        target: the asset's path, relative to the run.
        fields: how the bytes are to be encoded.
        data: the raw bytes.
    """

    target: str
    fields: dict[str, Json]
    data: Buffer


def snapshot_path(folder: RunFolder, target: str) -> Path:
    """Where the snapshot of an asset lies until it is encoded; making this file anew takes the asset's name.

    >>> snapshot_path(RunFolder("/runs/0f"), "assets/image/digit_2.png").name
    'image__digit_2.png.snapshot'
    """
    return folder.journal / f"{target.removeprefix('assets/').replace('/', '__')}{_SUFFIX}"


def write_snapshot(descriptor: int, snapshot: Snapshot) -> None:
    """Write a snapshot; once this returns, the kernel has it.

    Raises:
        OSError: the disk is full or broken.
    """
    data = memoryview(snapshot.data).cast("B")
    head = {"target": snapshot.target, "size": len(data), "fields": snapshot.fields}
    _write_all(descriptor, memoryview(json.dumps(head).encode("ascii") + b"\n"))
    _write_all(descriptor, data)


def read_snapshot(path: Path) -> Snapshot | None:
    """The snapshot in `path`; None while it is being written, and where its writer died over it.

    Raises:
        OSError: the file can't be read.
    """
    with path.open("rb") as file:
        try:
            head = json.loads(file.readline(_LONGEST_HEAD))
            if os.fstat(file.fileno()).st_size - file.tell() != head["size"]:
                return None
            return Snapshot(head["target"], head["fields"], file.read())
        except (ValueError, TypeError, KeyError):
            return None


def pending(folder: RunFolder) -> Iterable[Path]:
    """The snapshots of a run, oldest first; those that are being written, too."""
    found = []
    with suppress(FileNotFoundError):
        for name in os.listdir(folder.journal):
            if not name.endswith(_SUFFIX):
                continue
            path = folder.journal / name
            with suppress(FileNotFoundError):  # encoded since it was listed
                found.append((path.stat().st_mtime_ns, path))
    return [path for _, path in sorted(found)]


def _write_all(descriptor: int, data: memoryview) -> None:
    while data:
        data = data[os.write(descriptor, data) :]
