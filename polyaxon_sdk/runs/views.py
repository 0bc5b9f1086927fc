"""The record of a run in Polyaxon's own form: `run.plx.json` and `lineages.plx.json` (semantics 5.7 to 5.9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath

from polyaxon_sdk.runs.identity import state_of
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.runs.status import Condition

__all__ = ["lineages_view", "meta_of", "run_view"]

View = dict[str, object]

_FLAGS = {
    "metric": "has_metrics",
    "model": "has_model",
    "tensorboard": "has_tensorboard",
    "span": "has_traces",
}


def run_view(run: RunState) -> View:
    """The run as `run.plx.json` holds it; NaN and the infinities stay themselves."""
    return {
        "uuid": run.uuid,
        "name": run.name,
        "description": run.description,
        "tags": run.tags,
        "owner": run.owner,
        "project": run.project,
        "user": run.user,
        "created_at": _moment(run.created_at),
        "updated_at": _moment(run.updated_at),
        "started_at": _moment(run.started_at),
        "finished_at": _moment(run.finished_at),
        "wait_time": run.wait_time,
        "duration": run.duration,
        "kind": run.kind,
        "runtime": run.runtime,
        "managed_by": run.managed_by,
        "is_managed": run.is_managed,
        "original": run.original,
        "cloning_kind": run.cloning_kind,
        "status": run.status,
        "status_conditions": [_condition(each) for each in run.conditions],
        "inputs": run.inputs,
        "outputs": run.outputs,
        "meta_info": meta_of(run),
        "problems": run.problems,
        "mended_problems": [{"what": what, "over_since": _moment(time)} for what, time in run.mended.items()],
    }


def meta_of(run: RunState) -> View:
    """What was said of the run, and flags such as `has_metrics` for what it holds."""
    kinds = {kind for _, kind in run.artifacts} | ({"metric"} if run.summaries else set())
    return {**{flag: True for kind, flag in _FLAGS.items() if kind in kinds}, **run.meta}


def lineages_view(run: RunState, series: Mapping[str, str]) -> list[View]:
    """The artifacts of a run as `lineages.plx.json` holds them.

    Args:
        run: the run.
        series: the drained series: paths relative to the run, each with the `<kind>/<name>` it was logged under.
    """
    logged = [_with_origin(run, _artifact(dict(artifact))) for artifact in run.artifacts.values()]
    return [*logged, *(_series(run, path, key) for path, key in sorted(series.items()))]


def _with_origin(run: RunState, shown: View) -> View:
    """Tell of a file that the store copied, since it held the same content already, where from."""
    said = run.shipped.get(str(shown.get("path")))
    origin = said.get("same_as") if isinstance(said, dict) else None
    summary = shown.get("summary")
    known = summary if isinstance(summary, dict) else {}
    return shown if origin is None else {**shown, "summary": {**known, "same_as": origin}}


def _artifact(artifact: View) -> View:
    shown = {key: value for key, value in artifact.items() if key != "pending"}
    return {**shown, "state": state_of(artifact)}


def _series(run: RunState, path: str, key: str) -> View:
    kind, _, name = key.partition("/")
    stem = PurePosixPath(path).stem
    summary: View = {"is_event": True}
    if kind == "metric" and (known := run.summaries.get(stem)):
        summary.update({each: known[each] for each in ("step", "timestamp") if each in known})
        said = {"step", "timestamp", "name", "path"}
        summary["metric"] = {each: value for each, value in known.items() if each not in said}
    if name != stem:
        summary["name"] = name
    return _artifact({"name": stem, "kind": kind, "path": path, "is_input": False, "summary": summary})


def _condition(condition: Condition) -> View:
    moment = _moment(condition.time)
    return {
        "type": condition.status,
        "status": True,
        "reason": condition.reason,
        "message": condition.message,
        "last_update_time": moment,
        "last_transition_time": moment,
    }


def _moment(time: float | None) -> str | None:
    return None if time is None else datetime.fromtimestamp(time, UTC).isoformat(timespec="microseconds")
