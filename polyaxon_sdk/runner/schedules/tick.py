"""The moment of a schedule that a run is for."""

from __future__ import annotations

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.runs.state import fold, read_run

__all__ = ["tick_of"]


def tick_of(run: RunFolder) -> str | None:
    """The ISO moment that a run, the one around it, or the one whose hook it is, was started for; None where no
    schedule started it.

    Raises:
        OSError: a record can't be read.

    >>> tick_of(RunFolder(home / "runs" / uuid))  # doctest: +SKIP
    '2026-01-01T02:00:00+00:00'
    """
    around = [edge.uuid for edge in read_run(run).upstream if edge.kind in ("pipeline", "hook")]
    if not around:
        return None
    above = RunFolder(run.path.parent / around[0])
    if not above.record.is_dir():  # it was deleted
        return None
    facts = read_facts(above)
    if fold(above.uuid, facts).kind != "schedule":
        return tick_of(above)
    began = [fact.fields for fact in facts if fact.kind == "began" and fact.fields.get("run") == run.uuid]
    return str(began[0]["key"]) if began else None
