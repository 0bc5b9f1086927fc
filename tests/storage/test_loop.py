import asyncio
import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from polyaxon_sdk.storage.loop import run


async def thread() -> int:
    return threading.get_ident()


async def fail() -> None:
    raise KeyError("lost")


def test_all_work_runs_on_one_loop() -> None:
    assert run(thread()) == run(thread()) != threading.get_ident()


def test_what_the_work_raises_comes_back() -> None:
    with pytest.raises(KeyError, match="lost"):
        run(fail())


def test_many_threads_may_ask_at_once() -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda number: run(asyncio.sleep(0.01, number)), range(8)))
    assert answers == [*range(8)]


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_child_has_a_loop_of_its_own() -> None:
    run(asyncio.sleep(0))
    pid = os.fork()
    if not pid:
        os._exit(run(asyncio.sleep(0, 7)))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
