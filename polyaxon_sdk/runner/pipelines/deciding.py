"""What becomes of an operation of a dag, by how those before it ended (semantics 1.17)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Literal

from polyaxon_sdk.runs.status import DONE

__all__ = ["Decision", "decide", "verdict_of"]

Decision = Literal["wait", "start", "skipped", "upstream_failed"]

_Test = Callable[[str], bool]

_WANTED: dict[str, _Test] = {
    "succeeded": lambda status: status == "succeeded",
    "failed": lambda status: status == "failed",
    "done": lambda status: status in DONE,
}


def decide(trigger: str | None, upstream: Collection[str | None], *, skips: bool = False) -> Decision:
    """What an operation does now.

    Args:
        trigger: `all_succeeded`, `one_failed` and the like; None for `all_succeeded`.
        upstream: the statuses of the operations before it, each once is enough; None where one is not decided.
        skips: whether it is skipped where one before it was.

    >>> decide(None, ["succeeded", "running"]), decide("one_failed", ["failed", "running"])
    ('wait', 'start')
    >>> decide(None, ["succeeded", "failed"])
    'upstream_failed'
    """
    if skips and "skipped" in upstream:
        return "skipped"
    if not upstream:
        return "start"
    how, _, what = (trigger or "all_succeeded").partition("_")
    met = [status is not None and _WANTED[what](status) for status in upstream]
    if how == "one" and any(met):
        return "start"
    if not all(status in DONE for status in upstream):
        return "wait"
    return "start" if how == "all" and all(met) else "upstream_failed"


def verdict_of(statuses: Collection[str]) -> str:
    """How a dag ends whose operations ended so: failed where one did, stopped where all were, else succeeded.

    >>> verdict_of(["succeeded", "upstream_failed", "failed"]), verdict_of(["skipped", "succeeded"])
    ('failed', 'succeeded')
    """
    if "failed" in statuses:
        return "failed"
    return "stopped" if statuses and set(statuses) == {"stopped"} else "succeeded"
