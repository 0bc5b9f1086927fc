"""What runs inside of a tuner's run: `python -m polyaxon_sdk.runner.tuner [FILE.py:NAME]`."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from random import Random

from polyaxon_sdk.exceptions import InputError, PolyaxonError
from polyaxon_sdk.polyaxonfile.former import renewed
from polyaxon_sdk.polyaxonfile.modules import load_object
from polyaxon_sdk.polyflow import V1Matrix, V1Operation, read
from polyaxon_sdk.polyflow.problems import SpecError
from polyaxon_sdk.runner.own_inputs import own_inputs
from polyaxon_sdk.tracking.hooks import ending_of
from polyaxon_sdk.tracking.start import init
from polyaxon_sdk.tuners.own import SearchSpace, Tried, suggestions_of
from polyaxon_sdk.tuners.suggesting import suggest
from polyaxon_sdk.tuners.trials import Trial

__all__ = ["main", "suggestions_by", "suggestions_for"]


def main(arguments: Sequence[str] = ()) -> int:
    """Make the suggestions that this process' run asks for, and log them as its outputs; the exit code.

    Args:
        arguments: `FILE.py:NAME` of a person's function; none for the searches of this package.
    """
    run = init()
    try:
        inputs = own_inputs("a tuner", expected="`polyaxon run --hub tpe-tuner -P matrix=...`")
        found = suggestions_by(arguments[0], inputs) if arguments else suggestions_for(inputs)
        run.log_outputs(suggestions=found)
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
    iteration, rung = _whole(inputs, "iteration"), _whole(inputs, "bracketIteration")
    return suggest(_matrix(inputs), _trials(inputs), iteration=iteration, rung=rung)


def suggestions_by(target: str, inputs: Mapping[str, object]) -> list[dict[str, object]]:
    """What a person's function suggests next.

    Args:
        target: `FILE.py:NAME`; the function takes the history, a list of `Tried`, and the `SearchSpace`.
        inputs: `matrix`; `runs` of the search so far; `iteration`.

    Raises:
        InputError: there is no such function, or it gives no suggestions.
        BaseException: whatever the file or the function raises.

    >>> suggestions_by("search.py:suggest", {"matrix": matrix, "runs": []})  # doctest: +SKIP
    [{'rate': 0.1}]
    """
    matrix, function = _matrix(inputs), load_object(target)
    if not callable(function):
        raise InputError("no function", where=target, expected="suggest(history, space)")
    params, seed = getattr(matrix, "params", None), getattr(matrix, "seed", None)
    drawn = None if seed is None else f"{seed}:{_whole(inputs, 'iteration')}"
    source = Random(drawn)  # noqa: S311  # a search, not a secret
    space = SearchSpace(params if isinstance(params, dict) else {}, source)
    history = [Tried(**each) for each in _list(inputs, "runs") if isinstance(each, dict)]
    return suggestions_of(function, history, space)


def _matrix(inputs: Mapping[str, object]) -> V1Matrix:
    try:
        data, _ = renewed({"matrix": inputs.get("matrix")})
        matrix = read(V1Operation, data).matrix
    except SpecError as error:
        raise InputError(str(error), where="input matrix") from error
    if matrix is None:
        raise InputError("missing", path="matrix", expected="a search")
    return matrix


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
    sys.exit(main(sys.argv[1:]))
