from pathlib import Path

import pytest

from polyaxon_sdk import tracking
from polyaxon_sdk.tracking.run import Run


def test_the_active_run_has_the_name_that_scripts_know(home: Path) -> None:
    with tracking.init() as run:
        assert tracking.TRACKING_RUN is run


def test_where_none_is_active_it_is_none() -> None:
    assert tracking.TRACKING_RUN is None


def test_the_active_run_is_got(home: Path) -> None:
    with tracking.init() as run:
        assert tracking.get_or_create_run() is run


def test_a_given_run_is_got(run: Run) -> None:
    assert tracking.get_or_create_run(run) is run


def test_a_run_is_made_where_none_is_active(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLYAXON_NO_OP", "true")
    with tracking.get_or_create_run() as run:
        assert tracking.active_run() is run


def test_another_name_is_none_of_the_modules() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'log_metrik'"):
        _ = tracking.log_metrik  # type: ignore[attr-defined]  # that is the test
