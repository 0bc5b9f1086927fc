"""What runs inside of a tuner's run: `python -m polyaxon_sdk.runner.tuner`."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping

from polyaxon_sdk.exceptions import InputError, PolyaxonError
from polyaxon_sdk.polyaxonfile.former import renewed
from polyaxon_sdk.polyflow import V1Operation, read
from polyaxon_sdk.polyflow.problems import SpecError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import load
from polyaxon_sdk.tracking.hooks import ending_of
from polyaxon_sdk.tracking.start import init
from polyaxon_sdk.tuners.suggesting import suggest
from polyaxon_sdk.tuners.trials import Trial

__all__ = ["main", "suggestions_for"]


def main() -> int:
    """Make the suggestions that this process' run asks for, and log them as its outputs; the exit code."""
    run = init()
    try:
        run.log_outputs(suggestions=suggestions_for(_inputs()))
    except PolyaxonError as error:
        sys.stderr.write(f"Error: {error}\n")
        run.end_with(ending_of(error))
        return 1
    return 0


def suggestions_for(inputs: Mapping[str, object]) -> list[dict[str, object]]:
    """The inputs of the runs that a search starts next (semantics 1.15).

    Args:
        inputs: `matrix`; `configs` and `metrics` of the runs so far, in one order; `iteration`; for hyperband
            `bracketIteration`.

    Raises:
        InputError: the matrix is wrong, or there are not as many configs as metrics.
        MissingExtraError: the library of the search is not installed.

    >>> grid = {"kind": "grid", "params": {"rate": {"kind": "choice", "value": [0.1, 0.2]}}}
    >>> suggestions_for({"matrix": grid, "iteration": 0})
    [{'rate': 0.1}, {'rate': 0.2}]
    """
    try:
        data, _ = renewed({"matrix": inputs.get("matrix")})
        matrix = read(V1Operation, data).matrix
    except SpecError as error:
        raise InputError(str(error), where="input matrix") from error
    if matrix is None:
        raise InputError("missing", path="matrix", expected="a search")
    iteration, rung = _whole(inputs, "iteration"), _whole(inputs, "bracketIteration")
    return suggest(matrix, _trials(inputs), iteration=iteration, rung=rung)


def _inputs() -> dict[str, object]:
    """The values of the run's inputs by name, from its compiled operation."""
    settings = load()
    if settings.run_uuid is None:
        raise InputError(
            "a tuner works inside of a run", expected="`polyaxon run --hub tpe-tuner -P matrix=...`"
        )
    file = RunFolder(settings.runs / settings.run_uuid).operation
    try:
        operation = json.loads(file.read_text(encoding="utf-8"))
        return {io["name"]: io.get("value") for io in operation.get("inputs") or []}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"can't be read as an operation: {error}", where=str(file)) from error


def _trials(inputs: Mapping[str, object]) -> list[Trial]:
    configs, metrics = (_list(inputs, name) for name in ("configs", "metrics"))
    if len(configs) != len(metrics):
        told = f"{len(configs)} configs and {len(metrics)} metrics"
        raise InputError(told, path="metrics", expected="one for each config, null where it failed")
    return [
        Trial(values=config, result=_result(metric))
        for config, metric in zip(configs, metrics, strict=True)
        if isinstance(config, dict)
    ]


def _list(inputs: Mapping[str, object], name: str) -> list[object]:
    found = inputs.get(name)
    return found if isinstance(found, list) else []


def _result(metric: object) -> float | None:
    """The metric as a number; none where it is no finite one, as of a run that failed or diverged."""
    try:
        number = float(metric) if isinstance(metric, (int, float, str)) else math.nan
    except ValueError:
        number = math.nan
    return number if math.isfinite(number) else None


def _whole(inputs: Mapping[str, object], name: str) -> int:
    found = inputs.get(name)
    return found if isinstance(found, int) else 0


if __name__ == "__main__":
    sys.exit(main())
