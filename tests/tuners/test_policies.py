"""Which runs go on in vain."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyaxon_sdk.polyflow import V1MetricEarlyStopping, read
from polyaxon_sdk.tuners.policies import Course, Judge


def judge(optimization: str = "maximize", **policy: object) -> Judge:
    rule = {"kind": "metric_early_stopping", "metric": "acc", "value": 1, "optimization": optimization}
    return Judge(read(V1MetricEarlyStopping, {**rule, "policy": policy}))


def courses(*values: list[float], status: str = "running") -> dict[str, Course]:
    return {str(at): Course(list(enumerate(each, 1)), status) for at, each in enumerate(values)}


def test_worse_than_the_median_stops() -> None:
    found = judge(kind="median").stops(courses([0.1, 0.2], [0.5, 0.6], [0.7, 0.8]))
    assert found == {"0": "acc 0.2 is worse than the median of the others, 0.65, at step 2"}


def test_less_is_better_where_it_is_said_so() -> None:
    assert list(judge("minimize", kind="median").stops(courses([0.1], [0.5], [0.7]))) == ["1", "2"]


@pytest.mark.parametrize(("percent", "stopped"), [(10, []), (40, ["0"]), (70, ["0", "1"])])
def test_a_share_of_the_worst_is_cut_off(percent: float, stopped: list[str]) -> None:
    policy = judge(kind="truncation", percent=percent)
    assert list(policy.stops(courses([0.1], [0.5], [0.7]))) == stopped


def test_truncation_compares_with_ended_runs_where_it_is_told_to() -> None:
    ended = {"good": Course([(1, 0.9)], "succeeded"), "0": Course([(1, 0.1)])}
    assert judge(kind="truncation", percent=50).stops(ended) == {}
    assert list(judge(kind="truncation", percent=50, includeSucceeded=True).stops(ended)) == ["0"]


@pytest.mark.parametrize(("percent", "stopped"), [(10, ["0", "1"]), (50, ["0"]), (95, [])])
def test_too_far_from_the_best_stops(percent: float, stopped: list[str]) -> None:
    assert list(judge(kind="diff", percent=percent).stops(courses([0.1], [0.5], [0.7]))) == stopped


def test_runs_are_compared_at_the_same_step() -> None:
    behind = {"slow": Course([(1, 0.5)]), "fast": Course([(1, 0.4), (2, 0.9)])}
    assert judge(kind="median").stops(behind) == {}


AHEAD = {"0.1": Course([(step, 0.1) for step in range(5)])} | {
    str(value): Course([(step, value) for step in range(3)]) for value in (0.5, 0.8, 0.9)
}


@pytest.mark.parametrize(
    ("policy", "stopped"),
    [
        ({"kind": "median"}, ["0.1", "0.5"]),
        ({"kind": "diff", "percent": 50}, ["0.1"]),
        ({"kind": "truncation", "percent": 25}, ["0.1"]),
    ],
)
def test_a_run_that_is_ahead_is_looked_at_where_the_others_have_come_to(
    policy: dict[str, object], stopped: list[str]
) -> None:
    policy |= {"evaluationInterval": 2, "minInterval": 2}
    assert list(judge("maximize", **policy).stops(AHEAD)) == stopped
    assert list(judge("maximize", **policy, minSamples=4).stops(AHEAD)) == []


def test_a_run_is_looked_at_again_where_more_have_come() -> None:
    policy = judge(kind="median")
    first = {"ahead": Course([(1, 0.5), (2, 0.5)]), "worse": Course([(1, 0.4)])}
    assert list(policy.stops(first)) == ["worse"]
    assert list(policy.stops(first | {"better": Course([(1, 0.9)])})) == ["ahead", "worse"]


def test_no_run_is_looked_at_before_its_time_nor_twice_at_a_step() -> None:
    policy = judge(kind="median", minInterval=4, evaluationInterval=2)
    for length, stopped in [(3, []), (4, ["0"]), (5, []), (6, ["0"])]:
        assert list(policy.stops(courses([0.1] * length, [0.5] * length))) == stopped


def test_there_have_to_be_others() -> None:
    assert judge(kind="median").stops(courses([0.1])) == {}
    assert judge(kind="median", minSamples=2).stops(courses([0.1], [0.5])) == {}


def test_what_is_no_number_is_left_out() -> None:
    assert judge(kind="diff", percent=1).stops(courses([float("nan")], [0.5])) == {}


VALUES = st.lists(st.floats(-100, 100), min_size=1, max_size=6)


@given(
    values=st.lists(VALUES, min_size=1, max_size=6),
    optimization=st.sampled_from(["minimize", "maximize"]),
    policy=st.sampled_from(
        [{"kind": "median"}, {"kind": "truncation", "percent": 99}, {"kind": "diff", "percent": 0}]
    ),
)
@settings(max_examples=60, deadline=None)
def test_the_best_of_all_goes_on(
    values: list[list[float]], optimization: str, policy: dict[str, object]
) -> None:
    length = min(map(len, values))
    same = [each[:length] for each in values]
    choose = max if optimization == "maximize" else min
    best = choose(choose(each) for each in same)
    found = judge(optimization, **policy).stops(courses(*same))
    assert not [key for key in found if choose(same[int(key)]) == best]
