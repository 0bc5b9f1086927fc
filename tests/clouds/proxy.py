"""A proxy that makes what is behind it a bad service: busy, cut off, slow, frozen, full."""

import asyncio
import random
import socket
import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Thread
from typing import Any, NamedTuple
from weakref import WeakSet

import aiohttp
from aiohttp import web
from yarl import URL

__all__ = ["Faults", "FaultyProxy", "faulty_proxy"]

_BUSY = b"<?xml version='1.0'?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
_CODES = {500: b"InternalError", 507: b"XMinioStorageFull"}
"""How S3 services say why they refuse; denied access by default."""
_HOPS = frozenset({"connection", "keep-alive", "transfer-encoding"})
_RESET = struct.pack("ii", 1, 0)
"""Of SO_LINGER: closing sends a reset."""


class Faults(NamedTuple):
    """The share of requests that go wrong in each way, and by how many seconds all are late.

    Attributes:
        busy: `503 SlowDown`.
        resets: the connection is reset; half of them once the service has done what it was asked.
        cuts: the answer ends in the middle.
        delay: seconds.
    """

    busy: float = 0.0
    resets: float = 0.0
    cuts: float = 0.0
    delay: float = 0.0


class _Loop(asyncio.SelectorEventLoop):
    """Knows the connections that were made from it."""

    def __init__(self) -> None:
        super().__init__()
        self.made: WeakSet[asyncio.Transport] = WeakSet()

    async def create_connection(self, *words: Any, **named: Any) -> Any:  # it hands them on
        transport, protocol = await super().create_connection(*words, **named)
        self.made.add(transport)
        return transport, protocol


class FaultyProxy:
    """A running proxy; what it does wrong may be changed at any time.

    Attributes:
        port: where it listens.
        faults: see `Faults`.
        is_frozen: it accepts connections and requests, and answers none.
        is_over: what was frozen is reset.
        refuses: the status that every request which would write is answered with; 0: none.
        sent: bytes of requests that were let through.
        written: bytes of bodies that were let through, by path.
        asked: how many requests there were.
    """

    def __init__(self, target: int, seed: int) -> None:
        self.port = 0
        self.faults = Faults()
        self.is_frozen = False
        self.is_over = False
        self.refuses = 0
        self.sent = 0
        self.written = Counter[str]()
        self.asked = 0
        self._target = target
        self._luck = random.Random(seed)
        self._client: aiohttp.ClientSession | None = None

    async def serve(
        self, ready: asyncio.Future[int], over: asyncio.Event, connections: Iterable[asyncio.Transport]
    ) -> None:
        """Serve until it is over, and end the connections that were made to the service."""
        app = web.Application(client_max_size=1 << 30)
        app.router.add_route("*", "/{path:.*}", self._answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, auto_decompress=False)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        async with aiohttp.ClientSession(auto_decompress=False) as self._client:
            await site.start()
            self.port = runner.addresses[0][1]
            ready.set_result(self.port)
            await over.wait()
            await runner.cleanup()
        for connection in [*connections]:  # one that has bytes left to send stays open when it is closed
            connection.abort()
        await asyncio.sleep(0.1)  # they are gone a moment later

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.asked += 1
        body = await request.read()
        faults, fate = self.faults, self._luck.random()
        await asyncio.sleep(faults.delay)
        while self.is_frozen:
            await asyncio.sleep(0.05)
        if self.is_over:
            return _reset(request)
        if self.refuses and request.method in {"PUT", "POST"}:
            code = _CODES.get(self.refuses, b"AccessDenied")
            content = b"<?xml version='1.0'?><Error><Code>%s</Code><Message>No</Message></Error>" % code
            return web.Response(status=self.refuses, body=content, content_type="application/xml")
        if fate < faults.busy:
            return web.Response(status=503, body=_BUSY, content_type="application/xml")
        if fate < faults.busy + faults.resets / 2:
            return _reset(request)
        self.sent += len(body)
        self.written[request.path] += len(body)
        try:
            status, headers, content = await self._forward(request, body)
        except aiohttp.ClientError:
            return _reset(request)
        if fate < faults.busy + faults.resets:
            return _reset(request)
        if fate < faults.busy + faults.resets + faults.cuts and len(content) > 1:
            return await _cut(request, status, headers, content)
        answer = web.Response(status=status, headers=headers, body=content)
        if request.method == "HEAD":
            answer.headers["Content-Length"] = headers.get("Content-Length", "0")
        return answer

    async def _forward(self, request: web.Request, body: bytes) -> tuple[int, dict[str, str], bytes]:
        assert self._client is not None
        url = URL(f"http://127.0.0.1:{self._target}{request.raw_path}", encoded=True)
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _HOPS}
        async with self._client.request(
            request.method, url, headers=headers, data=BytesIO(body) if body else None
        ) as answer:
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in _HOPS}
            return answer.status, kept, await answer.read()


def _reset(request: web.Request) -> web.Response:
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        transport.abort()
    return web.Response()


async def _cut(
    request: web.Request, status: int, headers: dict[str, str], content: bytes
) -> web.StreamResponse:
    answer = web.StreamResponse(status=status, headers={**headers, "Content-Length": str(len(content))})
    await answer.prepare(request)
    await answer.write(content[: len(content) // 2])
    if request.transport is not None:
        request.transport.close()
    return answer


@contextmanager
def faulty_proxy(target: int, *, seed: int = 0) -> Iterator[FaultyProxy]:
    """A proxy before what listens on port `target`, well behaved at first."""
    proxy, loop = FaultyProxy(target, seed), _Loop()
    over = asyncio.Event()
    ready: asyncio.Future[int] = loop.create_future()
    serving = loop.create_task(proxy.serve(ready, over, loop.made))
    thread = Thread(target=loop.run_until_complete, args=(serving,), daemon=True)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(_result_of(ready), loop).result(60)
        yield proxy
    finally:
        proxy.is_over, proxy.is_frozen = True, False
        loop.call_soon_threadsafe(over.set)
        thread.join()
        loop.close()


async def _result_of(ready: asyncio.Future[int]) -> int:
    return await ready
