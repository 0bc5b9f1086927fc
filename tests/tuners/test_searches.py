"""Searches that go on by ask, begin and tell, whoever carries their runs out."""

from __future__ import annotations

from typing import Any

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1TPE, SpecError
from polyaxon_sdk.tuners.extent import extent_of
from polyaxon_sdk.tuners.rounds import RoundsSearch
from polyaxon_sdk.tuners.search import Suggestion
from polyaxon_sdk.tuners.starting import search_of
from tests.tuners.carrying import begun, carried_out
from tests.tuners.spaces import LOSS, PLANE, matrix_of

LINE = {"x": {"kind": "uniform", "value": "0:1"}}
EPOCHS = {"name": "epochs", "type": "int"}
ASHA = {
    "kind": "asha",
    "params": LINE,
    "numRuns": 9,
    "maxIterations": 9,
    "resource": EPOCHS,
    "metric": LOSS,
    "seed": 1,
}
HYPERBAND = {
    "kind": "hyperband",
    "params": LINE,
    "maxIterations": 9,
    "resource": EPOCHS,
    "metric": LOSS,
    "seed": 1,
}
BAYES = {"kind": "bayes", "params": PLANE, "numInitialRuns": 3, "maxIterations": 5, "metric": LOSS, "seed": 1}


def by_x(values: Any) -> float:
    return float(values["x"])


def spent(batch: dict[str, Suggestion]) -> list[object]:
    return [each.values["epochs"] for each in batch.values()]


def test_hyperband_has_the_rungs_of_its_paper() -> None:
    batches = carried_out(search_of(matrix_of(**HYPERBAND)), 4, by_x)
    assert [(len(batch), spent(batch)[0]) for batch in batches] == [
        (9, 1),
        (3, 3),
        (1, 9),
        (5, 3),
        (1, 9),
        (3, 9),
    ]


def test_a_promoted_run_names_the_one_it_comes_from() -> None:
    first, second, *_ = carried_out(search_of(matrix_of(**HYPERBAND)), 4, by_x)
    best = sorted(first, key=lambda key: by_x(first[key].values))[:3]
    assert sorted(str(each.parent) for each in second.values()) == sorted(best)
    assert all(by_x(each.values) == by_x(first[str(each.parent)].values) for each in second.values())


def test_asha_promotes_before_its_first_rung_is_over() -> None:
    search = search_of(matrix_of(**ASHA))
    first = begun(search, 3)
    for key, each in first.items():
        search.tell(key, by_x(each.values))
    second = begun(search, 2, after=3)
    best = min(first, key=lambda key: by_x(first[key].values))
    assert [(each.parent, each.values["epochs"]) for each in second.values()] == [(best, 3), (None, 1)]


def test_asha_ends_with_one_run_that_spends_all() -> None:
    batches = carried_out(search_of(matrix_of(**ASHA)), 2, by_x)
    runs = [each for batch in batches for each in batch.values()]
    epochs = [each.values["epochs"] for each in runs]
    assert (epochs.count(1), epochs.count(3), epochs.count(9)) == (9, 3, 1)
    assert min(map(by_x, (each.values for each in runs))) == by_x(
        next(each.values for each in runs if each.values["epochs"] == 9)
    )


def test_asha_counts_failures_as_the_worst() -> None:
    search = search_of(matrix_of(**ASHA))
    first = begun(search, 3)
    for key in first:
        search.tell(key, 0.5 if key == "1" else None)
    [promoted] = list(begun(search, 1, after=3).values())
    assert promoted.parent == "1"


def test_asha_of_failures_alone_promotes_nothing() -> None:
    assert sum(map(len, carried_out(search_of(matrix_of(**ASHA)), 3, lambda _: None))) == 9


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"minIterations": 10}, "matrix.minIterations: 10 is more than maxIterations, 9"),
        ({"eta": 1.001, "maxIterations": 100}, "matrix.eta: eta 1.001 gives more than 100 rungs"),
        ({"params": "{{ space }}"}, "'{{ space }}' is not resolved yet"),
    ],
)
def test_a_wrong_asha_is_told(changes: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told.replace("{", r"\{")):
        search_of(matrix_of(**{**ASHA, **changes}))


@pytest.mark.parametrize("missing", ["metric", "resource", "numRuns", "maxIterations", "params"])
def test_asha_wants_what_it_can_not_do_without(missing: str) -> None:
    with pytest.raises(SpecError, match=f"{missing}.*missing"):
        matrix_of(**{key: value for key, value in ASHA.items() if key != missing})


@pytest.mark.fit
def test_bayes_suggests_beside_runs_that_go_on_and_elsewhere() -> None:
    search = search_of(matrix_of(**BAYES))
    first = begun(search, 1)
    assert (len(first), search.is_waiting, search.ask(4)) == (3, True, [])
    for key, each in first.items():
        search.tell(key, by_x(each.values))
    two = begun(search, 2, after=3)
    more = begun(search, 1, after=5)
    places = {(round(by_x(each.values), 1), each.values["y"]) for each in [*two.values(), *more.values()]}
    assert (len(two), len(more), len(places)) == (2, 1, 3)


@pytest.mark.fit
def test_the_budget_of_bayes_is_the_total() -> None:
    assert sum(map(len, carried_out(search_of(matrix_of(**BAYES)), 2, by_x))) == 8


@pytest.mark.parametrize(
    "matrix",
    [
        ASHA,
        HYPERBAND,
        pytest.param(BAYES, marks=pytest.mark.fit),
        {"kind": "tpe", "params": PLANE, "numRuns": 3, "maxIterations": 3, "metric": LOSS},
        {"kind": "random", "params": PLANE, "numRuns": 9},
        {"kind": "grid", "params": {"x": {"kind": "linspace", "value": "0:1:9"}}},
        {"kind": "mapping", "values": [{"x": 1}, {"x": 1}, {"x": 2}]},
        {"kind": "iterative", "params": PLANE, "maxIterations": 4},
    ],
    ids=lambda matrix: str(matrix["kind"]),
)
def test_a_search_that_is_begun_again_goes_on_to_its_total(matrix: dict[str, Any]) -> None:
    whole = carried_out(search_of(matrix_of(**matrix)), 2, by_x)
    again = search_of(matrix_of(**matrix))
    kept = whole[: len(whole) // 2]
    for batch in kept:
        again.begin(batch)
        for key, each in batch.items():
            again.tell(key, by_x(each.values))
    after = sum(map(len, kept))
    rest = carried_out(again, 2, by_x, after=after)
    assert after + sum(map(len, rest)) == sum(map(len, whole))


def test_rounds_of_tpe_widen_while_they_go_on_and_come_to_the_total() -> None:
    matrix = matrix_of(kind="tpe", params=PLANE, numRuns=1, maxIterations=6, metric=LOSS, seed=1)
    assert isinstance(matrix, V1TPE)
    search = RoundsSearch(matrix)
    for key, each in begun(search, 4).items():
        search.tell(key, by_x(each.values))
    search.width = 4
    assert [len(batch) for batch in carried_out(search, 4, by_x, after=1)] == [4, 1]


def test_a_grid_that_grew_runs_what_is_new_alone() -> None:
    params = {"x": {"kind": "choice", "value": [1, 2]}}
    search = search_of(matrix_of(kind="grid", params={"x": {"kind": "choice", "value": [3, 1, 2]}}))
    search.begin({"0": Suggestion(values={"x": 1}), "1": Suggestion(values={"x": 2})})
    assert [each.values for each in search.ask(9)] == [{"x": 3}]
    assert search_of(matrix_of(kind="grid", params=params)).ask(1)[0].values == {"x": 1}


def test_a_grid_of_more_than_memory_is_suggested_in_parts() -> None:
    wide = {name: {"kind": "range", "value": "0:1000:1"} for name in ("a", "b", "c")}
    search = search_of(matrix_of(kind="grid", params=wide))
    assert len(search.ask(1)) == len(search.ask(1)) == 1000


def test_a_trial_of_another_space_is_not_learnt_from() -> None:
    search = search_of(matrix_of(kind="tpe", params=LINE, numRuns=1, maxIterations=13, metric=LOSS, seed=1))
    for at in range(12):
        search.begin({str(at): Suggestion(values={"x": 5.0 + at})})
        search.tell(str(at), 0.0)
    assert 0 <= by_x(search.ask(1)[0].values) <= 1


@pytest.mark.parametrize(
    ("matrix", "runs"),
    [
        ({"kind": "mapping", "values": [{"x": 1}, {"x": 2}]}, 2),
        ({"kind": "grid", "params": {"x": {"kind": "range", "value": "0:6:1"}}, "numRuns": 4}, 4),
        ({"kind": "random", "params": LINE, "numRuns": 7}, 7),
        (HYPERBAND, 22),
        (BAYES, 8),
        ({**BAYES, "params": {"x": {"kind": "choice", "value": [1, 2]}}}, 2),
        ({"kind": "tpe", "params": LINE, "numRuns": 2, "maxIterations": 3, "metric": LOSS}, 6),
        ({**BAYES, "tuner": {"hubRef": "mine"}}, None),
        (ASHA, None),
    ],
)
def test_how_many_runs_a_search_will_have_is_known_where_it_can_be(
    matrix: dict[str, Any], runs: int | None
) -> None:
    assert extent_of(matrix_of(**matrix)) == runs
