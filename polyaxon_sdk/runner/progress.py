"""How far a run is, for those who watch it."""

from __future__ import annotations

from typing import NamedTuple

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.series import last_values
from polyaxon_sdk.runs.state import read_run

__all__ = ["Progress", "read_progress"]


class Progress(NamedTuple):
    """A glance at a run.

    Attributes:
        done: from 0 to 1, where the run says so with `log_progress`.
        metrics: the last value of each series, in the order they began.
    """

    done: float | None
    metrics: dict[str, float]


def read_progress(folder: RunFolder) -> Progress:
    """How far the run is by its record and its journal."""
    try:
        done = read_run(folder).meta.get("progress")
        metrics = last_values(folder)
    except OSError:
        return Progress(None, {})
    return Progress(float(done) if isinstance(done, int | float) else None, metrics)
