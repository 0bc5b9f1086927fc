"""Where runs are written that are not in the home yet: nobody sees them, and what a killed import left is swept."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.writer import Writer, this_process

__all__ = ["draft_of", "sweep"]

_FOLDER, _OWNER = "importing", "writer.json"


@contextmanager
def draft_of(home: Path, uuid: str) -> Iterator[RunFolder]:
    """A run's folder on the home's disk, in a home of its own that goes with the block.

    Raises:
        OSError: the home can't be written.
    """
    writer = this_process()
    place = home / _FOLDER / writer.name
    place.mkdir(parents=True)
    try:
        (place / _OWNER).write_text(json.dumps(writer), encoding="ascii")
        yield RunFolder(place / "runs" / uuid).create()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def sweep(home: Path) -> None:
    """Take away the drafts whose processes are gone."""
    for owner in (home / _FOLDER).glob(f"*/{_OWNER}"):
        try:
            writer = Writer(*json.loads(owner.read_bytes()))
        except (OSError, ValueError, TypeError):
            continue  # it goes this very moment, or begins
        if writer.life() == "gone":
            shutil.rmtree(owner.parent, ignore_errors=True)
