from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.storage.throttle import Throttle


def test_without_a_rate_nothing_waits() -> None:
    assert Throttle(None).claim(1 << 40) == 0


def test_a_second_s_worth_goes_at_once_and_the_rest_waits() -> None:
    throttle = Throttle(100, now=lambda: 5.0)
    assert [throttle.claim(100) for _ in range(3)] == [0, 1, 2]


def test_idle_time_is_not_saved_up() -> None:
    times = iter([0.0, 1000.0, 1000.0])
    throttle = Throttle(100, now=lambda: next(times))
    assert [throttle.claim(100) for _ in range(3)] == [0, 0, 1]


@given(sizes=st.lists(st.integers(1, 1000), min_size=1, max_size=50))
def test_no_more_than_the_rate_and_a_second_s_worth_is_ever_sent(sizes: list[int]) -> None:
    throttle = Throttle(100, now=lambda: 0.0)
    waits = [throttle.claim(size) for size in sizes]
    assert waits[-1] >= sum(sizes) / 100 - 1 - 1e-9
