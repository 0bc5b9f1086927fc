from polyaxon_sdk.polyflow import V1FailureEarlyStopping, V1MedianStoppingPolicy, V1MetricEarlyStopping
from polyaxon_sdk.runner.pipelines.early_stopping import stops_early
from polyaxon_sdk.runner.pipelines.schedule import Ended
from polyaxon_sdk.runs.state import RunState


def ended(status: str = "succeeded", **outputs: object) -> Ended:
    state = RunState("0f")
    state.logged = outputs
    return Ended("0", status, state)


GOAL = V1MetricEarlyStopping(metric="loss", value=0.1, optimization="minimize")


def test_a_metric_that_is_reached_stops_all_well() -> None:
    verdict = stops_early([GOAL], [ended(loss=0.05)], total=9)
    assert verdict == ("succeeded", "EarlyStopping", "loss is 0.05")


def test_a_metric_that_is_not_reached_stops_nothing() -> None:
    assert stops_early([GOAL], [ended(loss=0.5)], total=9) is None


def test_more_is_better_where_it_is_maximized() -> None:
    goal = V1MetricEarlyStopping(metric="accuracy", value=0.9, optimization="maximize")
    verdict = stops_early([goal], [ended(accuracy=0.95)], total=9)
    assert verdict is not None


def test_a_share_of_failures_fails_all() -> None:
    rule = V1FailureEarlyStopping(percent=50)
    verdict = stops_early([rule], [ended("failed"), ended(), ended("failed")], total=4)
    told = "stopped early, as 2 of 4 runs failed: failure_early_stopping at 50 %"
    assert verdict == ("failed", "EarlyStopping", told)


def test_a_policy_for_single_runs_does_not_stop_all() -> None:
    rule = V1MetricEarlyStopping(
        metric="loss", value=0.1, optimization="minimize", policy=V1MedianStoppingPolicy()
    )
    assert stops_early([rule], [ended(loss=0.0)], total=9) is None
