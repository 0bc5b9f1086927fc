"""What tells a store that is slow from one that is frozen."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from threading import Event
from time import sleep

import pytest

from polyaxon_sdk.storage.loop import run
from polyaxon_sdk.storage.pulse import PULSE, Alive, Pulse
from tests.servers import Misbehaviour, hang, misbehaving

LARGE = bytes(24 << 20)
"""More than the kernels of both sides hold."""


@pytest.fixture
def send(request: pytest.FixtureRequest) -> Iterator[Callable[[Alive], str]]:
    """Send much to a server that behaves so, and wait for its answer."""
    behave: Misbehaviour = request.param
    with misbehaving(behave) as url:
        port = int(url.rpartition(":")[2].partition("/")[0])

        async def talk(alive: Alive) -> str:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            with closing(writer):
                async with alive:
                    writer.write(LARGE)
                    await writer.drain()
                    return (await reader.read()).decode()

        yield lambda alive: run(talk(alive))


def take_slowly(connection: socket.socket, over: Event) -> None:
    """Take what comes piece by piece, and answer once it is all there."""
    left = len(LARGE) - 4096
    while left > 0 and not over.wait(0.08):
        left -= len(connection.recv(min(left, 1 << 19)))
    connection.sendall(b"thanks")


@pytest.mark.system
@pytest.mark.parametrize("send", [take_slowly], indirect=True)
def test_a_server_that_is_slow_is_waited_for(send: Callable[[Alive], str]) -> None:
    assert send(Alive(2.5, most=60.0)) == "thanks"


@pytest.mark.parametrize("send", [take_slowly], indirect=True)
def test_one_that_is_too_slow_is_not(send: Callable[[Alive], str]) -> None:
    with pytest.raises(TimeoutError, match=r"^$"):
        send(Alive(60.0, most=0.2))


@pytest.mark.parametrize("send", [hang], indirect=True)
def test_a_server_that_froze_is_given_up(send: Callable[[Alive], str]) -> None:
    with pytest.raises(TimeoutError, match=r"^$"):
        send(Alive(0.2, most=600.0))


async def work(times: int) -> str:
    """Do something that moves no bytes of a connection."""
    for _ in range(times):
        await asyncio.to_thread(sleep, 0.02)
        PULSE.worked()
    return "done"


async def within(alive: Alive) -> str:
    async with alive:
        return await work(30)


def test_reading_a_file_is_a_sign_of_life_where_that_counts() -> None:
    assert run(within(Alive(0.3, most=60.0, is_work=True))) == "done"


def test_reading_a_file_is_none_where_an_answer_is_waited_for() -> None:
    with pytest.raises(TimeoutError, match=r"^$"):
        run(within(Alive(0.3, most=60.0)))


def test_a_connection_that_moved_something_is_seen_and_one_that_is_closed_forgotten() -> None:
    time, counts = iter(range(10)), iter([0, 5, None])
    pulse = Pulse(lambda: float(next(time)))
    pulse.watch(lambda: next(counts))
    for _ in range(4):
        pulse.look()
    assert (pulse.moved_at, next(counts, "asked no more")) == (1.0, "asked no more")
