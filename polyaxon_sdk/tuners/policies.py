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

    Those are the steps from `minInterval` on that are `evaluationInterval` apart. A run is compared with what the
    others were at the same step.

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
        self._looked: dict[str, int] = {}

    def stops(self, courses: Mapping[str, Course]) -> dict[str, str]:
        """The runs that are to stop, each with the reason.

        Args:
            courses: of all runs so far, by their keys.
        """
        found = {}
        for key, course in courses.items():
            step = self._due(key, course)
            if course.status != "running" or step is None:
                continue
            others = {
                other: each for other, each in courses.items() if other != key and self._counts(each, step)
            }
            values = course.upto(step)
            if not values or len(others) < _whole(self._policy.min_samples, 1):
                continue
            self._looked[key] = step
            if (why := self._judged(values, [each.upto(step) for each in others.values()])) is not None:
                found[key] = f"{self.metric} {why}, at step {step}"
        return found

    def _due(self, key: str, course: Course) -> int | None:
        """The step that a run is to be looked at; None where that was done."""
        first, apart = (
            _whole(self._policy.min_interval, 0),
            max(1, _whole(self._policy.evaluation_interval, 1)),
        )
        if course.step < max(first, 0):
            return None
        step = first + (course.step - first) // apart * apart
        return step if step > self._looked.get(key, -1) else None

    def _counts(self, course: Course, step: int) -> bool:
        """Whether a run is one to compare with."""
        if (
            isinstance(self._policy, V1TruncationStoppingPolicy)
            and self._policy.include_succeeded is not True
        ):
            return course.status == "running" and course.step >= step and bool(course.upto(step))
        is_whole = course.status == "succeeded" or course.step >= step
        return is_whole and bool(course.upto(step))

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
