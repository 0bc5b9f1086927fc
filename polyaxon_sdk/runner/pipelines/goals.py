"""Whether a run of a pipeline that goes on has come to what ends the pipeline (semantics 1.15)."""

from __future__ import annotations

from collections.abc import Iterable

from polyaxon_sdk.polyflow import V1CompiledOperation
from polyaxon_sdk.runner.pipelines.early_stopping import goals_of, reached, rules_of
from polyaxon_sdk.runner.pipelines.pace import Pace
from polyaxon_sdk.runner.pipelines.schedule import Verdict
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.series import with_last_values
from polyaxon_sdk.runs.state import read_run

__all__ = ["Goals"]


class Goals:
    """Looks at the outputs of a pipeline's runs now and then, where a rule ends it by a metric of any of them.

    Args:
        operation: the pipeline, compiled.
    """

    def __init__(self, operation: V1CompiledOperation) -> None:
        self._goals = goals_of(rules_of(operation))
        self._pace = Pace()

    @property
    def are_any(self) -> bool:
        """Whether there is such a rule."""
        return bool(self._goals)

    def reached(self, running: Iterable[RunFolder]) -> Verdict | None:
        """How the pipeline ends by what its runs logged so far; None where it goes on.

        Args:
            running: where those lie that go on.
        """
        if not self._goals or not self._pace.is_due:
            return None
        with self._pace.look():
            each = (reached(self._goals, _outputs(folder)) for folder in running)
            return next((verdict for verdict in each if verdict is not None), None)


def _outputs(folder: RunFolder) -> dict[str, object]:
    try:
        return dict(with_last_values(folder, read_run(folder)).outputs)
    except OSError:  # it has just begun, or can't be read: how it ends is told either way
        return {}
