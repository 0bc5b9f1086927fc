from collections.abc import Callable
from threading import Barrier, Lock

import pytest

from polyaxon_sdk.cli.artifacts.progress import Tell, side_by_side
from polyaxon_sdk.client.stored import NoFileError, StoredRun
from polyaxon_sdk.exceptions import StoreError

RUNS = [StoredRun(f"{number:032x}", None, None) for number in range(12)]


def test_runs_are_worked_on_side_by_side_and_answered_in_their_order() -> None:
    barrier = Barrier(4)

    def do(run: StoredRun, share: int, _tell: Tell) -> int:
        barrier.wait(60)
        return share

    assert side_by_side(RUNS, do, at_once=4) == ([(run, 4) for run in RUNS], 0)


def test_no_more_than_so_many_are_worked_on_at_once() -> None:
    lock, going, most = Lock(), 0, 0

    def do(_run: StoredRun, _share: int, _tell: Tell) -> None:
        nonlocal going, most
        with lock:
            going += 1
            most = max(most, going)
        with lock:
            going -= 1

    side_by_side(RUNS, do, at_once=3)
    assert 1 <= most <= 3


def fail_first(run: StoredRun, _share: int, _tell: Tell) -> str:
    if run is RUNS[0]:
        raise StoreError("the store fails")
    return "done"


def test_one_that_fails_is_told_and_ends_none_of_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert side_by_side(RUNS, fail_first) == ([(run, "done") for run in RUNS[1:]], 1)
    assert capsys.readouterr().err == "000000000000: the store fails\n"


def lack(runs: list[StoredRun]) -> Callable[[StoredRun, int, Tell], str]:
    """Do something that these runs lack the file for."""

    def do(run: StoredRun, _share: int, _tell: Tell) -> str:
        if run in runs:
            raise NoFileError("the run has no 'x'")
        return "done"

    return do


def test_those_that_lack_a_file_are_left_out() -> None:
    assert side_by_side(RUNS, lack(RUNS[1:])) == ([(RUNS[0], "done")], 0)


def test_a_file_that_all_lack_is_told() -> None:
    with pytest.raises(NoFileError, match="the run has no 'x'"):
        side_by_side(RUNS, lack(RUNS))


def test_the_only_one_that_fails_ends_the_command() -> None:
    with pytest.raises(StoreError, match="the store fails"):
        side_by_side(RUNS[:1], fail_first)


def test_nothing_is_done_with_no_runs() -> None:
    assert side_by_side([], fail_first) == ([], 0)
