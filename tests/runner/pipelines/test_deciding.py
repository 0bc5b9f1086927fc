import pytest

from polyaxon_sdk.runner.pipelines.deciding import decide, verdict_of


@pytest.mark.parametrize(
    ("trigger", "upstream", "decision"),
    [
        (None, [], "start"),
        (None, [None], "wait"),
        (None, ["succeeded", "succeeded"], "start"),
        (None, ["failed", None], "wait"),
        (None, ["succeeded", "failed"], "upstream_failed"),
        (None, ["succeeded", "skipped"], "upstream_failed"),
        ("all_failed", ["failed", "failed"], "start"),
        ("all_failed", ["failed", "upstream_failed"], "upstream_failed"),
        ("all_done", ["failed", "skipped", "stopped"], "start"),
        ("one_succeeded", ["succeeded", None], "start"),
        ("one_succeeded", ["failed", None], "wait"),
        ("one_succeeded", ["failed", "stopped"], "upstream_failed"),
        ("one_failed", [None, "failed"], "start"),
        ("one_done", ["skipped", None], "start"),
        ("one_done", [None, None], "wait"),
    ],
)
def test_a_trigger_looks_at_the_operations_before(
    trigger: str | None, upstream: list[str | None], decision: str
) -> None:
    assert decide(trigger, upstream) == decision


def test_a_skipped_operation_skips_those_that_ask_for_it() -> None:
    assert decide("all_done", ["skipped", None], skips=True) == "skipped"


@pytest.mark.parametrize(
    ("statuses", "verdict"),
    [
        (["succeeded", "failed", "stopped"], "failed"),
        (["stopped", "stopped"], "stopped"),
        (["stopped", "succeeded"], "succeeded"),
        (["skipped", "upstream_failed"], "succeeded"),
    ],
)
def test_a_dag_ends_as_its_operations_do(statuses: list[str], verdict: str) -> None:
    assert verdict_of(statuses) == verdict
