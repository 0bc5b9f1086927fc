from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.sidecar.pace import Pace, Rates
from polyaxon_sdk.sidecar.tree import Kind, RunFile

RATES = Rates(interval=10, settle=2, growing=100, rewritten=1000, longest=300)


def file(size: int, *, changed: float = 0, kind: Kind = "series", path: str = "") -> RunFile:
    return RunFile("name", path, size, int(changed * 1e9), kind)


def shipped(size: int, now: float, *, kind: Kind = "series", path: str = "") -> Pace:
    pace = Pace(RATES)
    pace.was_shipped(file(size, kind=kind, path=path), size, now)
    return pace


def test_what_was_never_shipped_is_due() -> None:
    assert Pace(RATES).is_due(file(1), 0)


@pytest.mark.parametrize(
    ("size", "now", "due"),
    [(6, 9, False), (6, 10, True), (10, 1, True), (9_000, 1, True), (9, 1, False)],
    ids=["soon", "after an interval", "doubled", "grown much", "grown little"],
)
def test_a_growing_file_is_due_when_it_doubled_or_an_interval_passed(
    size: int, now: float, due: bool
) -> None:
    assert shipped(5, 0).is_due(file(size), now) is due


@pytest.mark.parametrize(("now", "due"), [(10, False), (59, False), (60, True)])
def test_a_large_growing_file_waits_longer(now: float, due: bool) -> None:
    assert shipped(5_000, 0).is_due(file(6_000), now) is due


@given(growth=st.lists(st.integers(0, 5_000), min_size=1, max_size=400))
def test_shipping_a_growing_file_costs_no_more_than_rate_and_size_allow(growth: list[int]) -> None:
    pace, size, cost = Pace(RATES), 1, 0
    for now, grown in enumerate(growth):
        size += grown
        if pace.is_due(file(size), now):
            pace.was_shipped(file(size), size, now)
            cost += size
    assert cost <= 2 * size + RATES.growing * len(growth) + size


@pytest.mark.parametrize(("age", "due"), [(1.9, False), (2, True)])
def test_a_file_of_the_user_must_lie_still(age: float, due: bool) -> None:
    assert Pace(RATES).is_due(file(1, changed=100 - age, kind="free"), 100) is due


def test_a_file_that_never_lies_still_is_due_after_an_interval() -> None:
    pace = Pace(RATES)
    due = [pace.is_due(file(1, changed=now, kind="free"), now) for now in range(100, 112, 2)]
    assert due == [False, False, False, False, False, True]


def test_a_file_from_the_future_is_due_after_an_interval() -> None:
    pace = Pace(RATES)
    assert [pace.is_due(file(1, changed=10_000, kind="free"), now) for now in (0, 9, 10)] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(("now", "due"), [(10, True), (9, False)])
def test_a_file_written_anew_is_due_after_an_interval(tmp_path: Path, now: float, due: bool) -> None:
    path = tmp_path / "model"
    path.write_bytes(b"a" * 5_000)
    pace = shipped(5_000, 0, kind="free", path=str(path))
    path.write_bytes(b"b" * 5_100)
    assert pace.is_due(file(5_100, changed=-10, kind="free", path=str(path)), now) is due


def test_a_file_of_the_user_that_grows_is_known_by_its_old_end(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"a" * 5_000)
    pace = shipped(5_000, 0, kind="free", path=str(path))
    path.write_bytes(b"a" * 5_000 + b"b" * 100)
    assert not pace.is_due(file(5_100, changed=-10, kind="free", path=str(path)), 50)


def test_a_view_is_always_due() -> None:
    assert shipped(5, 100, kind="view").is_due(file(5, changed=100, kind="view"), 100)


def test_what_could_not_be_copied_waits_longer_each_time() -> None:
    pace = Pace(RATES)
    pace.was_not_shipped(file(1), 0)
    assert [pace.is_due(file(1), now) for now in (9, 10)] == [False, True]
    pace.was_not_shipped(file(1), 10)
    assert [pace.is_due(file(1), now) for now in (29, 30)] == [False, True]


@pytest.mark.parametrize("kind", ["series", "free", "view"])
def test_a_clock_that_jumps_back_stops_nothing(kind: Kind) -> None:
    pace = shipped(5, 1_000_000, kind=kind)
    pace.was_not_shipped(file(5, kind=kind), 1_000_000)
    assert pace.is_due(file(6, kind=kind), 500)


def test_a_file_that_vanished_is_no_growing_one(tmp_path: Path) -> None:
    pace = shipped(5, 0, kind="free", path=str(tmp_path / "gone"))
    assert pace.is_due(file(6, kind="free", path=str(tmp_path / "gone")), 10)


PAID = RATES._replace(growing=0, growth=4, free=4)
"""Of a store that takes whole files only, and is paid for."""


@pytest.mark.parametrize(("size", "now", "due"), [(19, 1_000_000, False), (20, 1, True)])
def test_a_growing_file_waits_for_its_growth_where_each_byte_is_paid(
    size: int, now: float, due: bool
) -> None:
    pace = Pace(PAID)
    pace.was_shipped(file(5), 5, 0)
    assert pace.is_due(file(size), now) is due


@given(growth=st.lists(st.integers(0, 5_000), min_size=1, max_size=400))
def test_shipping_a_growing_file_costs_less_than_two_and_a_half_times_its_size(growth: list[int]) -> None:
    pace, size, cost = Pace(PAID), 1, 0
    for now, grown in enumerate(growth):
        size += grown
        if pace.is_due(file(size), now * 100):
            pace.was_shipped(file(size), size, now * 100)
            cost += size
    assert cost + size <= 7 / 3 * size + 1


@pytest.mark.parametrize(
    ("size", "now", "due"),
    [(101, 59, False), (101, 60, True), (125, 9, False), (125, 10, True)],
    ids=["little", "little, after a minute", "a quarter, soon", "a quarter, after an interval"],
)
def test_a_file_of_which_the_rest_is_sent_is_due_more_often(size: int, now: float, due: bool) -> None:
    pace = Pace(PAID._replace(appends_from=100))
    pace.was_shipped(file(100), 100, 0)
    assert pace.is_due(file(size), now) is due
