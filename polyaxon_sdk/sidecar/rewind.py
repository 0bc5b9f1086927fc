"""Taking what a later attempt superseded out of the event files, whenever that is interrupted."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from polyaxon_sdk.runs.drained import Drained, write_whole
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.superseded import NAMES, split_rows, superseded_folder
from polyaxon_sdk.runs.sync import sync

__all__ = ["carry_out", "prepare"]


def prepare(folder: RunFolder, state: Drained, step: int) -> dict[str, int]:
    """Write what the next rewind takes out and what it leaves, each to a place of its own.

    Returns the files that it changes with their lengths afterwards; a series of which nothing is left has none.

    Raises:
        OSError: the disk is full or broken; nothing is changed.
    """
    number = state.rewinds + 1
    place, lengths, names = superseded_folder(folder, number), dict[str, int](), dict[str, str]()
    for relative, key in state.names.items():
        data = (folder.path / relative).read_bytes()[: state.files.get(relative, 0)]
        kept, tail = split_rows(data, key.partition("/")[0], step)
        if len(kept) == len(data):
            continue
        inside = Path(relative).relative_to("events")
        _write(place / inside, tail)
        names[str(inside)] = key
        lengths[relative] = len(kept) if b"\n" in kept else 0
        if lengths[relative]:
            _write(_drafts(folder, number) / relative, kept)
    _write(place / NAMES, json.dumps(names).encode("ascii"))
    return lengths


def carry_out(folder: RunFolder, state: Drained) -> None:
    """Bring the event files to what `state.cut` says, and take note of it in `state`; a second time changes nothing.

    Raises:
        OSError: the disk is full or broken; to be done again.
    """
    number = state.rewinds + 1
    for relative, length in state.cut.items():
        path, draft = folder.path / relative, _drafts(folder, number) / relative
        if not length:
            path.unlink(missing_ok=True)
            state.files.pop(relative, None)
            state.names.pop(relative, None)
            continue
        if draft.exists():
            os.replace(draft, path)
        state.files[relative] = length
    for parent in {(folder.path / relative).parent for relative in state.cut}:
        sync(parent)  # first: with the old files, the new lengths would be wrong
    shutil.rmtree(_drafts(folder, number), ignore_errors=True)
    state.cut, state.rewinds = {}, number


def _drafts(folder: RunFolder, number: int) -> Path:
    """Where what is left of event files lies until it takes their place."""
    return folder.journal / f"rewind-{number}"


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data)
