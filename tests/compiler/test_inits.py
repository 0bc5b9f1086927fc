"""The init steps of a runtime."""

from __future__ import annotations

import re
from typing import Any

import pytest

from polyaxon_sdk.compiler.inits import inits_of, with_inits
from polyaxon_sdk.polyflow import (
    V1IO,
    SpecError,
    V1ArtifactsType,
    V1GitType,
    V1Init,
    V1Job,
    V1KFReplica,
    V1RayCluster,
    V1RayReplica,
    V1TFJob,
    write,
)

CODE = V1Init(git=V1GitType(url="https://a/b"))
DATA = V1Init(artifacts=V1ArtifactsType(files=["a"]))


@pytest.mark.parametrize(
    ("io", "init"),
    [
        ({"type": "git", "value": {"url": "https://a/b"}}, {"git": {"url": "https://a/b"}}),
        ({"type": "artifacts", "value": {"files": ["a"]}}, {"artifacts": {"files": ["a"]}}),
        ({"type": "path", "value": "data", "connection": "s3"}, {"paths": ["data"], "connection": "s3"}),
        ({"type": "str", "value": "x", "connection": "repo"}, {"connection": "repo"}),
        ({"type": "dockerfile", "value": {"image": "a"}}, {"dockerfile": {"image": "a"}}),
    ],
)
def test_an_input_asks_for_a_step(io: dict[str, Any], init: dict[str, Any]) -> None:
    assert list(map(write, inits_of([V1IO(name="x", to_init=True, **io)]))) == [init]


def test_an_input_without_a_value_asks_for_nothing() -> None:
    assert inits_of([V1IO(name="x", type="git", is_optional=True, to_init=True)]) == []


@pytest.mark.parametrize(
    "io",
    [
        {"type": "artifacts", "value": {"files": [], "dirs": []}},
        {"type": "artifacts", "value": [], "is_list": True},
        {"type": "path", "value": [], "is_list": True, "connection": "s3"},
    ],
)
def test_an_input_that_names_nothing_asks_for_nothing(io: dict[str, Any]) -> None:
    assert inits_of([V1IO(name="x", to_init=True, **io)]) == []


def test_a_type_that_cant_be_fetched_is_told_in_one_line() -> None:
    with pytest.raises(
        SpecError, match=re.escape("params.x.toInit: type str can't be fetched, expected git")
    ):
        inits_of([V1IO(name="x", type="str", value="a", to_init=True)])


def test_steps_asked_for_come_first() -> None:
    job = with_inits(V1Job(init=[DATA]), [CODE], store=None)
    assert isinstance(job, V1Job)
    assert job.init == [CODE, DATA]


def test_a_step_reads_the_store_where_it_names_no_connection() -> None:
    job = with_inits(V1Job(init=[CODE, DATA]), [], store="store")
    assert isinstance(job, V1Job)
    assert isinstance(job.init, list)
    assert [step.connection for step in job.init] == [None, "store"]


def test_every_group_of_pods_gets_the_steps() -> None:
    run = with_inits(V1TFJob(chief=V1KFReplica(), worker=V1KFReplica(replicas=2)), [CODE], store=None)
    assert run == V1TFJob(chief=V1KFReplica(init=[CODE]), worker=V1KFReplica(replicas=2, init=[CODE]))


def test_groups_by_name_get_the_steps() -> None:
    run = with_inits(V1RayCluster(workers={"gpu": V1RayReplica()}), [CODE], store=None)
    assert run == V1RayCluster(workers={"gpu": V1RayReplica(init=[CODE])})
