import asyncio
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest

from polyaxon_sdk.storage.loop import answered_by, run
from polyaxon_sdk.storage.retry import SilentStoreError


async def thread() -> int:
    return threading.get_ident()


async def fail() -> None:
    raise KeyError("lost")


def test_all_work_runs_on_one_loop() -> None:
    assert run(thread()) == run(thread()) != threading.get_ident()


def test_what_the_work_raises_comes_back() -> None:
    with pytest.raises(KeyError, match="lost"):
        run(fail())


async def be_late() -> None:
    raise TimeoutError("of its own")


def test_work_is_waited_for_no_longer_than_said() -> None:
    with answered_by(monotonic() + 0.05), pytest.raises(SilentStoreError, match="no answer in time"):
        run(asyncio.sleep(600))
    assert run(asyncio.sleep(0, 7)) == 7


def test_a_timeout_of_the_work_is_its_own() -> None:
    with answered_by(monotonic() + 600), pytest.raises(TimeoutError, match="of its own"):
        run(be_late())


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
