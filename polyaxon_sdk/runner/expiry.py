"""Scratch folders of runs whose `termination.ttl` is over (semantics 1.12)."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings

__all__ = ["expire", "expired", "over_since", "scratch_of"]


def scratch_of(folder: RunFolder) -> Path:
    """The scratch folder of a run: what init steps brought."""
    return folder.home / "contexts" / folder.uuid


def over_since(folder: RunFolder, now: float) -> float | None:
    """How long the time to live of a run is over, in seconds; None where it has none, or it is not.

    Args:
        now: seconds since the epoch.
    """
    with suppress(OSError, ValueError, TypeError, AttributeError):
        ttl = json.loads(folder.operation.read_bytes()).get("termination", {}).get("ttl")
        ended = read_run(folder).finished_at
        if isinstance(ttl, int | float) and ended is not None and now - ended >= ttl:
            return now - ended - ttl
    return None


def expired(settings: Settings, now: float) -> Iterator[RunFolder]:
    """The runs of a home whose scratch folder is to go.

    >>> [*expired(settings, time())]  # doctest: +SKIP
    []
    """
    with suppress(FileNotFoundError):
        for name in sorted(os.listdir(settings.home / "contexts")):
            folder = RunFolder(settings.runs / name)
            if over_since(folder, now) is not None:
                yield folder


def expire(folder: RunFolder) -> None:
    """Take the scratch folder of a run away; what of it can't go now is left to the next one who looks."""
    rmtree(scratch_of(folder), ignore_errors=True)
