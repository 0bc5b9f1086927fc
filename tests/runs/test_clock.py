from collections.abc import Iterator
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.runs.clock import Clock

MOMENTS = st.lists(st.integers(0, 2**62), min_size=1, max_size=20)


def clock_that_shows(moments: list[int]) -> tuple[Clock, int]:
    shown: Iterator[int] = iter(moments)
    return Clock(now=lambda: next(shown)), len(moments)


@given(MOMENTS)
def test_stamps_grow_whatever_the_wall_clock_does(moments: list[int]) -> None:
    clock, count = clock_that_shows(moments)
    stamps = [clock.tick() for _ in range(count)]
    assert all(earlier < later for earlier, later in pairwise(stamps))


@given(MOMENTS, st.integers(0, 2**62))
def test_a_stamp_is_behind_whatever_was_seen(moments: list[int], seen: int) -> None:
    clock, _ = clock_that_shows(moments)
    clock.saw(seen)
    assert clock.tick() > seen


@given(MOMENTS.map(sorted))
def test_a_clock_that_behaves_is_never_behind_the_wall_clock(moments: list[int]) -> None:
    clock, _ = clock_that_shows(moments)
    assert all(clock.tick() >= moment for moment in moments)


def test_what_was_seen_long_ago_changes_nothing() -> None:
    clock = Clock(now=lambda: 100)
    clock.saw(7)
    assert clock.tick() == 100
