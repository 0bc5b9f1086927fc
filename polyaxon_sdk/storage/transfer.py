"""Transfers: many files at once, bounded, tried again, each with a result of its own."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from polyaxon_sdk.exceptions import InputError, StoreError
from polyaxon_sdk.storage.keys import Copy, place
from polyaxon_sdk.storage.loop import run
from polyaxon_sdk.storage.pulse import Alive
from polyaxon_sdk.storage.retry import PassingStoreError, Retry, SilentStoreError
from polyaxon_sdk.storage.source import SourceError, SourceState

if TYPE_CHECKING:
    from polyaxon_sdk.storage.store import Store

__all__ = ["Outcome", "Put", "put_many", "wait"]

T = TypeVar("T")

_PATIENCE = 60.0
_HOPELESS = 8
"""After this many files in a row whose every attempt failed, the store is taken to be down."""


class Put(NamedTuple):
    """One file to store: its local path, its key, how many of its bytes where it still grows, what was put of it."""

    source: str
    key: str
    limit: int | None = None
    after: Copy | None = None


class Outcome(NamedTuple):
    """What became of a put: `stored` with the copy, or another state with the reason.

    `changed`: the file changed while it was copied, and nothing was stored. `gone`, `unreadable`: the local
    file. `failed`: the store, which may take it later. `refused`: the store, and a person has to mend it.
    `late`: the time was over. `is_down`: the store gave no answer any more, to this one or to those before.
    """

    put: Put
    state: Literal["stored", "failed", "refused", "late"] | SourceState
    copy: Copy | None = None
    error: str = ""
    is_down: bool = False


def wait(work: Coroutine[object, object, T], *, within: float | None = _PATIENCE) -> T:
    """Run one call of a store from code that is not asynchronous.

    Raises:
        PassingStoreError: there was no answer `within` so many seconds.

    >>> wait(open_store("/mnt/team").stat("0f/run.plx.json"))  # doctest: +SKIP
    """

    async def answer() -> T:
        async with asyncio.timeout(within):
            return await work

    try:
        return run(answer())
    except TimeoutError:
        raise SilentStoreError(f"the store gave no answer within {within:g} s") from None


def put_many(
    store: Store,
    puts: Sequence[Put],
    *,
    workers: int | None = None,
    retry: Retry | None = None,
    within: float | None = None,
    each: Callable[[Outcome], None] | None = None,
) -> list[Outcome]:
    """Store files, at most `workers` at once (by default as many as the store takes well), in any order.

    The outcomes come in the order of `puts`.

    Nothing that happens to one file is raised: it is that file's outcome. `each` is called with every
    outcome as it is known. What is not done `within` so many seconds is late.

    >>> put_many(open_store("/mnt/team"), [Put("/tmp/model.bin", "0f/outputs/model.bin")])  # doctest: +SKIP
    """
    return run(_Batch(store, puts, retry or Retry(), each).run(workers or store.workers, within))


class _Batch:
    """The puts of one call."""

    def __init__(
        self, store: Store, puts: Sequence[Put], retry: Retry, each: Callable[[Outcome], None] | None
    ) -> None:
        self._store = store
        self._puts = puts
        self._retry = retry
        self._each = each
        self._outcomes: dict[int, Outcome] = {}
        self._hopeless = 0
        self._reason = ""

    async def run(self, workers: int, within: float | None) -> list[Outcome]:
        queue = iter(enumerate(self._puts))
        try:
            async with asyncio.timeout(within), asyncio.TaskGroup() as group:
                for _ in range(min(workers, len(self._puts))):
                    group.create_task(self._work(queue))
        except TimeoutError:
            late = [position for position in range(len(self._puts)) if position not in self._outcomes]
            for position in late:
                self._settle(
                    position, Outcome(self._puts[position], "late", error=f"no time left of {within:g} s")
                )
        return [self._outcomes[position] for position in range(len(self._puts))]

    async def _work(self, queue: Iterator[tuple[int, Put]]) -> None:
        for position, put in queue:
            down = self._hopeless >= _HOPELESS
            self._settle(position, self._failed(put) if down else await self._put(put))

    async def _put(self, put: Put) -> Outcome:
        for failures in range(1, self._retry.attempts + 1):
            try:
                copy = await self._put_in_time(put)
            except SourceError as error:
                return Outcome(put, error.state, error=str(error))
            except SilentStoreError as error:
                self._reason, self._hopeless = str(error), _HOPELESS
                return self._failed(put)
            except PassingStoreError as error:
                self._reason = str(error)
            except (StoreError, InputError) as error:
                return Outcome(put, "refused", error=str(error))
            except Exception as error:  # of a cloud's library: the other files are to arrive
                return Outcome(put, "refused", error=self._unforeseen(put, error))
            else:
                self._hopeless = 0
                return Outcome(put, "stored", copy)
            if failures < self._retry.attempts:
                await asyncio.sleep(self._retry.pause(failures))
        self._hopeless += 1
        return self._failed(put)

    async def _put_in_time(self, put: Put) -> Copy:
        try:
            async with Alive(self._retry.patience, most=self._retry.allowed(_size(put)), is_work=True):
                return await self._store.put_file(put.source, put.key, limit=put.limit, after=put.after)
        except TimeoutError:
            raise SilentStoreError(self._retry.silence(self._store.url, put.key)) from None

    def _unforeseen(self, put: Put, error: Exception) -> str:
        why = " ".join(str(error).split())
        return f"{place(self._store.url, put.key)}: {type(error).__name__}: {why}"

    def _failed(self, put: Put) -> Outcome:
        return Outcome(put, "failed", error=self._reason, is_down=self._hopeless >= _HOPELESS)

    def _settle(self, position: int, outcome: Outcome) -> None:
        self._outcomes[position] = outcome
        if self._each is not None:
            self._each(outcome)


def _size(put: Put) -> int:
    if put.limit is not None:
        return put.limit
    try:
        return os.lstat(put.source).st_size
    except OSError:
        return 0
