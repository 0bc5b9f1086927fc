"""From the words of `sweep` to the matrix of a search."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from attrs import evolve

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.search.direction import Direction, direction_of
from polyaxon_sdk.authoring.search.offered import distribution_of, space_of
from polyaxon_sdk.authoring.signature import read_signature
from polyaxon_sdk.authoring.vocabulary.spaces import Choice, Log, Range, Space, Uniform
from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.polyflow import (
    V1TPE,
    SpecError,
    V1Bayes,
    V1GridSearch,
    V1HpPChoice,
    V1Operation,
    V1OptimizationMetric,
    V1RandomSearch,
    read,
)
from polyaxon_sdk.polyflow.values import parse
from polyaxon_sdk.tuners.spaces import is_discrete

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.annotations import Meaning
    from polyaxon_sdk.authoring.decorators.runnable import Runnable
    from polyaxon_sdk.polyflow import HyperParam, V1Matrix

__all__ = ["Wanted", "matrix_of", "read_hparams", "spaced", "spaces_in", "sweep_of"]

_KINDS = ("grid", "random", "tpe", "bayes")

_NUMBERS = frozenset({"int", "float"})
_DEFAULT_RUNS = 10
_FIRST_RUNS = 5
"""Of a Bayesian search, how many runs are drawn at random."""

_RANGE = re.compile(
    r"(?P<low>[^.:]+(?:\.\d+)?(?:e[-+]?\d+)?)\.\.(?P<high>[^:]+?)(?::(?P<how>[^:]+))?", re.IGNORECASE
)


class Wanted(NamedTuple):
    """What is said of a search beside its values."""

    matrix: object = None
    metric: str | None = None
    num_runs: int | None = None
    concurrency: int | None = None
    seed: int | None = None


def sweep_of(
    runnable: Runnable[..., object], wanted: Wanted, space: Mapping[str, object]
) -> tuple[V1Matrix, dict[str, object]]:
    """The matrix of a search, and the arguments that all of its runs have.

    Args:
        space: values of inputs; those that are no space are arguments. Where none is a space, what the annotations
            offer is searched.

    Raises:
        InputError: nothing to search, an unknown input, or values that are none; the line is named.
    """
    inputs = {each.name: each.meaning for each in read_signature(runnable.function).inputs}
    for name in space:
        if name not in inputs:
            raise InputError(f"no input {name!r}", where=caller(), hint=did_you_mean(name, inputs))
    pairs = {name: _spaced(name, value, inputs[name]) for name, value in space.items()}
    found = {name: each for name, each in pairs.items() if each is not None}
    given = {name: value for name, value in space.items() if name not in found}
    if not isinstance(wanted.matrix, str) and wanted.matrix is not None:
        if found:
            raise InputError("values to search beside a matrix", where=caller(), expected="one of the two")
        return cast("V1Matrix", wanted.matrix), given
    taken = {*space, *runnable.given}
    wide = found or {name: each for name, each in space_of(runnable.function).items() if name not in taken}
    params = {name: wide[name] for name in inputs if name in wide}
    if not params:
        raise InputError(
            f"{runnable.__name__} has nothing to search", where=caller(), expected="such as lr=[0.1, 0.01]"
        )
    outputs = [each.name for each in runnable.to_component().outputs or []]
    return matrix_of(wanted, params, outputs), given


def _spaced(name: str, value: object, meaning: Meaning) -> HyperParam | None:
    """As `spaced`; mistakes are told with the line of the search and the input."""
    try:
        return spaced(value, meaning)
    except InputError as error:
        error.where, error.path = caller(), name
        raise


def spaced(value: object, meaning: Meaning) -> HyperParam | None:
    """The values that a list, a text such as `1e-4..1e-1:log` or a distribution stands for; None for a single value.

    Raises:
        InputError: a range that is none, or values that the input doesn't take.

    >>> from polyaxon_sdk.authoring.annotations import meaning_of
    >>> spaced("1..3", meaning_of(int)).kind, spaced("adam", meaning_of(str))
    ('range', None)
    """
    if hasattr(value, "__attrs_attrs__") and type(value).__name__.startswith("V1Hp"):
        return cast("HyperParam", value)
    if isinstance(value, Space):
        return distribution_of(value, meaning)
    if isinstance(value, list | tuple | set | range) and not meaning.is_list:
        return distribution_of(Choice(*value), meaning)
    if isinstance(value, list) and value and all(isinstance(each, list) for each in value):
        return distribution_of(Choice(*value), meaning)
    if isinstance(value, str) and meaning.type in _NUMBERS and (found := _RANGE.fullmatch(value)):
        return distribution_of(_range(value, found, whole=meaning.type == "int"), meaning)
    return None


def spaces_in(texts: Mapping[str, object], inputs: Mapping[str, Meaning]) -> dict[str, object]:
    """Which words of a command line are values to search: `1e-4..1e-1:log`, `0.1,0.2`, `adam,sgd` of known options.

    A comma in any other text is part of it.

    Raises:
        InputError: one of several values that the input doesn't take, with the option.

    >>> from polyaxon_sdk.authoring.annotations import meaning_of
    >>> spaces_in({"rate": "0.1,0.2", "note": "a,b"}, {"rate": meaning_of(float), "note": meaning_of(str)})
    {'rate': [0.1, 0.2]}
    """
    found: dict[str, object] = {}
    for name, text in texts.items():
        meaning = inputs.get(name)
        if not isinstance(text, str) or meaning is None or meaning.is_list:
            continue
        if meaning.type in _NUMBERS and _RANGE.fullmatch(text):
            found[name] = text
        elif "," in text and (meaning.options or meaning.type in {*_NUMBERS, "bool"}):
            try:
                found[name] = [meaning.build(parse(meaning.type, part.strip())) for part in text.split(",")]
            except InputError as error:
                error.where = f"--{name.replace('_', '-')}"
                raise
    return found


def _range(text: str, found: re.Match[str], *, whole: bool) -> Space:
    how = found["how"] and found["how"].lower()
    try:
        low, high = float(found["low"]), float(found["high"])
        step = float(how) if how not in {None, "log"} else 1.0 if whole else None
    except ValueError as error:
        expected = "LOW..HIGH, LOW..HIGH:log or LOW..HIGH:STEP"
        raise InputError(f"{text!r} is no range", where=caller(), expected=expected) from error
    if how == "log":
        return Log(low, high)
    if step is None:
        return Uniform(low, high)
    start, stop = (int(low), int(high)) if whole else (low, high)
    return Range(start, stop + step / 2, int(step) if whole else step)


def read_hparams(words: Iterable[str]) -> dict[str, HyperParam]:
    """The values that `NAME=KIND:VALUE` words give.

    Raises:
        InputError: a word of another form, or values that are none.

    >>> read_hparams(["lr=linspace:0.001:0.1:5"])["lr"].value.num
    5
    """
    import yaml  # third-party, for those who write values on a command line

    found: dict[str, object] = {}
    for word in words:
        name, equals, space = word.partition("=")
        kind, colon, text = space.partition(":")
        if not equals or not colon:
            raise InputError(f"{word!r} gives no values", where="-HP", expected="NAME=KIND:VALUE")
        found[name.strip()] = {"kind": kind, "value": yaml.safe_load(text) if text.startswith("[") else text}
    try:
        matrix = read(V1Operation, {"matrix": {"kind": "grid", "params": found}}).matrix
    except SpecError as error:
        raise SpecError(evolve(each, where="-HP", path=each.path[2:]) for each in error.problems) from error
    return cast("dict[str, HyperParam]", matrix.params if isinstance(matrix, V1GridSearch) else {})


def matrix_of(wanted: Wanted, params: Mapping[str, HyperParam], outputs: Sequence[str]) -> V1Matrix:
    """The matrix that searches some values as it is wanted.

    Args:
        outputs: those of the component; the first is what a search is for that names none.

    Raises:
        InputError: there is no such search, or no output that it could be for.
    """
    kind = wanted.matrix or _kind(wanted, params)
    shared: dict[str, Any] = {"params": dict(params), "concurrency": wanted.concurrency}
    if kind == "grid":
        return V1GridSearch(**shared, num_runs=wanted.num_runs)
    runs = _DEFAULT_RUNS if wanted.num_runs is None else wanted.num_runs
    if runs < (least := 2 if kind == "bayes" else 1):
        raise InputError(f"{runs} runs are no search", where=caller(), expected=f"{least} at least")
    if kind == "random":
        return V1RandomSearch(**shared, num_runs=runs, seed=wanted.seed)
    if kind not in _KINDS:
        hint = did_you_mean(str(kind), _KINDS)
        raise InputError(
            f"no search {kind!r}", where=caller(), expected=f"{', '.join(_KINDS)} or a matrix", hint=hint
        )
    metric = _metric(outputs, wanted.metric)
    if kind == "bayes":
        first = min(_FIRST_RUNS, runs - 1)
        return V1Bayes(
            **shared,
            metric=metric,
            num_initial_runs=first,
            max_iterations=runs - first,
            seed=wanted.seed,
        )
    at_once = _at_once(runs, wanted.concurrency or 1)
    return V1TPE(**shared, metric=metric, num_runs=at_once, max_iterations=runs // at_once, seed=wanted.seed)


def _at_once(runs: int, most: int) -> int:
    """How many runs a round has, at least half of the most, so that the rounds come closest to all runs from below."""
    most = min(most, runs)
    return max(range((most + 1) // 2, most + 1), key=lambda size: (size * (runs // size), size))


def _kind(wanted: Wanted, params: Mapping[str, HyperParam]) -> str:
    if wanted.metric is not None:
        return "tpe"
    few = all(is_discrete(each) and not isinstance(each, V1HpPChoice) for each in params.values())
    return "grid" if wanted.num_runs is None and few else "random"


def _metric(outputs: Sequence[str], name: str | None) -> V1OptimizationMetric:
    """The output that counts: the one that is named, or the first."""
    if name is None and not outputs:
        raise InputError("no output to search for", where=caller(), expected="a metric")
    sign, bare = (name[0], name[1:]) if name and name[0] in "+-" else ("", name or outputs[0])
    signs: dict[str, Direction] = {"+": "maximize", "-": "minimize"}
    return V1OptimizationMetric(name=bare, optimization=signs.get(sign) or direction_of(bare))
