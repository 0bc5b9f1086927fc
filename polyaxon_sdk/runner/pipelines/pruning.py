"""The runs of a pipeline that go on in vain, by the policies of its early stopping (semantics 1.15)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from polyaxon_sdk.polyflow import V1CompiledOperation, V1MetricEarlyStopping
from polyaxon_sdk.runner.pipelines.early_stopping import rules_of
from polyaxon_sdk.runner.pipelines.pace import Pace
from polyaxon_sdk.runner.pipelines.schedule import Ended
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.tuners.policies import Course, Judge

__all__ = ["Pruning"]


class Pruning:
    """Looks at the metrics of a pipeline's runs now and then, where a rule with a policy wants it.

    Args:
        operation: the pipeline, compiled.
    """

    def __init__(self, operation: V1CompiledOperation) -> None:
        self._judges = [
            Judge(rule)
            for rule in rules_of(operation)
            if isinstance(rule, V1MetricEarlyStopping) and rule.policy is not None
        ]
        self._ended: dict[str, dict[str, Course]] = {}
        self._stopped: set[str] = set()
        self._pace = Pace()

    @property
    def has_rules(self) -> bool:
        """Whether there is such a rule."""
        return bool(self._judges)

    def ended(self, ended: Ended, folder: RunFolder | None) -> None:
        """Keep how the metrics of a run went that is over: the others are compared with it."""
        if self._judges and folder is not None:
            self._ended[ended.key] = self._courses(folder, ended.status)

    def stops(self, running: Mapping[str, RunFolder]) -> dict[str, str]:
        """The runs that are to stop now, each with the reason.

        Args:
            running: where those lie that go on, by their keys.
        """
        if not self._judges or not self._pace.is_due:
            return {}
        found: dict[str, str] = {}
        with self._pace.look():
            courses = {key: self._courses(folder, "running") for key, folder in running.items()} | self._ended
            for judge in self._judges:
                found |= judge.stops(
                    {key: each[judge.metric] for key, each in courses.items() if judge.metric in each}
                )
        fresh = {key: why for key, why in found.items() if key not in self._stopped}
        self._stopped |= set(fresh)
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
