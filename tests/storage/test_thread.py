import asyncio
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
