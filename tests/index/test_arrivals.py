from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.index.arrivals import Arrivals, Asking
from polyaxon_sdk.index.mirrored import mirrored
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings
from tests.index.test_mirror import settings, ship, team
from tests.polling import eventually

__all__ = ["settings", "team"]


class Failing:
    """What a store that fails at first is asked."""

    def __init__(self, times: int) -> None:
        self.left = times

    def __call__(self) -> None:
        self.left -= 1
        if self.left >= 0:
            raise StoreError("it can't be reached")


@pytest.fixture
def home(settings: Settings, team: Path) -> Path:
    """The mirror of the store."""
    return mirrored(settings, str(team)).home


def test_a_store_that_fails_is_asked_again_and_told_once(home: Path) -> None:
    asking, work = Asking(home), Failing(2)
    with pytest.warns(UserWarning, match="it can't be reached; it is asked again") as told:
        eventually(lambda: asking.ask(work))
    assert (len(told), work.left) == (1, -1)


def test_a_store_is_not_asked_again_at_once(home: Path) -> None:
    asking, work = Asking(home), Failing(0)
    assert (asking.ask(work), asking.ask(work), work.left) == (True, False, -1)


def test_a_run_that_changed_is_brought_where_it_is_marked(home: Path, team: Path) -> None:
    run = ship(team, "train")
    folder = RunFolder(home / "runs" / run.uuid)
    arrivals = Arrivals(folder, events=False)
    assert arrivals.look()
    ship(team, "train", uuid=run.uuid, loss=0.1)
    eventually(lambda: arrivals.look() and arrivals.count == 2)
    assert read_run(folder).outputs == {"loss": 0.1}


def test_a_run_without_a_new_mark_is_not_brought_again(home: Path, team: Path) -> None:
    arrivals = Arrivals(RunFolder(home / "runs" / ship(team, "train").uuid), events=True)
    arrivals.look()
    eventually(arrivals.look)
    assert arrivals.count == 1
