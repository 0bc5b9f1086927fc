"""A run as queries see it: its values by the names of fields (semantics 4.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from polyaxon_sdk.query import Record
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.runs.views import meta_of

__all__ = ["TEXT_FIELDS", "TIME_FIELDS", "record_of", "series_of"]

TEXT_FIELDS = (
    "uuid",
    "name",
    "owner",
    "description",
    "status",
    "kind",
    "runtime",
    "managed_by",
    "is_managed",
    "cloning_kind",
)
"""Fields that are one text, or none."""

TIME_FIELDS = ("created_at", "updated_at", "started_at", "finished_at", "duration", "wait_time")
"""Fields that are a number of seconds, or none."""

_PLAIN = (*TEXT_FIELDS, *TIME_FIELDS, "tags", "inputs", "outputs")


def record_of(state: RunState, *, me: str | None = None) -> Record:
    """What a run holds in each field; fields that nothing is known of are left out.

    Args:
        me: the user who asks, for `mine`.

    >>> record_of(run)["status"]  # doctest: +SKIP
    'succeeded'
    """
    plain = {name: getattr(state, name) for name in _PLAIN}
    artifacts = [*state.artifacts.values(), *series_of(state)]
    return {
        **plain,
        "live_state": "live",
        "mine": state.user is not None and state.user == me,
        "project": [{"name": state.project}, {"name": f"{state.owner}/{state.project}"}],
        "user": {"username": state.user},
        "contributors": {"username": state.user},
        "original": {"uuid": state.original},
        "queue": [{"name": name} for name in _queues(state)],
        "agent": [{"name": name} for name in _agents(state)],
        "connections": _connections(state),
        "upstream": [{"uuid": each.uuid} for each in state.upstream],
        "pipeline": [{"uuid": each.uuid} for each in state.upstream if each.kind == "pipeline"],
        "meta_info": meta_of(state),
        "artifacts": artifacts,
        "in_artifact_kind": sorted(_kinds(artifacts, is_input=True)),
        "out_artifact_kind": sorted(_kinds(artifacts, is_input=False)),
        "commit": sorted(_told(state, "commit", "coderef")),
        "framework": sorted({*_told(state, "framework")}),
    }


def _queues(state: RunState) -> list[str]:
    """What the queue of a run is called, with its agent and without."""
    queue = _text(state.start.get("queue"))
    return list(dict.fromkeys([queue, queue.rpartition("/")[2]])) if queue else []


def _agents(state: RunState) -> list[str]:
    agent, slash, _ = _text(state.start.get("queue")).rpartition("/")
    return [agent] if slash else []


def _connections(state: RunState) -> list[str]:
    named = state.start.get("connections")
    return [_text(each) for each in named] if isinstance(named, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _kinds(artifacts: Iterable[Mapping[str, object]], *, is_input: bool) -> set[str]:
    return {str(each.get("kind")) for each in artifacts if bool(each.get("is_input")) == is_input}


def series_of(state: RunState) -> list[dict[str, object]]:
    """The metrics and other series of a run as artifacts, by the names that they were logged under.

    They have no state: a series grows, and no run takes one in.
    """
    told: Mapping[str, object] = state.summaries  # a file has them, which may hold anything
    metrics = [
        {"name": summary.get("name", file), "kind": "metric", "path": summary.get("path")}
        for file, summary in told.items()
        if isinstance(summary, dict)
    ]
    others = [(path, *key.partition("/")) for path, key in state.other_series.items()]
    return [*metrics, *({"name": name, "kind": kind, "path": path} for path, kind, _, name in others)]


def _told(state: RunState, name: str, of: str | None = None) -> Iterator[str]:
    """What the summaries of artifacts, or of those of a kind, say under a name."""
    for (_, kind), artifact in state.artifacts.items():
        summary = artifact.get("summary")
        if (of is None or kind == of) and isinstance(summary, dict) and isinstance(summary.get(name), str):
            yield str(summary[name])
