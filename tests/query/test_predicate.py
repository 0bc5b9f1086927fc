from datetime import UTC, datetime
from math import inf, nan

import pytest
from hypothesis import given

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query import (
    ARTIFACTS,
    PROJECTS,
    RUNS,
    VERSIONS,
    Collection,
    Node,
    Record,
    matches,
    predicate,
)
from tests.query.naive import holds
from tests.query.queries import nodes, runs

NOW = datetime(2024, 6, 30, tzinfo=UTC).timestamp()
NOON = datetime(2024, 6, 20, 12, 30, 15, tzinfo=UTC).timestamp()
RUN: Record = {
    "uuid": "00" * 16,
    "status": "running",
    "name": "Cat-Classifier",
    "tags": ["vision", "cnn"],
    "project": "digits",
    "pipeline": {"uuid": "ab", "name": "search"},
    "upstream": ["cd", {"uuid": "ef", "name": "prepare"}],
    "artifacts": [{"name": "model", "kind": "model", "state": "s1"}, {"name": "data", "state": "s2"}],
    "is_managed": True,
    "inputs": {
        "lr": 0.1,
        "optimizer": "adam",
        "epochs": 3,
        "units": [64, 32],
        "flag": True,
        "version": "007",
        "one": 1,
    },
    "outputs": {"loss": 0.0, "diverged": nan, "train/loss": 0.5, "peak": inf, "note": None},
    "meta_info": {"has_events": True, "progress": 0.5},
    "duration": 60.0,
    "memory": 2**30,
    "cpu": 0.5,
    "created_at": NOON,
}


def found(query: str) -> bool:
    return matches(query, RUN, now=NOW)


@pytest.mark.parametrize(
    "query",
    [
        "status:running",
        "status:~failed",
        "status:failed|running",
        "tags:cnn",
        "tags:~nlp",
        "tags:nlp|cnn",
        "name:%cat%",
        "name:cat%",
        "name:%IFIER",
        "name:~%dog%",
        "name:Cat-Classifier",
        "uid:" + "00" * 16,
        "description:nil",
        "description:~nil OR name:~nil",
        "project:digits",
        "project.name:digits",
        "pipeline:ab",
        "pipeline.name:search",
        "upstream:cd, upstream:ef, upstream.name:prepare",
        "artifacts:s2, artifacts.kind:model",
        "is_managed:true",
        "params.lr:0.1, params.lr:1e-1, params.lr:>0.05",
        "in.optimizer:adam, inputs.optimizer:~sgd, params.optimizer:sgd|adam",
        "params.optimizer:>=a, params.optimizer:<b",
        "params.epochs:3.0, params.epochs:3|4",
        "params.units:32, params.units:>50",
        "params.flag:true, params.flag:1",
        "params.version:007, params.version:7|007",
        "metrics.loss:0, metrics.loss:<0.1, metrics.loss:~>0.1",
        'metrics."train/loss":0.5',
        "metrics.loss:~nil, metrics.note:nil, metrics.gone:nil",
        "metrics.diverged:nan, metrics.peak:inf, metrics.peak:>1e300",
        "meta_flags.has_events:true, meta_values.progress:>=0.5, meta_info.progress:0.5",
        "duration:>59, memory:>512Mi, memory:1Gi, cpu:500m",
        "created_at:2024-06-20, created_at:2024-06, created_at:2024, created_at:2024-06-20 12:30",
        "created_at:>2024-06-20, created_at:>=2024-06-20, created_at:<2024-06-21",
        "created_at:2024-06-01..2024-06-21, created_at:~2024-06-21..2024-07-01",
        "created_at:last_month, created_at:_any_",
        "finished_at:nil, finished_at:~2024-06-20",
        "status:failed OR tags:vision",
        "(status:failed OR status:running), tags:cnn",
    ],
)
def test_a_run_is_found(query: str) -> None:
    assert found(query)


@pytest.mark.parametrize(
    "query",
    [
        "status:run",
        "status:~running",
        "status:~failed|running",
        "tags:~cnn",
        "name:cat-classifier",
        "name:nil",
        "project:Digits",
        "project.uuid:digits",
        "pipeline:search",
        "description:%a%",
        "params.lr:0.2",
        "params.lr:>=a",
        "params.optimizer:>1",
        "params.gone:~adam",
        "params.gone:>0",
        "params.flag:yes",
        "params.epochs:true",
        "params.one:true",
        "metrics.gone:~0.5",
        "metrics.note:~0.5",
        "metrics.gone:~<0.5",
        "metrics.diverged:<1",
        "metrics.diverged:~<1",
        "metrics.diverged:nil",
        "meta_flags.has_events:false",
        "meta_flags.gone:~true",
        "created_at:<2024-06-20",
        "created_at:<=2024-06-20",
        "created_at:2024-06-20 12:31",
        "created_at:2024-06-01..2024-06-20",
        "created_at:~last_month",
        "finished_at:>2024-06-20",
        "finished_at:~>2024-06-20",
        "status:running, tags:nlp",
    ],
)
def test_a_run_is_not_found(query: str) -> None:
    assert not found(query)


DAY = 86_400.0


@pytest.mark.parametrize(
    ("query", "at", "found"),
    [
        ("created_at:1970-01-02", DAY, True),
        ("created_at:1970-01-02", 2 * DAY - 1e-3, True),
        ("created_at:1970-01-02", 2 * DAY, False),
        ("created_at:1970-01-02..1970-01-03", DAY, True),
        ("created_at:1970-01-02..1970-01-03", 2 * DAY, True),
        ("created_at:1970-01-02..1970-01-03", 2 * DAY + 1, False),
        ("created_at:>=1970-01-02", DAY, True),
        ("created_at:>1970-01-02", DAY, False),
        ("created_at:last_month", NOW - 30 * DAY, True),
        ("created_at:last_month", NOW - 30 * DAY - 1, False),
    ],
)
def test_time_has_exact_ends(query: str, at: float, found: bool) -> None:
    assert matches(query, {"created_at": at}, now=NOW) is found


def test_a_number_may_be_larger_than_a_float() -> None:
    assert matches("metrics.x:>1e300, metrics.y:<0", {"outputs": {"x": 10**400, "y": -(10**400)}}, now=NOW)


def test_runs_of_any_age_are_found() -> None:
    assert matches("status:running", {"status": "running", "created_at": 0.0}, now=NOW)


@given(nodes(), runs())
def test_a_predicate_says_what_the_language_means(query: Node, run: Record) -> None:
    assert predicate(query, now=NOW)(run) is holds(query, run, NOW)


@pytest.mark.parametrize(
    ("collection", "record", "query"),
    [
        (PROJECTS, {"name": "digits", "tags": ["a"], "owner": "acme"}, "name:%dig%, tags:a, owner:acme"),
        (VERSIONS, {"kind": "model", "stage": "production"}, "kind:model, stage:production|staging"),
        (ARTIFACTS, {"kind": "model", "is_input": False, "run": "ab"}, "kind:model, is_input:false, run:ab"),
    ],
    ids=lambda each: getattr(each, "noun", ""),
)
def test_other_collections_are_searched_too(collection: Collection, record: Record, query: str) -> None:
    assert matches(query, record, now=NOW, collection=collection)


def test_an_unknown_field_is_told_before_any_run_is_looked_at() -> None:
    with pytest.raises(InputError, match="no run has a field 'statsu'"):
        matches("statsu:a", {}, now=NOW, collection=RUNS)


@pytest.mark.parametrize(
    ("query", "is_met"),
    [
        ("pipeline:0f3a5e9b7c21", True),
        ("pipeline:aaaaaaaaaaaa|0f3a5e9b7c21", True),
        ("pipeline:~0f3a5e9b7c21", False),
        ("uuid:0f3a5e9b7c21", True),
        ("pipeline:0f3a5e9b7c2", False),
        ("name:0f3a5e9b7c21", False),
        ("pipeline.name:0f3a5e9b7c21", False),
    ],
)
def test_a_uuid_is_meant_by_the_digits_that_lists_show(query: str, is_met: bool) -> None:
    uuid = f"0f3a5e9b7c21{'0' * 20}"
    run = {"uuid": uuid, "name": uuid, "pipeline": {"uuid": uuid, "name": uuid}}
    assert matches(query, run, now=0) is is_met
