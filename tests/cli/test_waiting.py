"""A person hears of a store that a command waits for, and of none else."""

import pytest

from polyaxon_sdk.cli.waiting import waiting_for
from polyaxon_sdk.storage.pulse import PULSE
from tests.polling import eventually


def test_a_store_that_gives_no_sign_of_life_is_told_once(capfd: pytest.CaptureFixture[str]) -> None:
    with waiting_for("s3://team", silence=0.05):
        told = eventually(lambda: capfd.readouterr().err)
    assert told + capfd.readouterr().err == "waiting for an answer of s3://team …\n"


def test_of_a_store_that_answers_in_time_nothing_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    with waiting_for("s3://team", silence=60):
        PULSE.worked()
    assert capfd.readouterr().err == ""
