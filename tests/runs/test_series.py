from collections.abc import Callable

import pytest

from polyaxon_sdk.runs.columns import read_columns
from polyaxon_sdk.runs.event_series import read_event_series
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.series import last_values, read_series
from tests.sidecar.draining import drain, one_after_another

Drained = Callable[[RunFolder], object]


def as_it_is(folder: RunFolder) -> None:
    """Drain nothing."""


@pytest.fixture(params=[as_it_is, drain], ids=["journals", "drained"])
def run(request: pytest.FixtureRequest, folder: RunFolder) -> RunFolder:
    """A run that two processes logged to, of whose journals that of the later one comes first."""
    one_after_another(folder)
    do: Drained = request.param
    do(folder)
    return folder


def test_points_of_processes_are_in_the_order_of_their_times(run: RunFolder) -> None:
    assert [point.value for point in read_series(run)["loss"]] == [0.0, 1.0, 2.0, 3.0]


def test_the_last_value_is_that_of_the_process_that_logged_last(run: RunFolder) -> None:
    assert last_values(run) == {"loss": 3.0}


@pytest.mark.parametrize("kind", ["metric", "text"])
def test_series_of_any_kind_are_in_that_order(run: RunFolder, kind: str) -> None:
    (series,) = read_event_series(run, kind)
    found = read_columns(series.read(), kind).values
    assert [float(str(value)) for value in found] == [0.0, 1.0, 2.0, 3.0]
