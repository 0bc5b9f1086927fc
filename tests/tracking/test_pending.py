"""Values that are still being computed, stood in for by ones that a test lets go of."""

from collections.abc import Callable
from threading import Event, Thread

import pytest

from polyaxon_sdk.tracking.pending import Awaited, Pending
from tests.polling import eventually


class Taken:
    """What a queue of values gave, and what it complained of."""

    def __init__(self) -> None:
        self.values: list[float] = []
        self.released: list[str] = []
        self.troubles: list[str] = []
        self.pending = Pending(
            lambda point, value: self.values.append(value),
            hold=lambda name: None,
            release=lambda name, series: self.released.append(name),
            on_trouble=self.troubles.append,
        )


@pytest.fixture
def taken() -> Taken:
    return Taken()


def point(promise: Callable[[], float], name: str = "loss") -> Awaited:
    return Awaited(name, 0, 1, 1.0, promise)


class Computed:
    """A value that is there once the test says so."""

    def __init__(self, value: float) -> None:
        self.value = value
        self.is_there = Event()

    def __call__(self) -> float:
        self.is_there.wait(60)
        return self.value


def broken() -> float:
    raise RuntimeError("the device\nis gone")


def test_nobody_waits_for_a_value_and_it_is_kept_once_it_is_there(taken: Taken) -> None:
    value = Computed(0.5)
    taken.pending.add(point(value))
    assert taken.values == []
    value.is_there.set()
    assert eventually(lambda: taken.values) == [0.5]


def test_values_keep_their_order(taken: Taken) -> None:
    first, second = Computed(1.0), Computed(2.0)
    taken.pending.add(point(first))
    taken.pending.add(point(second))
    second.is_there.set()
    assert taken.values == []
    first.is_there.set()
    taken.pending.settle(20)
    assert taken.values == [1.0, 2.0]


def test_what_is_there_already_waits_behind_its_series(taken: Taken) -> None:
    first = Computed(1.0)
    taken.pending.add(point(first))
    assert taken.pending.add_behind(point(lambda: 2.0))
    assert not taken.pending.add_behind(point(lambda: 3.0, "accuracy"))
    first.is_there.set()
    taken.pending.settle(20)
    assert taken.values == [1.0, 2.0]


def test_a_series_is_let_go_of_when_nothing_of_it_waits(taken: Taken) -> None:
    first, second = Computed(1.0), Computed(2.0)
    taken.pending.add(point(first))
    taken.pending.add(point(second))
    first.is_there.set()
    eventually(lambda: taken.values)
    assert taken.released == []
    second.is_there.set()
    taken.pending.settle(20)
    assert taken.released == ["loss"]
    assert not taken.pending.add_behind(point(lambda: 3.0))


def test_a_value_that_the_device_loses_is_told_and_the_next_ones_are_kept(taken: Taken) -> None:
    taken.pending.add(point(broken))
    taken.pending.add(point(lambda: 2.0))
    taken.pending.settle(20)
    assert taken.values == [2.0]
    assert eventually(lambda: taken.troubles) == ["metric 'loss' is left out: the device is gone"]


def test_a_device_that_hangs_holds_the_end_up_for_so_long_and_no_longer(taken: Taken) -> None:
    hanging = Computed(1.0)
    taken.pending.add(point(hanging))
    taken.pending.add_behind(point(lambda: 2.0))
    taken.pending.settle(0.05)
    assert taken.troubles == ["2 values are lost: the device had not computed them 0.05 s after the end"]
    hanging.is_there.set()
    assert taken.values == []


def test_a_forked_child_begins_with_nothing_that_waits(taken: Taken) -> None:
    value = Computed(1.0)
    taken.pending.add(point(value))
    taken.pending.restart()
    taken.pending.add(point(lambda: 2.0))
    taken.pending.settle(20)
    assert taken.values == [2.0]
    value.is_there.set()


def test_more_than_may_wait_wait_in_the_caller_which_is_told(taken: Taken) -> None:
    value = Computed(1.0)
    for _ in range(10_000):
        taken.pending.add(point(value))
    caller = Thread(target=taken.pending.add, args=(point(lambda: 2.0),))
    caller.start()
    assert "waits for the device" in eventually(lambda: taken.troubles)[0]
    value.is_there.set()
    caller.join(60)
    taken.pending.settle(20)
    assert taken.values == [1.0] * 10_000 + [2.0]
