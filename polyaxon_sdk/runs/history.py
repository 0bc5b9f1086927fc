"""Facts of a run that happened before: read from Polyaxon's own form, written with the times that they had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import cast

from polyaxon_sdk.runs.fact import Fact
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lines import LineFile
from polyaxon_sdk.runs.status import STATUSES
from polyaxon_sdk.runs.telling import TEXTS
from polyaxon_sdk.runs.writer import this_process
from polyaxon_sdk.types import JsonObject

__all__ = ["facts_of", "write_history"]

_VALUES = (("inputs", "inputs"), ("outputs", "outputs"), ("meta", "meta_info"))


def facts_of(view: Mapping[str, object], lineages: Iterable[object]) -> list[Fact]:
    """What `run.plx.json` and `lineages.plx.json` tell of a run, in the order in which it became true.

    What is none of theirs is left out (semantics 5.8, 5.9).
    """
    told = sorted(_told(view, lineages), key=lambda each: each[0])
    return [Fact(0, "", place, time, kind, fields) for place, (time, kind, fields) in enumerate(told)]


def write_history(folder: RunFolder, facts: Iterable[Fact], *, after: int = 0) -> None:
    """Add `facts`, which keep their order and times, to the record of a run.

    Args:
        folder: the run.
        facts: what is told of it.
        after: the clock behind which they stand, whatever their times are: of the last fact of a run that has some.

    Raises:
        OSError: the disk is full or broken.
    """
    writer, told, clock = this_process(), list(facts), after
    lines = LineFile(folder.record / f"{writer.name}.jsonl")
    began = Fact(0, "", 0, told[0].time if told else 0.0, "writer", dict(writer._asdict()))
    for sequence, fact in enumerate([began, *told]):
        clock = max(clock + 1, int(fact.time * 1e9))
        line = {
            "clock": clock,
            "sequence": sequence,
            "time": fact.time,
            "kind": fact.kind,
            "fields": fact.fields,
        }
        lines.append(cast(JsonObject, line))
    lines.close()


def _told(
    view: Mapping[str, object], lineages: Iterable[object]
) -> Iterator[tuple[float, str, dict[str, object]]]:
    began = _seconds(view.get("created_at")) or 0.0
    ended = _seconds(view.get("finished_at")) or _seconds(view.get("updated_at")) or began
    texts = {name: view[name] for name in TEXTS if isinstance(view.get(name), str)}
    yield began, "created", {**texts, "is_managed": view.get("is_managed") is True}
    if isinstance(tags := view.get("tags"), list):
        yield began, "tags", {"values": tags, "reset": True}
    for kind, key in _VALUES:
        if isinstance(values := view.get(key), dict) and values:
            yield (began if kind == "inputs" else ended), kind, {"values": values, "reset": False}
    yield from _statuses(view, began)
    if isinstance(damage := view.get("damage"), list) and damage:
        yield ended, "damaged", {"files": damage}
    for artifact in lineages:
        if isinstance(artifact, dict) and artifact.get("name") and not _is_series(artifact):
            yield ended, "lineage", {"artifact": artifact}


def _statuses(view: Mapping[str, object], began: float) -> Iterator[tuple[float, str, dict[str, object]]]:
    conditions = view.get("status_conditions")
    found = [each for each in conditions if isinstance(each, dict)] if isinstance(conditions, list) else []
    for each in found or [{"type": view.get("status")}]:
        status = each.get("type")
        if status in STATUSES:
            time = _seconds(each.get("last_transition_time")) or began
            fields = {"status": status, "reason": each.get("reason"), "message": each.get("message")}
            yield time, "status", fields


def _is_series(artifact: Mapping[str, object]) -> bool:
    """Whether it tells of a file of events, which tells itself."""
    summary = artifact.get("summary")
    return isinstance(summary, dict) and bool(summary.get("is_event"))


def _seconds(moment: object) -> float | None:
    try:
        found = datetime.fromisoformat(str(moment))
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
