"""The fields of a run that queries and sorts may name (semantics 4.2)."""

from __future__ import annotations

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.query.operations import Family

__all__ = ["family_of", "is_sortable"]

_PLAIN: dict[str, Family] = {
    **dict.fromkeys(("id", "uid", "uuid", "name", "description"), "search"),
    **dict.fromkeys(
        (
            "status", "project", "user", "kind", "runtime", "tags", "pipeline", "controller", "upstream",
            "downstream", "original", "cloning_kind", "agent", "queue", "artifacts_store", "namespace", "commit",
            "live_state", "state", "component_state", "is_managed", "managed_by", "pending", "artifacts",
            "connections", "teams", "contributors", "mine", "in_artifact_kind", "out_artifact_kind", "backend",
            "framework",
        ),
        "value",
    ),
    **dict.fromkeys(("duration", "wait_time", "cost", "gpu", "custom"), "scalar"),
    "cpu": "cpu",
    "memory": "memory",
    **dict.fromkeys(("created_at", "updated_at", "started_at", "finished_at", "schedule_at"), "datetime"),
}  # fmt: skip

_DOTTED: dict[str, Family] = {
    **dict.fromkeys(("inputs", "params", "in", "outputs", "out", "meta_info"), "value"),
    **dict.fromkeys(("metrics", "meta_values"), "scalar"),
    "meta_flags": "bool",
}

_OTHERS = (
    "project", "agent", "queue", "artifacts_store", "pipeline", "controller", "original", "upstream",
    "downstream", "user",
)  # fmt: skip
_OF_ANOTHER: dict[str, Family] = {
    f"{other}.{field}": "value" for other in _OTHERS for field in ("name", "uuid", "username", "status")
}

_SORTABLE = frozenset({
    "created_at", "updated_at", "started_at", "finished_at", "schedule_at", "name", "kind", "runtime",
    "namespace", "uuid", "duration", "wait_time", "status", "cost", "cpu", "memory", "gpu", "custom", "state",
    "component_state", "user",
})  # fmt: skip
_SORTABLE_DOTTED = frozenset(
    {"metrics", "inputs", "params", "in", "outputs", "out", "meta_info", "meta_values", "meta_flags"}
)


def family_of(field: str) -> Family:
    """The family of a run's field.

    Raises:
        InputError: a run has no such field.

    >>> family_of("metrics.loss"), family_of("status")
    ('scalar', 'value')
    """
    head, dot, _ = field.partition(".")
    family = _DOTTED.get(head) if dot else _PLAIN.get(field)
    family = family or _OF_ANOTHER.get(field)
    if family is None:
        raise InputError(f"a run has no field {field!r}", hint=_near(field))
    return family


def is_sortable(field: str) -> bool:
    """Whether runs can be ordered by a field.

    >>> is_sortable("metrics.loss"), is_sortable("tags")
    (True, False)
    """
    head, dot, _ = field.partition(".")
    return head in _SORTABLE_DOTTED if dot else field in _SORTABLE


def _near(field: str) -> str:
    return did_you_mean(field, [*_PLAIN, *_OF_ANOTHER, *(f"{head}.NAME" for head in _DOTTED)])
