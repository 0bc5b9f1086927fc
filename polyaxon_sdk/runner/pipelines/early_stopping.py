"""When a pipeline stops before its end (semantics 1.15)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from polyaxon_sdk.polyflow import V1CompiledOperation, V1FailureEarlyStopping, V1MetricEarlyStopping
from polyaxon_sdk.polyflow.recognition import is_dag
from polyaxon_sdk.runner.pipelines.schedule import Ended, Verdict

__all__ = ["goals_of", "reached", "rules_of", "stops_early"]


def rules_of(operation: V1CompiledOperation) -> list[object]:
    """The early stopping of a dag or a search; none of what has none."""
    holder = operation.matrix or (operation.run if is_dag(operation.run) else None)
    rules = getattr(holder, "early_stopping", None)
    return rules if isinstance(rules, list) else []


def goals_of(rules: Iterable[object]) -> list[V1MetricEarlyStopping]:
    """The rules that end a pipeline by a metric of any of its runs; policies, which stop single runs, aren't."""
    return [rule for rule in rules if isinstance(rule, V1MetricEarlyStopping) and rule.policy is None]


def reached(goals: Iterable[V1MetricEarlyStopping], outputs: Mapping[str, object]) -> Verdict | None:
    """How a pipeline ends one of whose runs has these outputs; None where they are no reason.

    >>> goal = V1MetricEarlyStopping(metric="loss", value=0.1, optimization="minimize")
    >>> reached([goal], {"loss": 0.05}).message, reached([goal], {"loss": 0.5})
    ('loss is 0.05', None)
    """
    for goal in goals:
        found = outputs.get(goal.metric)
        if not isinstance(found, int | float) or not isinstance(goal.value, int | float):
            continue
        if found >= goal.value if goal.optimization == "maximize" else found <= goal.value:
            return Verdict("succeeded", "EarlyStopping", f"{goal.metric} is {found:g}")
    return None


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
    state = ended[-1].state if ended else None
    for rule in rules if isinstance(rules, list) else []:
        if isinstance(rule, V1FailureEarlyStopping):
            verdict = _failing(rule, ended, total)
        else:
            verdict = reached(goals_of([rule]), state.outputs if state else {})
        if verdict is not None:
            return verdict
    return None


def _failing(rule: V1FailureEarlyStopping, ended: Sequence[Ended], total: int) -> Verdict | None:
    failed = sum(each.status == "failed" for each in ended)
    if not isinstance(rule.percent, int | float):
        return None
    share = 100 * failed / max(total, 1)
    told = f"stopped early, as {failed} of {total} runs failed: failure_early_stopping at {rule.percent:g} %"
    return Verdict("failed", "EarlyStopping", told) if failed and share >= rule.percent else None
