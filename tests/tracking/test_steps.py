"""The step that a run's facts tell: how far their process was."""

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.run import Run


@pytest.fixture
def run(folder: RunFolder) -> Run:
    """A run that is logged to."""
    return Run(Recorded(folder))


def step(run: Run) -> object:
    """The step that is told of an output that is logged now."""
    run.log_outputs(score=1)
    return read_facts(RunFolder(run.folder))[-1].fields.get("step")


def test_nothing_is_told_where_nothing_has_a_step(run: Run) -> None:
    run.log_metric("loss", 0.5)
    run.log_text("note", "a")
    assert step(run) is None


def test_the_step_is_that_of_the_last_points(run: Run) -> None:
    run.log_metric("loss", 0.5, 1)
    run.log_metric("loss", 0.5, 2)
    run.log_metrics(step=3, loss=0.5, accuracy=0.5)
    run.log_metric("loss", 0.5)
    assert step(run) == 3


def test_a_point_that_was_no_number_has_no_step(run: Run) -> None:
    run.log_metric("loss", 0.5, -5)
    run.log_metric("loss", 0.5, "third")  # type: ignore[arg-type]  # what a person may do
    assert step(run) == -5


def test_events_of_other_kinds_have_steps_too(run: Run) -> None:
    run.log_metric("loss", 0.5, 1)
    run.log_text("note", "a", step=9)
    assert step(run) == 9


def test_the_step_is_known_where_a_new_file_was_begun(run: Run) -> None:
    for number in range(1 << 15):
        run.log_metric("loss", 0.5, number)
    run.log_metric("loss", 0.5)
    assert step(run) == (1 << 15) - 1
