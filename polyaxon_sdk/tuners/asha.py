"""Successive halving that never waits (Li et al. 2020, algorithm 2)."""

from __future__ import annotations

import math
from collections.abc import Mapping

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Asha
from polyaxon_sdk.tuners.brackets import MAX_BRACKETS, whole_logarithm
from polyaxon_sdk.tuners.history import History
from polyaxon_sdk.tuners.resolved import resolved, seed_of
from polyaxon_sdk.tuners.resource import with_resource
from polyaxon_sdk.tuners.search import Ledger, Suggestion
from polyaxon_sdk.tuners.spaces import number
from polyaxon_sdk.tuners.trials import Trial

__all__ = ["AshaSearch"]


class AshaSearch:
    """Promotes whenever it can, from the highest rung down; draws a new run where it can't.

    Args:
        matrix: with its templates resolved.

    Raises:
        InputError: it isn't resolved yet, or has more rungs than are of use.

    >>> from polyaxon_sdk.polyflow import V1HpUniform, V1OptimizationMetric, V1OptimizationResource
    >>> search = AshaSearch(
    ...     V1Asha(
    ...         params={"rate": V1HpUniform(value="0:1")},
    ...         num_runs=3,
    ...         max_iterations=9,
    ...         resource=V1OptimizationResource(name="epochs", type="int"),
    ...         metric=V1OptimizationMetric(name="loss", optimization="minimize"),
    ...     )
    ... )
    >>> [each.values["epochs"] for each in search.ask(4)]
    [1, 1, 1]
    """

    is_waiting = False

    def __init__(self, matrix: V1Asha) -> None:
        self._matrix = matrix
        self._eta = 3.0 if matrix.eta is None else number(matrix.eta)
        self._sign = -1.0 if matrix.metric.optimization == "maximize" else 1.0
        self._levels = _levels(matrix, self._eta)
        self._ledger = Ledger()
        self._rungs: dict[str, int] = {}
        self._promoted: set[str] = set()
        self._history = History(resolved(matrix.params), seed=seed_of(matrix))
        self._drawn = 0

    def ask(self, room: int) -> list[Suggestion]:
        """What there is to promote, then new ones; at most as many as there is room for."""
        found = self._promotions()[:room]
        left = min(room - len(found), int(number(self._matrix.num_runs)) - self._drawn)
        for _ in range(left):
            values = self._history.new()
            if values is None:
                break
            given = with_resource(self._matrix.resource, values, self._levels[0])
            found.append(Suggestion(values=given))
        return found

    def begin(self, batch: Mapping[str, Suggestion]) -> None:
        """Take in what is started."""
        self._ledger.begin(batch)
        for key, each in batch.items():
            if each.parent is None:
                self._rungs[key] = 0
                self._drawn += 1
                self._history.add(Trial(values=each.values))
            else:
                self._rungs[key] = self._rungs.get(each.parent, 0) + 1
                self._promoted.add(each.parent)

    def tell(self, key: str, result: float | None) -> None:
        """Take in how a run ended."""
        self._ledger.tell(key, result)

    def _promotions(self) -> list[Suggestion]:
        """The runs that are among the best of their rung and went no further, the highest rung first."""
        found: list[Suggestion] = []
        for rung in range(len(self._levels) - 2, -1, -1):
            ended = [key for key in self._ledger.results if self._rungs[key] == rung]
            counting = [(key, trial.result) for key in ended if (trial := self._ledger.trial(key)).counts]
            ranked = sorted(counting, key=lambda one: self._sign * (one[1] or 0.0))
            # Those that failed count as the worst.
            best = [key for key, _ in ranked[: math.floor(len(ended) / self._eta + 1e-9)]]
            found += [self._promotion(key, rung + 1) for key in best if key not in self._promoted]
        return found

    def _promotion(self, key: str, rung: int) -> Suggestion:
        values = self._ledger.begun[key].values
        return Suggestion(values=with_resource(self._matrix.resource, values, self._levels[rung]), parent=key)


def _levels(matrix: V1Asha, eta: float) -> list[float]:
    """What the runs of each rung may spend, the last one all."""
    most, least = number(matrix.max_iterations), number(matrix.min_iterations or 1)
    if least > most:
        raise InputError(
            f"{least:g} is more than maxIterations, {most:g}", path="matrix.minIterations", expected="less"
        )
    if eta <= 1 or math.log(most / least) / math.log(eta) > MAX_BRACKETS:
        raise InputError(
            f"eta {eta:g} gives more than {MAX_BRACKETS} rungs", path="matrix.eta", expected="a larger one"
        )
    rungs = whole_logarithm(most / least, eta)
    return [most * eta ** (step - rungs) for step in range(rungs + 1)]
