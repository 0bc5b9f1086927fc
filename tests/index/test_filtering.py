import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.index.filtering import MAX_CONDITIONS
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.query import Condition, Node
from polyaxon_sdk.runs.state import RunState, Upstream
from tests.index import questions
from tests.index.asking import NOW, asked, expected, states
from tests.query.queries import nodes

EXAMPLES = 40 * int(os.environ.get("POLYAXON_TEST_TRIALS", "2"))
SORTS = ["-created_at", "metrics.x", "-metrics.x", "params.y,-name", "-in.x,duration", "name,-status", "user"]
OTHERS = st.sampled_from(
    [
        "mine:true",
        "mine:false",
        "live_state:live",
        "user:adam|sgd",
        "contributors:~adam",
        "is_managed:true",
        "artifacts.kind:model",
        "artifacts.name:~adam",
        "in_artifact_kind:data",
        "out_artifact_kind:nil",
        "description:%m%",
        "name:%Ä%",
        "name:a\\%",
        "name:%_m",
        'params.x:"1"',
        'params.x:"1.0"',
        "params.x:9007199254740993",
        "params.x:~Infinity|0.5",
        "params.x:<b",
        "meta_flags.x:true",
        "meta_values.y:>=inf",
        "upstream:nil",
        f"upstream:{0:032x}|{1:032x}",
        f"upstream:~{0:032x}",
        f"original:{0:032x}",
        "original:~nil",
        "queue:nil",
        "owner:adam",
        "owner:~adam",
        "project:default/adam",
        "project:~adam/adam",
        "project:adam/adam|sgd",
    ]
)


def _queries(node: Node) -> str:
    return str(node)


@settings(deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=states(), query=questions.nodes().map(_queries), sort=questions.sorts(), among_many=st.booleans())
def test_every_field_is_asked_for_as_the_language_means(
    engine: Engine, runs: list[RunState], query: str, sort: str, *, among_many: bool
) -> None:
    question = Question(query, sort=sort, now=NOW, me="adam")
    assert asked(engine, runs, question, among_many=among_many) == expected(runs, question)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=states(), query=nodes().map(_queries) | OTHERS, sort=st.sampled_from(SORTS))
def test_the_database_answers_what_the_language_means(
    engine: Engine, runs: list[RunState], query: str, sort: str
) -> None:
    question = Question(query, sort=sort, now=NOW, me="adam")
    assert asked(engine, runs, question) == expected(runs, question)


def test_a_value_is_bound_whatever_it_holds(engine: Engine) -> None:
    run = RunState("0" * 32)
    run.name = "'; DROP TABLE runs; --"
    question = Question(f'name:"{run.name}"')
    assert asked(engine, [run], question) == [run.uuid]


@pytest.mark.parametrize("field", ["uuid", "upstream", "original", "pipeline"])
def test_a_run_may_be_named_by_its_first_digits(engine: Engine, field: str) -> None:
    run, other = RunState("0" * 32), RunState("1" * 32)
    other.upstream = [Upstream(run.uuid, "pipeline")]
    other.start["original"] = run.uuid
    question = Question(f"{field}:{run.uuid[:12]}")
    assert asked(engine, [run, other], question) == expected([run, other], question)


def test_a_query_has_so_many_conditions_at_most(engine: Engine) -> None:
    query = str(Condition("name", "a")) + ", name:b" * MAX_CONDITIONS
    with pytest.raises(InputError, match=r"a query of 501 conditions, expected at most 500"):
        asked(engine, [], Question(query))


def test_as_many_conditions_as_are_allowed_are_answered(engine: Engine) -> None:
    run = RunState("0" * 32)
    run.name = "b"
    assert asked(engine, [run], Question(" OR ".join(["name:a"] * (MAX_CONDITIONS - 1) + ["name:b"]))) == [
        run.uuid
    ]


def test_a_mistake_names_its_character_and_the_nearest_field(engine: Engine) -> None:
    with pytest.raises(
        InputError, match=r"query, character 1.*no run has a field 'statu'.*did you mean 'status'"
    ):
        asked(engine, [], Question("statu:failed"))


def test_not_a_number_is_as_good_as_nothing_in_an_order(engine: Engine) -> None:
    with_nan, without = RunState("1" * 32), RunState("0" * 32)
    with_nan.logged, with_nan.created_at, without.created_at = {"x": float("nan")}, 1.0, 2.0
    assert asked(engine, [with_nan, without], Question(sort="-metrics.x")) == [without.uuid, with_nan.uuid]
