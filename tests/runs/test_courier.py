"""Doing file work beside the calling thread."""

from collections.abc import Callable
from threading import Event, get_ident
from time import monotonic
from zlib import crc32

import pytest

from polyaxon_sdk.runs.courier import PATIENCE, Courier
from tests.polling import eventually


def seconds(call: Callable[[], object]) -> float:
    """How long a call takes."""
    began = monotonic()
    call()
    return monotonic() - began


def test_work_is_done_when_the_call_returns() -> None:
    done: list[int] = []
    courier = Courier()
    assert [courier.do(lambda: done.append(len(done))) for _ in range(3)] == [True] * 3
    assert done == [0, 1, 2]


def test_work_is_done_by_another_thread() -> None:
    threads: list[int] = []
    Courier().do(lambda: threads.append(get_ident()))
    assert threads != [get_ident()]


def test_a_call_waits_no_longer_than_its_patience() -> None:
    courier, answer = Courier(), Event()
    assert not courier.do(lambda: answer.wait(60))
    answer.set()


def test_behind_work_that_is_stuck_nobody_waits() -> None:
    courier, answer = Courier(), Event()
    courier.do(lambda: answer.wait(60))
    assert seconds(lambda: [courier.do(lambda: None) for _ in range(100)]) < 100 * PATIENCE / 2
    answer.set()


def test_what_was_asked_for_meanwhile_is_done_in_its_order() -> None:
    courier, answer, done = Courier(), Event(), list[int]()
    courier.do(lambda: answer.wait(60))
    courier.do(lambda: done.append(1))
    courier.do(lambda: done.append(2))
    answer.set()
    assert eventually(lambda: len(done) == 2 and done) == [1, 2]


def test_the_same_work_waits_once() -> None:
    courier, answer, done = Courier(), Event(), list[int]()
    stuck, work = (lambda: answer.wait(60)), (lambda: done.append(1))
    courier.do(stuck)
    assert [courier.do(work) for _ in range(5)] == [False] * 5
    answer.set()
    assert courier.do(lambda: None, 60)
    assert done == [1]


def test_work_may_ask_for_work() -> None:
    courier, done = Courier(), list[int]()
    courier.do(lambda: courier.do(lambda: done.append(1)))
    assert eventually(lambda: done) == [1]


def compute(seconds: float) -> None:
    """Use a processor, or wait for one, for some time."""
    over = monotonic() + seconds
    while monotonic() < over:
        crc32(bytes(1 << 20))


@pytest.mark.system
def test_a_disk_that_hangs_is_told() -> None:
    told, answer = list[str](), Event()
    courier = Courier(lambda: told.append("hangs"))
    courier.do(lambda: answer.wait(60))
    assert eventually(lambda: courier.do(lambda: None) or told, 60)
    answer.set()


@pytest.mark.system
def test_no_disk_is_blamed_for_work_that_takes_a_processor_long() -> None:
    told = list[str]()
    courier = Courier(lambda: told.append("hangs"))
    courier.do(lambda: compute(2.0))
    assert eventually(lambda: courier.do(lambda: None), 60)
    assert told == []


@pytest.mark.system
def test_who_has_seconds_for_a_disk_has_more_of_them_for_a_processor() -> None:
    assert Courier().do(lambda: compute(2.5), 1.0)
