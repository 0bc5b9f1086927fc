"""How the end of a run is told."""

import pytest

from polyaxon_sdk.runner.pipelines.schedule import Ended, failure_of
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.runs.status import Condition


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("ValueError: no digits", "ValueError: no digits"),
        ("KeyError: a\nand more", "KeyError: a"),
        ("", "ExitHandler"),
        ("x" * 200, f"{'x' * 99}…"),
    ],
)
def test_why_a_run_failed_takes_one_short_line(message: str, told: str) -> None:
    state = RunState("0" * 32)
    state.conditions = [Condition("failed", "ExitHandler", message, 0.0)]
    assert failure_of(Ended("0", "failed", state)) == told


def test_what_succeeded_has_no_failure() -> None:
    assert failure_of(Ended("0", "succeeded", RunState("0" * 32))) == ""
