"""What a search found: the best run, how much each param mattered, and its runs as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from polyaxon_sdk.polyflow import V1OptimizationMetric
from polyaxon_sdk.tuners.importance import importance_of
from polyaxon_sdk.tuners.trials import Trial

__all__ = ["Findings", "Row", "brief"]

_SHOWN = 10
"""How many runs the table shows a person; the file has all."""


class Row(NamedTuple):
    """One run of a search.

    Attributes:
        run: its uuid; empty where it never began.
        status: how it ended; empty where it did not.
        trial: its values and the metric.
        parent: the uuid of the run that it was promoted from; empty where there is none.
    """

    run: str
    status: str
    trial: Trial
    parent: str = ""


class Findings:
    """The runs of a search, once it is over.

    Args:
        metric: what tells which is best; None where the search has none.
        rows: in the order they were suggested.

    >>> metric = V1OptimizationMetric(name="loss", optimization="minimize")
    >>> rows = [Row(f"{at}f", "succeeded", Trial(values={"x": at}, result=at / 2)) for at in range(3)]
    >>> Findings(metric, rows).outputs
    {'best_run': '0f', 'best_loss': 0.0}
    """

    def __init__(self, metric: V1OptimizationMetric | None, rows: Sequence[Row]) -> None:
        self._metric = metric
        self._rows = rows
        self._importance = importance_of([row.trial for row in rows]) if metric is not None else {}

    @property
    def ranked(self) -> list[Row]:
        """The runs that have a result, the best first; none where there is no metric."""
        if self._metric is None:
            return []
        sign = -1.0 if self._metric.optimization == "maximize" else 1.0
        counting = [row for row in self._rows if row.trial.counts]
        return sorted(counting, key=lambda row: sign * (row.trial.result or 0.0))

    @property
    def outputs(self) -> dict[str, object]:
        """What the run of the search has to show."""
        ranked = self.ranked
        if self._metric is None or not ranked:
            return {}
        best: dict[str, object] = {
            "best_run": ranked[0].run,
            f"best_{self._metric.name}": ranked[0].trial.result,
        }
        return {**best, "importance": self._importance} if self._importance else best

    @property
    def document(self) -> dict[str, object]:
        """All of it, for programs."""
        metric = self._metric
        return {
            "metric": metric and {"name": metric.name, "optimization": metric.optimization or "minimize"},
            "best": ranked[0].run if (ranked := self.ranked) else None,
            "importance": self._importance,
            "trials": [
                {
                    "run": row.run or None,
                    "status": row.status or None,
                    "values": dict(row.trial.values),
                    "result": row.trial.result if row.trial.counts else None,
                    "parent": row.parent or None,
                }
                for row in self._rows
            ],
        }

    @property
    def lines(self) -> list[str]:
        """The best of it, for people."""
        ranked = self.ranked
        if self._metric is None or not ranked:
            return []
        names = list(dict.fromkeys(name for row in ranked for name in row.trial.values))
        head = [self._metric.name, *names, "run"]
        body = [
            [brief(row.trial.result), *(brief(row.trial.values.get(name)) for name in names), row.run[:12]]
            for row in ranked[:_SHOWN]
        ]
        said = ", ".join(f"{name} {share:.2g}" for name, share in self._importance.items())
        told = [f"importance, as a share of the variance: {said}"] if said else []
        return [*_aligned([head, *body]), *told]


def brief(value: object) -> str:
    """A value in a line.

    >>> brief(0.123456789), brief("adam")
    ('0.123457', 'adam')
    """
    return f"{value:.6g}" if isinstance(value, float) else "" if value is None else str(value)


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
