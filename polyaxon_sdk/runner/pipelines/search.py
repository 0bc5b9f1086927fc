"""The runs of a search: the suggestions of its tuner, as many at a time as there is room for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TypeVar

from attrs import evolve

from polyaxon_sdk.compiler.checking import with_params
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Component, V1Matrix, V1Operation, V1OptimizationMetric
from polyaxon_sdk.polyflow.templates import verbatim
from polyaxon_sdk.runner.draft import Draft
from polyaxon_sdk.runner.pipelines.answers import Answers
from polyaxon_sdk.runner.pipelines.early_stopping import stops_early
from polyaxon_sdk.runner.pipelines.findings import Findings, Row, brief
from polyaxon_sdk.runner.pipelines.schedule import Ended, Next, Verdict
from polyaxon_sdk.runner.pipelines.standing import Batch, Standing
from polyaxon_sdk.runner.pipelines.tuning import TunedSearch, has_tuner, tuner_of
from polyaxon_sdk.tuners.rounds import RoundsSearch
from polyaxon_sdk.tuners.search import Search, Suggestion
from polyaxon_sdk.tuners.starting import search_of
from polyaxon_sdk.tuners.trials import Trial

__all__ = ["SearchSchedule", "without_matrix"]

T = TypeVar("T", V1Component, V1Operation)


class SearchSchedule:
    """What of a search starts when (semantics 1.15).

    Args:
        drafted: the search, compiled for its own run.
        known: what was suggested before, and is suggested again.
        remember: is told what is suggested, before anything of it starts.
        tell: is told what a person should know.

    Raises:
        InputError: nothing tells what it was compiled from, or its tuner is none.
    """

    def __init__(
        self,
        drafted: Draft,
        *,
        known: Standing,
        remember: Callable[[Batch], None],
        tell: Callable[[str], None],
    ) -> None:
        if drafted.operation.matrix is None or drafted.source is None:
            raise InputError("no search to carry out", path="matrix")
        self._matrix: V1Matrix = drafted.operation.matrix
        self._metric: V1OptimizationMetric | None = getattr(self._matrix, "metric", None)
        self._operation = without_matrix(drafted.source)
        self._outputs = [io.name for io in drafted.operation.outputs or []]
        self._search: Search = (
            TunedSearch(
                self._matrix,
                tuner_of(self._matrix, drafted.settings),
                told=self._told,
                answers=Answers(drafted.operation, self._operation, tell),
            )
            if has_tuner(self._matrix)
            else search_of(self._matrix)
        )
        self._known = deque(known.batches)
        self._outside = known.outside
        self._count = known.ever
        self._remember = remember
        self._waiting: deque[str] = deque()
        self._suggested: dict[str, Suggestion] = {}
        self._running: set[str] = set()
        self._ended: dict[str, Ended] = {}
        self._is_done = False
        self._has_won = False
        self._cut_short: set[str] = set()

    @property
    def width(self) -> int | None:
        """How many runs at once."""
        width = self._matrix.concurrency
        return int(width) if isinstance(width, int) else None

    @property
    def is_over(self) -> bool:
        """Whether the last run has ended, and no more is suggested."""
        return self._is_done and not self._waiting and not self._running

    def widen(self, width: int | None) -> None:
        """Take in how many runs at once a person wishes."""
        if isinstance(self._search, RoundsSearch):
            self._search.width = width or 0

    def next(self, room: int) -> list[Next]:
        """The next suggestions, or the run that makes them."""
        if room <= 0:
            return []
        if not self._waiting and not self._search.is_waiting:
            self._suggest(room)
        if not self._waiting and isinstance(self._search, TunedSearch):
            asking = self._search.asking()
            self._running |= {asking.key} if asking else set()
            return [asking] if asking else self._none()
        found = [self._begun(self._waiting.popleft()) for _ in range(min(room, len(self._waiting)))]
        return found or self._none()

    def ended(self, ended: Ended) -> Verdict | None:
        """Take in how a run ended."""
        self._running.discard(ended.key)
        if isinstance(self._search, TunedSearch):
            try:
                if self._search.answered(ended):
                    return None
            except InputError as error:
                return Verdict("failed", "Suggestions", str(error))
        self._ended[ended.key] = ended
        if self._has_won and ended.status == "stopped":
            self._cut_short.add(ended.key)
        self._search.tell(ended.key, None if ended.key in self._outside else self._result(ended))
        if not self._matrix.early_stopping:
            return None
        return stops_early(
            self._matrix.early_stopping, list(self._ended.values()), total=len(self._suggested)
        )

    def stops(self, verdict: Verdict) -> None:
        """Take in that it ends now: where it has come to its goal, what the runs that go on have logged counts."""
        self._has_won = verdict.status == "succeeded"

    def described(self, ended: Ended) -> str:
        """The values that a run was given, and the metric, or else the outputs, that came of them."""
        if ended.key not in self._suggested:
            return ""
        wanted = [self._metric.name] if self._metric is not None else self._outputs
        outputs = ended.state.outputs if ended.state is not None else {}
        found = {name: outputs[name] for name in wanted if outputs.get(name) is not None}
        values = {**self._suggested[ended.key].values, **found}
        return "  ".join(f"{name} {brief(value)}" for name, value in values.items())

    def outputs(self) -> dict[str, object]:
        """The best run and its metric, where the search names one."""
        return self.findings().outputs

    def findings(self) -> Findings:
        """What it found so far."""
        return Findings(self._metric, [self._row(key) for key in self._suggested])

    def verdict(self) -> Verdict:
        """How the search ends: failed where all of its runs did."""
        if not self._ended:
            return Verdict("failed", "NoSuggestions", "the search suggests no run")
        failed = sum(each.status == "failed" for each in self._ended.values())
        told = f"{failed} of {len(self._ended)} runs failed" if failed else ""
        if failed == len(self._ended):
            return Verdict("failed", "Runner", told)
        return Verdict("succeeded", "Runner", "; ".join(part for part in (told, self._found()) if part))

    def _found(self) -> str:
        """What the search was for, and which run is best at it."""
        if self._metric is None:
            return ""
        ranked = self.findings().ranked
        if not ranked:
            has_any = any(self._result(each) is not None for each in self._ended.values())
            none = "no run has a finite" if has_any else "no run has an output"
            return f"{none} {self._metric.name!r}, so nothing tells which is best"
        best, how = ranked[0], self._metric.optimization or "minimize"
        return f"best is {best.run[:12]} with {self._metric.name} {best.trial.result:g} ({how}d)"

    def _suggest(self, room: int) -> None:
        """Take what was suggested before, batch by batch; then ask."""
        if self._known:
            batch = self._known.popleft()
        else:
            asked = self._search.ask(room)
            batch = {f"{self._count + at}": each for at, each in enumerate(asked)}
            self._count += len(batch)
            if batch:
                self._remember(batch)
        if batch:
            self._search.begin(batch)
            self._suggested.update(batch)
            self._waiting.extend(batch)

    def _none(self) -> list[Next]:
        """Nothing to start: where nothing goes on either, that was all."""
        self._is_done = not self._running and not self._known
        return []

    def _begun(self, key: str) -> Next:
        self._running.add(key)
        suggestion = self._suggested[key]
        given = {name: verbatim(value) for name, value in suggestion.values.items()}
        goes_on = suggestion.parent is not None and getattr(self._matrix, "resume", None) is True
        after = self._uuid(str(suggestion.parent)) if goes_on else ""
        return Next(key, with_params(self._operation, given), after=after)

    def _row(self, key: str) -> Row:
        ended, suggestion = self._ended.get(key), self._suggested[key]
        trial = Trial(values=suggestion.values, result=None if ended is None else self._result(ended))
        parent = "" if suggestion.parent is None else self._uuid(suggestion.parent)
        return Row(self._uuid(key), ended.status if ended is not None else "", trial, parent)

    def _uuid(self, key: str) -> str:
        state = self._ended[key].state if key in self._ended else None
        return state.uuid if state is not None else ""

    def _told(self, key: str) -> dict[str, object]:
        """A run, as tuners get it."""
        ended = self._ended[key]
        outputs = ended.state.outputs if ended.state is not None else {}
        values, result = self._suggested[key].values, self._result(ended)
        return {
            "uuid": self._uuid(key),
            "status": ended.status,
            "values": dict(values),
            "outputs": {name: value for name, value in outputs.items() if value is not None},
            "result": result,
        }

    def _result(self, ended: Ended) -> float | None:
        """The metric of a run that succeeded, or was stopped as the search had come to its goal."""
        counts = ended.status == "succeeded" or ended.key in self._cut_short
        if self._metric is None or ended.state is None or not counts:
            return None
        found = ended.state.outputs.get(self._metric.name)
        return float(found) if isinstance(found, int | float) else None


def without_matrix(layer: T) -> T:
    """What each run of a search is: the same without the search, and without what decides on the search as a whole."""
    inner = layer.component
    under = None if inner is None else without_matrix(inner)
    return evolve(layer, matrix=None, conditions=None, is_approved=None, hooks=None, component=under)
