"""What every search that learns from its runs keeps to."""

from __future__ import annotations

import math
import subprocess
import sys
from typing import Any

import pytest

from polyaxon_sdk.exceptions import MissingExtraError
from polyaxon_sdk.tuners.extras import requires
from polyaxon_sdk.tuners.suggesting import Tuner
from polyaxon_sdk.tuners.trials import Trial, key_of
from tests.tuners.spaces import PLANE, bayes, branin, told, tpe

EACH = pytest.mark.parametrize("search", [tpe, pytest.param(bayes, marks=pytest.mark.fit)])
MIXED: dict[str, Any] = {
    "rate": {"kind": "loguniform", "value": "-9:0"},
    "units": {"kind": "range", "value": "8:65:8"},
    "opt": {"kind": "choice", "value": ["adam", "sgd", {"name": "rms"}]},
    "act": {"kind": "pchoice", "value": [["relu", 0.1], ["tanh", 0.8]]},
    "drop": {"kind": "quniform", "value": "0:1:0.1"},
    "width": {"kind": "qlognormal", "value": "2:1:1"},
    "noise": {"kind": "normal", "value": "0:1"},
    "day": {"kind": "daterange", "value": ["2024-01-01", "2024-02-01", 1]},
    "one": {"kind": "choice", "value": ["only"]},
}
SMALL = {"a": {"kind": "choice", "value": [1, 2, 3]}, "b": {"kind": "choice", "value": ["x", "y", "z", "w"]}}


def loss(values: Any) -> float:
    return float(branin(values["x"], values["y"]))


def mixed(values: Any) -> float:
    rate: float = values["rate"]
    units: float = values["units"]
    return abs(math.log(rate) + 5) + units / 64 + bool(values["opt"] != "adam")


def after(tuner: Tuner, count: int, result: Any) -> Any:
    """The tuner after so many runs; what it suggests may be of any type."""
    told(tuner, count, result=result)
    return tuner


@EACH
def test_values_of_every_kind_are_suggested_and_taken_back(search: Any) -> None:
    [values] = after(search(MIXED), 13, mixed).ask(1)
    assert list(values) == list(MIXED)
    assert (values["opt"] in ["adam", "sgd", {"name": "rms"}], values["one"]) == (True, "only")
    assert math.exp(-9) <= values["rate"] <= 1


@EACH
def test_the_same_seed_and_trials_give_the_same_suggestions(search: Any) -> None:
    first, second = (after(search(PLANE, seed=0), 12, loss).ask(2) for _ in range(2))
    assert first == second


@EACH
def test_another_seed_gives_others(search: Any) -> None:
    assert search(PLANE, seed=1).ask(1) != search(PLANE, seed=2).ask(1)


@EACH
def test_a_small_space_is_used_up_without_repeating(search: Any) -> None:
    tuner = search(SMALL)
    seen: list[str] = []
    for number in range(4):
        found = tuner.ask(4)
        seen += map(key_of, found)
        tuner.tell(Trial(values=values, result=number) for values in found)
    assert (len(seen), len(set(seen)), tuner.ask(1)) == (12, 12, [])


@EACH
def test_several_at_once_are_not_the_same(search: Any) -> None:
    found = after(search(PLANE), 12, loss).ask(4)
    places = {(round(values["x"], 1), round(values["y"], 1)) for values in found}
    assert len(places) == 4


@EACH
@pytest.mark.parametrize("result", [None, math.nan, math.inf, -math.inf])
def test_a_run_that_failed_or_diverged_does_not_poison_the_search(search: Any, result: float | None) -> None:
    clean, poisoned = (after(search(PLANE, seed=3), 12, loss) for _ in range(2))
    poisoned.tell([Trial(values={"x": 3.0, "y": 2.0}, result=result)])
    clean.tell([Trial(values={"x": 3.0, "y": 2.0})])
    assert poisoned.ask(1) == clean.ask(1)


@EACH
def test_a_search_of_failures_goes_on(search: Any) -> None:
    assert len(after(search(PLANE), 15, lambda _: None).ask(2)) == 2


@EACH
def test_a_run_with_values_of_another_space_is_left_out(search: Any) -> None:
    tuner = search(SMALL)
    tuner.tell([Trial(values={"a": 9, "b": "x"}, result=-99.0), Trial(values={"a": 1}, result=-99.0)])
    assert len(tuner.ask(12)) == 12


@EACH
def test_a_metric_may_be_maximized(search: Any) -> None:
    metric = {"name": "score", "optimization": "maximize"}
    line = {"x": {"kind": "uniform", "value": "0:1"}}
    tuner = after(search(line, metric=metric), 25, lambda values: -((values["x"] - 0.8) ** 2))
    assert tuner.ask(1)[0]["x"] == pytest.approx(0.8, abs=0.15)


@pytest.mark.fit
@pytest.mark.parametrize(
    "utility",
    [
        {"acquisitionFunction": "ucb", "kappa": 1.2},
        {"acquisitionFunction": "ei", "eps": 0.0},
        {"acquisitionFunction": "poi", "eps": 0.01},
        {"gaussianProcess": {"kernel": "rbf", "lengthScale": 0.3, "numRestartsOptimizer": 0}},
        {"gaussianProcess": {"kernel": "matern", "lengthScale": 1.0, "nu": 1.9}},
    ],
)
def test_every_utility_finds_a_valley(utility: dict[str, Any]) -> None:
    line = {"x": {"kind": "uniform", "value": "0:1"}}
    tried = told(bayes(line, seed=5, **utility), 20, result=lambda values: (values["x"] - 0.3) ** 2)
    assert min(abs(values["x"] - 0.3) for values in tried[10:]) < 0.01


@pytest.mark.fit
@pytest.mark.parametrize("kind", ["ucb", "ei", "poi"])
def test_of_few_values_that_are_left_bayes_takes_the_most_promising(kind: str) -> None:
    tuner = bayes({"x": {"kind": "range", "value": "0:60:1"}}, seed=4, acquisitionFunction=kind)
    tried = [x for x in range(60) if x not in {5, 29, 50}]
    tuner.tell(Trial(values={"x": x}, result=abs(x - 30.0)) for x in tried)
    assert tuner.ask(1) == [{"x": 29}]


def test_a_missing_library_is_told_with_the_line_that_installs_it() -> None:
    line = r"no_such_library is not installed: pip install 'polyaxon-sdk\[search\]'"
    with pytest.raises(MissingExtraError, match=line), requires("no_such_library"):
        __import__("no_such_library")


def test_what_a_library_lacks_itself_is_no_missing_extra() -> None:
    with pytest.raises(ModuleNotFoundError, match="no_such_library") as told_, requires("optuna"):
        __import__("no_such_library")
    assert not isinstance(told_.value, MissingExtraError)


def test_the_libraries_are_loaded_by_those_who_search() -> None:
    code = "import sys, polyaxon_sdk.tuners.suggesting; sys.exit('optuna' in sys.modules or 'bayes_opt' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
