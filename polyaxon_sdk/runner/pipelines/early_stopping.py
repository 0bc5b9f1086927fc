"""When a pipeline stops before its end (semantics 1.15)."""

from __future__ import annotations

from collections.abc import Sequence

from polyaxon_sdk.polyflow import V1FailureEarlyStopping, V1MetricEarlyStopping
from polyaxon_sdk.runner.pipelines.schedule import Ended, Verdict

__all__ = ["stops_early"]


def stops_early(rules: object, ended: Sequence[Ended], *, total: int) -> Verdict | None:
    """How a pipeline ends that a rule stops, by the runs that ended so far; None where none does.

    Args:
        rules: as the specification has them; policies, which stop single runs, are `Pruning`'s.
        ended: in the order they did.
        total: how many runs there are so far.

    >>> goal = V1MetricEarlyStopping(metric="loss", value=0.1, optimization="minimize")
    >>> stops_early([goal], [], total=1) is None
    True
    """
    for rule in rules if isinstance(rules, list) else []:
        if isinstance(rule, V1MetricEarlyStopping) and rule.policy is None:
            verdict = _reached(rule, ended)
        elif isinstance(rule, V1FailureEarlyStopping):
            verdict = _failing(rule, ended, total)
        else:
            continue
        if verdict is not None:
            return verdict
    return None


def _reached(rule: V1MetricEarlyStopping, ended: Sequence[Ended]) -> Verdict | None:
    state = ended[-1].state if ended else None
    found = state.outputs.get(rule.metric) if state else None
    if not isinstance(found, int | float) or not isinstance(rule.value, int | float):
        return None
    is_reached = found >= rule.value if rule.optimization == "maximize" else found <= rule.value
    return Verdict("succeeded", "EarlyStopping", f"{rule.metric} is {found:g}") if is_reached else None


def _failing(rule: V1FailureEarlyStopping, ended: Sequence[Ended], total: int) -> Verdict | None:
    failed = sum(each.status == "failed" for each in ended)
    if not isinstance(rule.percent, int | float):
        return None
    share = 100 * failed / max(total, 1)
    told = f"{failed} of {total} runs failed"
    return Verdict("failed", "EarlyStopping", told) if failed and share >= rule.percent else None
