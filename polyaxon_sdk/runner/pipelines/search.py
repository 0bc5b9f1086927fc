"""The runs of a search: the suggestions of its tuner, iteration by iteration."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import TypeVar

from attrs import evolve

from polyaxon_sdk.compiler.checking import with_params
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Component, V1Hyperband, V1Matrix, V1Operation
from polyaxon_sdk.polyflow.templates import verbatim
from polyaxon_sdk.runner.draft import Draft
from polyaxon_sdk.runner.pipelines.early_stopping import stops_early
from polyaxon_sdk.runner.pipelines.schedule import Ended, Next, Verdict
from polyaxon_sdk.tuners.suggesting import suggest
from polyaxon_sdk.tuners.trials import Trial

__all__ = ["SearchSchedule", "without_matrix"]

T = TypeVar("T", V1Component, V1Operation)
Suggested = Mapping[str, dict[str, object]]


class SearchSchedule:
    """What of a search starts when (semantics 1.15).

    An iteration begins when the one before it has ended, so that a search that learns knows its results.

    Args:
        drafted: the search, compiled for its own run.
        known: what was suggested before, by the keys of the runs; it is suggested again.
        remember: is told what is suggested, before anything of it starts.

    Raises:
        InputError: nothing tells what it was compiled from.
    """

    def __init__(self, drafted: Draft, *, known: Suggested, remember: Callable[[Suggested], None]) -> None:
        if drafted.operation.matrix is None or drafted.source is None:
            raise InputError("no search to carry out", path="matrix")
        self._matrix: V1Matrix = drafted.operation.matrix
        self._operation = without_matrix(drafted.source)
        self._outputs = [io.name for io in drafted.operation.outputs or []]
        self._known = known
        self._remember = remember
        self._waiting: deque[tuple[str, dict[str, object]]] = deque()
        self._values: dict[str, dict[str, object]] = {}
        self._running: set[str] = set()
        self._ended: list[Ended] = []
        self._last: list[str] = []
        self._iteration, self._rung = 0, 0
        self._is_done = False

    @property
    def width(self) -> int | None:
        """How many runs at once."""
        width = self._matrix.concurrency
        return int(width) if isinstance(width, int) else None

    @property
    def is_over(self) -> bool:
        """Whether the last iteration has ended."""
        return self._is_done and not self._waiting and not self._running

    def next(self, room: int) -> list[Next]:
        """The next suggestions."""
        while not self._is_done and not self._waiting and not self._running:
            self._iterate()
        found: list[Next] = []
        while room > len(found) and self._waiting:
            key, values = self._waiting.popleft()
            self._running.add(key)
            given = {name: verbatim(value) for name, value in values.items()}
            found.append(Next(key, with_params(self._operation, given)))
        return found

    def ended(self, ended: Ended) -> Verdict | None:
        """Take in how a run ended."""
        self._running.discard(ended.key)
        self._ended.append(ended)
        return stops_early(self._matrix.early_stopping, self._ended, total=len(self._values))

    def described(self, ended: Ended) -> str:
        """The values that a run was given, and the metric, or else the outputs, that came of them."""
        metric = getattr(self._matrix, "metric", None)
        wanted = [metric.name] if metric is not None else self._outputs
        outputs = ended.state.outputs if ended.state is not None else {}
        found = {name: outputs[name] for name in wanted if outputs.get(name) is not None}
        return "  ".join(
            f"{name} {_brief(value)}" for name, value in {**self._values[ended.key], **found}.items()
        )

    def outputs(self) -> dict[str, object]:
        """Nothing: each of its runs has its own."""
        return {}

    def verdict(self) -> Verdict:
        """How the search ends: failed where all of its runs did."""
        if not self._ended:
            return Verdict("failed", "NoSuggestions", "the search suggests no run")
        failed = sum(each.status == "failed" for each in self._ended)
        told = f"{failed} of {len(self._ended)} runs failed" if failed else ""
        if failed == len(self._ended):
            return Verdict("failed", "Runner", told)
        return Verdict("succeeded", "Runner", "; ".join(part for part in (told, self._found()) if part))

    @property
    def best(self) -> Ended | None:
        """The run with the best metric, where the search names one."""
        metric = getattr(self._matrix, "metric", None)
        if metric is None:
            return None
        sign = -1.0 if metric.optimization == "maximize" else 1.0
        known = [(result, each) for each in self._ended if (result := self._result(each)) is not None]
        return min(known, key=lambda pair: sign * pair[0])[1] if known else None

    def _found(self) -> str:
        """What the search was for, and which run is best at it."""
        metric, best = getattr(self._matrix, "metric", None), self.best
        if metric is None:
            return ""
        if best is None or best.state is None:
            return f"no run has an output {metric.name!r}, so nothing tells which is best"
        result = f"{metric.name} {self._result(best):g} ({metric.optimization}d)"
        return f"best is {best.state.uuid[:12]} with {result}"

    def _iterate(self) -> None:
        """Ask for the suggestions of the next iteration; of hyperband the rungs of a bracket come first."""
        is_rung = isinstance(self._matrix, V1Hyperband) and self._rung > 0
        trials = self._trials_of_rung() if is_rung else [self._trial(each) for each in self._ended]
        values = suggest(self._matrix, trials, iteration=self._iteration, rung=self._rung)
        if values and isinstance(self._matrix, V1Hyperband):
            self._rung += 1
        elif is_rung:
            self._iteration, self._rung = self._iteration + 1, 0
        elif values:
            self._iteration += 1
        else:
            self._is_done = True
        begun = len(self._values)
        fresh = {f"{begun + at}": each for at, each in enumerate(values)}
        named = {key: self._known.get(key, each) for key, each in fresh.items()}
        if new := {key: each for key, each in named.items() if key not in self._known}:
            self._remember(new)
        self._values |= named
        self._waiting.extend(named.items())
        self._last = list(named)

    def _trials_of_rung(self) -> list[Trial]:
        return [self._trial(each) for each in self._ended if each.key in self._last]

    def _trial(self, ended: Ended) -> Trial:
        return Trial(values=self._values[ended.key], result=self._result(ended))

    def _result(self, ended: Ended) -> float | None:
        """The metric of a run that succeeded."""
        metric = getattr(self._matrix, "metric", None)
        if metric is None or ended.state is None or ended.status != "succeeded":
            return None
        found = ended.state.outputs.get(metric.name)
        return float(found) if isinstance(found, int | float) else None


def without_matrix(layer: T) -> T:
    """What each run of a search is: the same without the search, and without what decides on the search as a whole."""
    inner = layer.component
    under = None if inner is None else without_matrix(inner)
    return evolve(layer, matrix=None, conditions=None, is_approved=None, hooks=None, component=under)


def _brief(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
