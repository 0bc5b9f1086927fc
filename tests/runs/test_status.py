import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.runs.status import DONE, STATUSES, Condition, follow

ANY_STATUS = st.sampled_from(sorted(STATUSES))


def statuses(*reported: str) -> list[str]:
    history: list[Condition] = []
    for time, status in enumerate(reported):
        history = follow(history, Condition(status, "", "", float(time)))
    return [each.status for each in history]


@pytest.mark.parametrize(
    ("reported", "kept"),
    [
        (["created", "running", "succeeded"], ["created", "running", "succeeded"]),
        (["running", "failed", "succeeded"], ["running", "failed"]),
        (["running", "stopping", "running"], ["running", "stopping"]),
        (["running", "stopping", "stopped"], ["running", "stopping", "stopped"]),
        (["running", "created"], ["running"]),
        (["running", "running"], ["running"]),
        (["failed", "resuming", "running"], ["failed", "resuming", "running"]),
        (["running", "queued"], ["running", "queued"]),
    ],
)
def test_a_report_is_taken_or_left(reported: list[str], kept: list[str]) -> None:
    assert statuses(*reported) == kept


@given(st.sampled_from(sorted(DONE)), st.lists(ANY_STATUS.filter(lambda status: status != "resuming")))
def test_a_final_status_stands_until_the_run_is_resumed(final: str, later: list[str]) -> None:
    assert statuses("running", final, *later) == ["running", final]


def test_a_report_equal_to_the_last_refreshes_its_time() -> None:
    (only,) = follow([Condition("running", "a", "b", 1.0)], Condition("running", "a", "b", 2.0))
    assert only.time == 2.0


def test_the_same_status_for_another_reason_is_another_condition() -> None:
    assert len(follow([Condition("running", "a", "", 1.0)], Condition("running", "b", "", 2.0))) == 2
