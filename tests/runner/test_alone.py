"""One process at a time carries a run out."""

from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runner.alone import alone
from polyaxon_sdk.runs.record import RecordWriter
from tests.runner.conftest import MakePlan, shell


def test_a_second_one_is_told_and_begins_nothing(plan_of: MakePlan, tmp_path: Path) -> None:
    plan, second = plan_of(shell("true")), tmp_path / "second"
    with alone(plan, lambda: None):
        with pytest.raises(InputError, match=r"goes on with run .* already"), alone(plan, second.touch):
            pass
        assert not second.exists()


def test_a_new_run_that_was_begun_by_another_is_not_begun_again(plan_of: MakePlan, tmp_path: Path) -> None:
    plan, second = plan_of(shell("true")), tmp_path / "second"
    RecordWriter(plan.folder.create()).append("created", name="begun")
    with pytest.raises(InputError, match=r"has begun run .* already"), alone(plan, second.touch):
        pass
    assert not second.exists()


def test_the_next_one_may_go_on(plan_of: MakePlan, tmp_path: Path) -> None:
    plan, second = plan_of(shell("true")), tmp_path / "second"
    with alone(plan, lambda: None):
        pass
    with alone(plan, second.touch):
        assert second.exists()
