"""A run that goes on: real scripts, one after the other, on the same run."""

from pathlib import Path

import pytest

from polyaxon_sdk.client.files import list_files
from polyaxon_sdk.client.run_client import RunClient
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import read_run
from tests.scripts import Ended, Scripts

pytestmark = pytest.mark.system  # each script has a sidecar

QUIET = ["POLYAXON_TRACK_CODE", "POLYAXON_TRACK_ENV", "POLYAXON_COLLECT_RESOURCES"]
UUID = new_uuid()


def train(scripts: Scripts, arguments: str, steps: range, end: str = "", *, loop: str = "") -> Ended:
    """Log the steps to the run of the home, and what `loop` says at each, then end."""
    text = f"""
import os
from polyaxon_sdk import tracking
tracking.init(run_uuid="{UUID}"{arguments})
for step in range({steps.start}, {steps.stop}):
    tracking.log_metric("loss", step + 0.5, step=step)
    tracking.log_text("note", str(step), step=step)
    {loop}
{end}
"""
    return scripts.run(text, **dict.fromkeys(QUIET, "false"))


def files(home: Path) -> list[str]:
    """The assets and outputs that a listing of the run shows."""
    folder = RunFolder(home / "runs" / UUID)
    listed = list_files(folder, read_run(folder))
    return [file.path for file in listed if file.path.startswith(("assets/", "outputs/"))]


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


def test_a_run_that_is_not_there_is_made_where_that_is_allowed(scripts: Scripts) -> None:
    train(scripts, ", resume='allow', resume_from_step=2", range(3))
    assert (scripts.finished().uuid, steps(scripts)) == (UUID, [0, 1, 2])


def test_a_uuid_with_a_slip_in_it_begins_no_run(scripts: Scripts, home: Path) -> None:
    ended = train(scripts, ", resume=True", range(1))
    assert f"run_uuid: there is no run {UUID}, expected one in {home / 'runs'}" in ended.err.splitlines()[-1]
    assert not home.exists()


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


def test_files_and_outputs_of_the_superseded_tail_are_hidden_and_kept(
    scripts: Scripts, home: Path, tmp_path: Path
) -> None:
    (weights := tmp_path / "weights.bin").write_bytes(b"w")
    keep = f"""
    tracking.log_outputs(**{{f"at-{{step}}": step}})
    tracking.log_artifact({str(weights)!r}, f"net-{{step}}")
    tracking.log_artifact({str(weights)!r}, "each", kind="model", step=step)"""
    train(scripts, "", range(4), "os._exit(1)", loop=keep)
    train(scripts, ", resume_from_step=2", range(2, 3))
    run, client = scripts.finished(), RunClient(run_uuid=UUID)
    assert run.logged == {"at-0": 0, "at-1": 1}
    assert client.get_outputs(superseded=1) == {"at-2": 2, "at-3": 3}
    assert {name for name, _ in run.artifacts} >= {"net-0", "net-1"}
    assert files(home) == [
        "assets/model/each_0.bin",
        "assets/model/each_1.bin",
        "outputs/net-0.bin",
        "outputs/net-1.bin",
    ]
    taken = {(each["name"], each["kind"]) for each in client.get_artifacts_lineage(superseded=1)}
    assert taken == {
        ("net-2", "file"),
        ("net-3", "file"),
        ("loss", "metric"),
        ("note", "text"),
        ("each", "model"),
    }
    assert client.get_artifact("outputs/net-3.bin") == b"w"


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
