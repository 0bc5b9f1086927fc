"""The runs of a pipeline that go on in vain, by the policies of its early stopping (semantics 1.15)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from time import monotonic

from polyaxon_sdk.polyflow import V1CompiledOperation, V1MetricEarlyStopping
from polyaxon_sdk.polyflow.recognition import is_dag
from polyaxon_sdk.runner.pipelines.schedule import Ended
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.tuners.policies import Course, Judge

__all__ = ["Pruning"]

_LOOK = 1.0
"""Seconds between two looks at the metrics of the runs, at least."""

_SHARE = 20
"""A look at the metrics takes at most one part in so many of the time."""


class Pruning:
    """Looks at the metrics of a pipeline's runs now and then, where a rule with a policy wants it.

    Args:
        operation: the pipeline, compiled.
    """

    def __init__(self, operation: V1CompiledOperation) -> None:
        holder = operation.matrix
        if holder is None:
            rules = operation.run.early_stopping if is_dag(operation.run) else None
        else:
            rules = getattr(holder, "early_stopping", None)
        found = rules if isinstance(rules, list) else []
        self._judges = [
            Judge(rule)
            for rule in found
            if isinstance(rule, V1MetricEarlyStopping) and rule.policy is not None
        ]
        self._ended: dict[str, dict[str, Course]] = {}
        self._stopped: set[str] = set()
        self._next_look = 0.0

    def ended(self, ended: Ended, folder: RunFolder | None) -> None:
        """Keep how the metrics of a run went that is over: the others are compared with it."""
        if self._judges and folder is not None:
            self._ended[ended.key] = self._courses(folder, ended.status)

    def stops(self, running: Mapping[str, RunFolder]) -> dict[str, str]:
        """The runs that are to stop now, each with the reason.

        Args:
            running: where those lie that go on, by their keys.
        """
        if not self._judges or monotonic() < self._next_look:
            return {}
        started = monotonic()
        courses = {key: self._courses(folder, "running") for key, folder in running.items()} | self._ended
        found: dict[str, str] = {}
        for judge in self._judges:
            found |= judge.stops(
                {key: each[judge.metric] for key, each in courses.items() if judge.metric in each}
            )
        fresh = {key: why for key, why in found.items() if key not in self._stopped}
        self._stopped |= set(fresh)
        now = monotonic()
        self._next_look = now + max(_LOOK, _SHARE * (now - started))
        return fresh

    def _courses(self, folder: RunFolder, status: str) -> dict[str, Course]:
        """How each metric of a run went; nothing where it can't be read."""
        with suppress(OSError):
            series = read_series(folder)
            names = {judge.metric for judge in self._judges} & set(series)
            return {
                name: Course(
                    [
                        (at if point.step is None else point.step, point.value)
                        for at, point in enumerate(series[name])
                    ],
                    status,
                )
                for name in names
            }
        return {}
