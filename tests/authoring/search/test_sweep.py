from collections.abc import Sequence
from typing import Annotated, Literal

import pytest

from polyaxon_sdk import Choice, InputError, Log, Uniform, component
from polyaxon_sdk.authoring.search.direction import direction_of
from polyaxon_sdk.polyflow import V1TPE, V1HpPChoice, V1HpUniform, V1Mapping, V1RandomSearch, write
from tests.authoring.pipelines.steps import train


@component
def tuned(rate: Annotated[float, Log(1e-4, 1e-1)], opt: Literal["adam", "sgd"], epochs: int = 1) -> float:
    return rate


@component
def fixed(name: str) -> None:
    pass


def matrix(**words: object) -> dict[str, object]:
    """The matrix of a sweep of `train`."""
    return write(train.sweep(data="d", epochs=1, **words).to_operation().matrix)  # type: ignore[arg-type]  # under test


def test_values_make_a_grid() -> None:
    assert matrix(rate=[0.1, 0.2]) == {
        "kind": "grid",
        "params": {"rate": {"kind": "choice", "value": [0.1, 0.2]}},
    }


def test_single_values_are_arguments_of_every_run() -> None:
    params = train.sweep(data="d", epochs=2, rate=[0.1]).to_operation().params or {}
    assert {name: param.value for name, param in params.items()} == {"data": "d", "epochs": 2}


@pytest.mark.parametrize(
    ("space", "kind"),
    [
        ("0.1..0.5", "uniform"),
        ("1e-4..1e-1:log", "loguniform"),
        ("1e-4..1e-1:LOG", "loguniform"),
        ("0.1..0.5:0.2", "range"),
        (range(1, 3), "choice"),
        (Uniform(0, 1), "uniform"),
        (V1HpUniform(value="0:1"), "uniform"),
    ],
)
def test_a_space_may_be_text_or_a_distribution(space: object, kind: str) -> None:
    params = matrix(rate=space, num_runs=3)["params"]
    assert params["rate"]["kind"] == kind  # type: ignore[index]  # of a document


def test_a_range_of_whole_numbers_has_both_ends() -> None:
    swept = train.sweep(data="d", epochs="1..3").to_operation().matrix
    assert write(swept)["params"] == {
        "epochs": {"kind": "range", "value": {"start": 1, "stop": 3.5, "step": 1}}
    }


def test_distributions_are_drawn_from_at_random() -> None:
    found = matrix(rate="0.1..0.5", num_runs=7, seed=3, concurrency=2)
    assert (found["kind"], found["numRuns"], found["seed"], found["concurrency"]) == ("random", 7, 3, 2)


def test_a_metric_makes_a_search_that_learns() -> None:
    found = matrix(rate="0.1..0.5", metric="accuracy", num_runs=20, concurrency=4)
    assert (found["kind"], found["numRuns"], found["maxIterations"]) == ("tpe", 4, 5)
    assert found["metric"] == {"name": "accuracy", "optimization": "maximize"}


@pytest.mark.parametrize("kind", ["grid", "random"])
def test_a_search_that_does_not_learn_tells_its_best_run_by_a_metric(kind: str) -> None:
    found = matrix(rate=[0.1, 0.2], matrix=kind, metric="-accuracy")
    assert (found["kind"], found["metric"]) == (kind, {"name": "accuracy", "optimization": "minimize"})


@pytest.mark.parametrize(
    ("metric", "optimization"), [("loss", "minimize"), ("+loss", "maximize"), ("-accuracy", "minimize")]
)
def test_a_sign_says_whether_more_is_better(metric: str, optimization: str) -> None:
    found = matrix(rate="0.1..0.5", metric=metric)["metric"]
    assert found == {"name": metric.lstrip("+-"), "optimization": optimization}


def test_bayes_draws_some_first() -> None:
    found = matrix(rate="0.1..0.5", matrix="bayes", num_runs=12)
    assert (found["numInitialRuns"], found["maxIterations"], found["metric"]) == (
        5,
        7,
        {"name": "loss", "optimization": "minimize"},
    )


def test_the_signature_offers_its_own_space() -> None:
    params = write(tuned.sweep(metric="result").to_operation().matrix)["params"]
    assert isinstance(params, dict)
    assert [(name, each["kind"]) for name, each in params.items()] == [
        ("rate", "loguniform"),
        ("opt", "choice"),
    ]


def test_a_matrix_is_taken_as_it_is() -> None:
    given = V1Mapping(values=[{"rate": 0.1}])
    assert train.sweep(matrix=given, data="d", epochs=1).to_operation().matrix == given


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"rat": [1]}, r"test_sweep.py:\d+: train: no input 'rat', did you mean 'rate'\?"),
        ({"rate": "a..b"}, r"test_sweep.py:\d+: rate: 'a..b' is no range, expected LOW..HIGH"),
        ({"rate": "0.5..0.1"}, r"test_sweep.py:\d+: rate: 0.1 is not above 0.5"),
        ({"rate": ["a"]}, r"test_sweep.py:\d+: rate: 'a' is of another type, expected float"),
        ({"rate": [1.0], "matrix": "gird"}, r"no search 'gird'.*did you mean 'grid'\?"),
        ({"rate": [1.0], "matrix": V1Mapping(values=[{}])}, "values to search beside a matrix"),
        (
            {"matrix": V1Mapping(values=[{}]), "metric": "-loss"},
            r"test_sweep.py:\d+: a matrix that is whole takes no metric, expected its own `metric`",
        ),
        ({"rate": [1.0], "matrix": "grid", "seed": 1}, "a grid search takes no seed"),
        ({"matrix": V1Mapping(values=[{}]), "num_runs": 2}, "a matrix that is whole takes no num_runs"),
    ],
)
def test_a_mistake_is_told(words: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        train.sweep(**words)  # type: ignore[arg-type]  # under test


def test_nothing_to_search_is_told() -> None:
    with pytest.raises(InputError, match=r"fixed has nothing to search, expected such as lr=\[0.1, 0.01\]"):
        fixed.sweep(name="a")


@pytest.mark.parametrize(
    ("runs", "at_once", "rounds"), [(4, 2, 2), (20, 8, 4), (7, 7, 1), (1, 4, 1), (5, 2, 5)]
)
def test_a_search_has_as_many_runs_as_are_asked_for(runs: int, at_once: int, rounds: int) -> None:
    found = train.sweep(rate="0.1..0.5", matrix="tpe", metric="loss", num_runs=runs, concurrency=at_once)
    search = found.to_operation().matrix
    assert isinstance(search, V1TPE)
    assert (search.num_runs, search.max_iterations) == (runs // rounds, rounds)


def test_runs_that_no_rounds_of_so_many_make_go_by_fewer_which_is_told() -> None:
    with pytest.warns(UserWarning, match=r"test_sweep.py:\d+: no rounds of about 3 make 7 runs: 1 at a time"):
        found = train.sweep(rate="0.1..0.5", metric="loss", num_runs=7, concurrency=3)
    search = found.to_operation().matrix
    assert isinstance(search, V1TPE)
    assert (search.num_runs, search.max_iterations) == (1, 7)


def test_a_metric_that_is_no_output_is_told_with_the_nearest() -> None:
    with pytest.warns(UserWarning, match=r"test_sweep.py:\d+: 'los' is no output, did you mean 'loss'\?"):
        train.sweep(rate="0.1..0.5", metric="-los")


def test_a_search_of_no_runs_is_told() -> None:
    with pytest.raises(InputError, match="0 runs are no search, expected 1 at least"):
        train.sweep(rate="0.1..0.5", num_runs=0)


@pytest.mark.parametrize(
    "metric", ["mape", "dice_loss", "accuracy_loss", "map_loss", "incorrect", "score_error", "scoreboard"]
)
def test_only_whole_words_of_what_is_good_are_maximized(metric: str) -> None:
    assert direction_of(metric) == "minimize"


@pytest.mark.parametrize("metric", ["val_accuracy", "f1", "test-auc", "valAccuracy", "accuracy5", "top5.acc"])
def test_a_word_of_what_is_good_is_maximized(metric: str) -> None:
    assert direction_of(metric) == "maximize"


@pytest.mark.parametrize("weights", [(1, 3), [1, 3]])
def test_a_weighted_choice_is_drawn_from(weights: Sequence[float]) -> None:
    found = train.sweep(data=Choice("x", "y", weights=weights)).to_operation().matrix
    assert isinstance(found, V1RandomSearch)
    assert isinstance(found.params, dict)
    assert isinstance(found.params["data"], V1HpPChoice)
