"""Which runs of a search go on in vain, by how their metric went so far (semantics 1.15)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import fmean, median
from typing import NamedTuple

from polyaxon_sdk.polyflow import (
    V1DiffStoppingPolicy,
    V1MedianStoppingPolicy,
    V1MetricEarlyStopping,
    V1TruncationStoppingPolicy,
)

__all__ = ["Course", "Judge"]

Policy = V1MedianStoppingPolicy | V1TruncationStoppingPolicy | V1DiffStoppingPolicy


class Course(NamedTuple):
    """How the metric of a run went so far.

    Attributes:
        points: step and value of each, in their order.
        status: of the run; `running` where it goes on.
    """

    points: Sequence[tuple[int, float]]
    status: str = "running"

    def upto(self, step: int) -> list[float]:
        """The values up to a step; those that are no numbers are left out."""
        return [value for at, value in self.points if at <= step and math.isfinite(value)]

    @property
    def step(self) -> int:
        """The last one; -1 before the first."""
        return self.points[-1][0] if self.points else -1


class Judge:
    """Applies the policy of one rule, again and again: each run is looked at once at each of its steps that count.

    Those are the steps from `minInterval` on that are `evaluationInterval` apart, up to where enough of the others
    have come: one that is ahead of them is not waited for. A run is looked at again where more of them have come to
    that step; its best so far is compared with what they were by then.

    Args:
        rule: with a policy.

    >>> rule = V1MetricEarlyStopping(
    ...     metric="loss", value=0, optimization="minimize", policy=V1DiffStoppingPolicy(percent=50)
    ... )
    >>> Judge(rule).stops({"good": Course([(1, 1.0)]), "bad": Course([(1, 2.0)])})
    {'bad': 'loss 2 is more than 50 % from the best, 1, at step 1'}
    """

    def __init__(self, rule: V1MetricEarlyStopping) -> None:
        assert rule.policy is not None  # whoever made it looked
        self.metric = rule.metric
        self._policy: Policy = rule.policy
        self._sign = 1.0 if rule.optimization == "maximize" else -1.0
        self._least = max(1, _whole(self._policy.min_samples, 1))
        self._looked: dict[str, tuple[int, int]] = {}

    def stops(self, courses: Mapping[str, Course]) -> dict[str, str]:
        """The runs that are to stop, each with the reason.

        Args:
            courses: of all runs so far, by their keys.
        """
        found = {}
        reach = {key: self._reach(course) for key, course in courses.items()}
        for key, course in courses.items():
            others = {other: at for other, at in reach.items() if other != key and at is not None}
            step, values = self._due(course, list(others.values())), course.upto(course.step)
            if course.status != "running" or step is None or not values:
                continue
            bars = [bar for other, at in others.items() if at >= step and (bar := courses[other].upto(step))]
            if len(bars) < self._least or (step, len(bars)) <= self._looked.get(key, (-1, 0)):
                continue
            self._looked[key] = step, len(bars)
            if (why := self._judged(values, bars)) is not None:
                found[key] = f"{self.metric} {why}, at step {step}"
        return found

    def _reach(self, course: Course) -> float | None:
        """The step up to which others are compared with a run; None where they aren't."""
        policy = self._policy
        is_apart = isinstance(policy, V1TruncationStoppingPolicy) and policy.include_succeeded is not True
        if (is_apart and course.status != "running") or not course.upto(course.step):
            return None
        return math.inf if course.status == "succeeded" else course.step

    def _due(self, course: Course, others: Sequence[float]) -> int | None:
        """The newest step to look at a run that enough of the others have come to; None where there is none."""
        if len(others) < self._least:
            return None
        newest = int(min(course.step, sorted(others, reverse=True)[self._least - 1]))
        first = max(0, _whole(self._policy.min_interval, 0))
        apart = max(1, _whole(self._policy.evaluation_interval, 1))
        return None if newest < first else first + (newest - first) // apart * apart

    def _judged(self, own: Sequence[float], others: Sequence[Sequence[float]]) -> str | None:
        """Why a run is to stop; None where it goes on."""
        best = self._best(own)
        if isinstance(self._policy, V1MedianStoppingPolicy):
            middle = median(map(fmean, others))
            is_worse = self._sign * best < self._sign * middle
            return f"{best:g} is worse than the median of the others, {middle:g}" if is_worse else None
        percent = float(self._policy.percent)
        ranked = sorted((self._best(each) for each in others), key=lambda value: -self._sign * value)
        if isinstance(self._policy, V1DiffStoppingPolicy):
            is_far = self._sign * (ranked[0] - best) > abs(ranked[0]) * percent / 100
            return f"{best:g} is more than {percent:g} % from the best, {ranked[0]:g}" if is_far else None
        count = math.floor((len(ranked) + 1) * percent / 100)
        worse = sum(self._sign * value < self._sign * best for value in ranked)
        return f"{best:g} is among the worst {percent:g} %" if worse < count and ranked[0] != best else None

    def _best(self, values: Sequence[float]) -> float:
        return max(values) if self._sign > 0 else min(values)


def _whole(value: object, default: int) -> int:
    return value if isinstance(value, int) else default
