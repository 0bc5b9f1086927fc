"""Encoding what trainers logged raw: from snapshots in the journal to files in `assets/`."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread, get_ident
from time import monotonic
from typing import cast

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.pictures import Box, Picture
from polyaxon_sdk.runs.sheets import Column, Sheet
from polyaxon_sdk.runs.snapshots import AS_IT_IS, Snapshot, pending, read_snapshot
from polyaxon_sdk.sidecar.painting import paint
from polyaxon_sdk.sidecar.png import apng, png
from polyaxon_sdk.sidecar.writing_csv import csv_of
from polyaxon_sdk.types import Json

__all__ = ["DAMAGED", "Encoding", "encode_snapshot"]

DAMAGED = (ValueError, TypeError, KeyError, PolyaxonError)
"""What a snapshot raises that is not as it was written."""

_LOOK_EVERY = 0.1
_LONGEST_REST = 2.0
_AFTER_TROUBLE = 5.0


class Encoding:
    """Encodes the snapshots of a run as they come, in a thread that rests as long as it worked.

    A snapshot that is damaged, or a disk that is full, is left to the draining, which tells of it.
    """

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder
        self._ended = Event()
        self._thread = Thread(target=self._work, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Wait until the one under way is done, and begin no other."""
        self._ended.set()
        self._thread.join()

    def _work(self) -> None:
        rest = _LOOK_EVERY
        while not self._ended.wait(rest):
            began = monotonic()
            try:
                self._encode_all()
                rest = min(max(_LOOK_EVERY, monotonic() - began), _LONGEST_REST)
            except OSError:
                rest = _AFTER_TROUBLE

    def _encode_all(self) -> None:
        for path in pending(self._folder):
            if self._ended.is_set():
                return
            with suppress(*DAMAGED):  # a damaged one, which the draining tells of
                encode_snapshot(self._folder, path)


def encode_snapshot(folder: RunFolder, path: Path) -> bool:
    """Make the asset of a snapshot, and take the snapshot away; whether it was whole.

    Done by two at once, or twice after a crash, it makes the same asset.

    Raises:
        OSError: the disk is full or broken; the snapshot stays.
        DAMAGED: the snapshot is.
    """
    try:
        snapshot = read_snapshot(path)
    except FileNotFoundError:  # another one was quicker
        return True
    if snapshot is None:
        return False
    _replace(folder.inside(snapshot.target), _encoded(snapshot))
    path.unlink(missing_ok=True)
    return True


def _encoded(snapshot: Snapshot) -> bytes:
    data = bytes(snapshot.data)
    if snapshot.fields.get("encoding") == AS_IT_IS:
        return data
    if snapshot.fields.get("encoding") == "csv":
        return csv_of(_sheet(snapshot.fields), data)
    picture = _picture(snapshot.fields)
    frames = paint(picture, data)
    if snapshot.fields["encoding"] == "apng":
        return apng(frames, picture.length("T"), cast(float, snapshot.fields["fps"]))
    return png(next(frames))


def _sheet(fields: dict[str, Json]) -> Sheet:
    first, end, step = cast(list[int], fields["numbers"])
    columns = cast(list[tuple[str, str, int]], fields["columns"])
    return Sheet((first, end, step), tuple(Column(*column) for column in columns))


def _picture(fields: dict[str, Json]) -> Picture:
    shape, boxes = cast(list[int], fields["shape"]), cast(list[list[int]], fields["boxes"])
    picture = Picture(
        tuple(shape),
        str(fields["layout"]),
        float(cast(float, fields["rescale"])),
        tuple(cast(Box, tuple(box)) for box in boxes),
    )
    if (fault := picture.fault()) is not None:
        raise ValueError(fault)
    return picture


def _replace(target: Path, data: bytes) -> None:
    """Put the asset there whole; its draft is this thread's own."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}-{get_ident()}.part")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
