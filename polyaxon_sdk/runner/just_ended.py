"""Runs that have just ended, until what they logged can be asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep, time_ns

from polyaxon_sdk.runs.changes import read_changes
from polyaxon_sdk.runs.drained import is_finished
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lease import holder_life
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.runs.status import DONE

__all__ = ["await_summaries"]

_RECENT = 60 * 10**9
"""Nanoseconds since a run changed in which its sidecar brings what it logged into its record, or is held up."""

_PATIENCE = 10.0
_POLL = 0.02


def await_summaries(home: Path, *, patience: float = _PATIENCE) -> None:
    """Wait until the records of runs that ended a moment ago tell what they logged.

    Their sidecars tell that, at once as a rule: `python train.py && polyaxon run -f compare.yml` is to find the run of
    `train.py` by its metrics.

    Args:
        home: where the runs are.
        patience: seconds to wait for all of them.
    """
    deadline = monotonic() + patience
    for folder in _recent(home):
        while _is_awaited(folder) and monotonic() < deadline:
            sleep(_POLL)


def _recent(home: Path) -> Iterator[RunFolder]:
    since = time_ns() - _RECENT
    for uuid in dict.fromkeys(uuid for clock, uuid, _ in read_changes(home) if clock >= since):
        yield RunFolder(home / "runs" / uuid)


def _is_awaited(folder: RunFolder) -> bool:
    """Whether a run is over, and its sidecar at work has not told what it logged."""
    with suppress(OSError):  # what can't be read isn't found either
        if is_finished(folder) or holder_life(folder) == "gone":
            return False
        facts = read_facts(folder)
        last = max((place for place, fact in enumerate(facts) if fact.kind == "status"), default=-1)
        if last < 0 or facts[last].fields.get("status") not in DONE:
            return False
        return not any(fact.kind == "series" and "summaries" in fact.fields for fact in facts[last:])
    return False
