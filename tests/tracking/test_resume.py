"""A run that goes on: real scripts, one after the other, on the same run."""

import pytest

from polyaxon_sdk.client.run_client import RunClient
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import read_run
from tests.scripts import Ended, Scripts

pytestmark = pytest.mark.system  # each script has a sidecar

QUIET = ["POLYAXON_TRACK_CODE", "POLYAXON_TRACK_ENV", "POLYAXON_COLLECT_RESOURCES"]
UUID = new_uuid()


def train(scripts: Scripts, arguments: str, steps: range, end: str = "") -> Ended:
    """Log the steps to the run of the home, then end."""
    text = f"""
import os
from polyaxon_sdk import tracking
tracking.init(run_uuid="{UUID}"{arguments})
for step in range({steps.start}, {steps.stop}):
    tracking.log_metric("loss", step + 0.5, step=step)
    tracking.log_text("note", str(step), step=step)
{end}
"""
    return scripts.run(text, **dict.fromkeys(QUIET, "false"))


def steps(scripts: Scripts) -> list[int | None]:
    return [point.step for point in read_series(scripts.the_run())["loss"]]


def statuses(scripts: Scripts) -> list[str]:
    return [each.status for each in read_run(scripts.the_run()).conditions]


def test_a_run_that_is_resumed_goes_on_with_its_series(scripts: Scripts) -> None:
    train(scripts, "", range(3), "os._exit(1)")
    train(scripts, ", resume=True", range(3, 6))
    run = scripts.finished()
    assert steps(scripts) == list(range(6))
    assert statuses(scripts) in (
        [
            "running",
            "failed",
            "resuming",
            "running",
            "succeeded",
        ],  # the sidecar was quicker than the next script
        ["running", "resuming", "running", "succeeded"],
    )
    assert (run.summaries["loss"]["count"], run.outputs["loss"]) == (6, 5.5)


def test_a_run_that_is_not_there_is_made_where_it_is_to_be_resumed(scripts: Scripts) -> None:
    train(scripts, ", resume=True, resume_from_step=2", range(3))
    assert (scripts.finished().uuid, steps(scripts)) == (UUID, [0, 1, 2])


@pytest.mark.parametrize("end", ["os._exit(1)", "raise ValueError", "tracking.end()"])
def test_a_run_that_is_resumed_from_a_step_hides_what_was_logged_behind_it(
    scripts: Scripts, home: object, end: str
) -> None:
    train(scripts, "", range(5), end)
    ended = train(scripts, ", resume_from_step=3", range(3, 6))
    assert ended.err == ""
    run = scripts.finished()
    assert steps(scripts) == [0, 1, 2, 3, 4, 5]
    assert (run.status, run.summaries["loss"]["count"], run.rewinds) == ("succeeded", 6, [3])
    client = RunClient(run_uuid=UUID)
    assert client.get_metrics(superseded=1)["loss"]["step"] == [3, 4]
    assert client.get_events("text", superseded=1)["note"]["text"] == ["3", "4"]
    assert client.get_events("text")["note"]["step"] == [0, 1, 2, 3, 4, 5]


def test_a_run_may_be_pre_empted_again_and_again(scripts: Scripts, home: object) -> None:
    train(scripts, "", range(4), "os._exit(1)")
    train(scripts, ", resume_from_step=2", range(2, 6), "os._exit(1)")
    train(scripts, ", resume_from_step=5", range(5, 7))
    scripts.finished()
    assert steps(scripts) == list(range(7))
    client = RunClient(run_uuid=UUID)
    assert [client.get_metrics(superseded=n)["loss"]["step"] for n in (1, 2)] == [[2, 3], [5]]


def test_steps_come_in_any_order_and_several_times(scripts: Scripts) -> None:
    train(scripts, "", range(3))
    train(scripts, ", resume=True", range(1, 3), "tracking.log_metric('loss', 0.0, step=-7)")
    scripts.finished()
    assert steps(scripts) == [0, 1, 2, 1, 2, -7]


def test_a_step_that_is_none_is_refused(scripts: Scripts) -> None:
    ended = train(scripts, ", resume_from_step='third'", range(1))
    assert "resume_from_step: 'third' is no step, expected a whole number" in ended.err
