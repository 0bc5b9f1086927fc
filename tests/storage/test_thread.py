import asyncio
import os
from threading import Event, current_thread

import pytest

from polyaxon_sdk.storage.thread import in_thread


def test_the_result_comes_back_from_another_thread() -> None:
    async def ask() -> str:
        return await in_thread(lambda _: current_thread().name)

    assert asyncio.run(ask()) == "polyaxon-storage"


def test_an_error_comes_back_too() -> None:
    async def ask() -> float:
        return await in_thread(lambda _: 1 / 0)

    with pytest.raises(ZeroDivisionError, match="division by zero"):
        asyncio.run(ask())


def test_work_that_hangs_is_told_and_left_behind() -> None:
    told = Event()

    def hang(given_up: Event) -> None:
        given_up.wait()
        told.set()

    async def ask() -> None:
        async with asyncio.timeout(0.05):
            await in_thread(hang)

    with pytest.raises(TimeoutError, match=r"^$"):
        asyncio.run(ask())
    assert told.wait(10)


def test_work_that_hangs_keeps_no_other_waiting() -> None:
    over = Event()

    async def ask() -> list[str]:
        hanging = [asyncio.ensure_future(in_thread(lambda _: over.wait(60))) for _ in range(20)]
        names = [await in_thread(lambda _: current_thread().name) for _ in range(20)]
        over.set()
        await asyncio.gather(*hanging)
        return names

    assert asyncio.run(ask()) == ["polyaxon-storage"] * 20


def test_a_forked_child_has_threads_of_its_own() -> None:
    asyncio.run(in_thread(lambda _: None))  # one that waits for more, which the child has not
    pid = os.fork()
    if pid == 0:
        os._exit(asyncio.run(in_thread(lambda _: 7)))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
