"""Reading again what a store holds, and comparing it with what was stored."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, NamedTuple

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.storage.loop import run
from polyaxon_sdk.storage.pulse import Alive
from polyaxon_sdk.storage.retry import PassingStoreError, Retry

if TYPE_CHECKING:
    from polyaxon_sdk.storage.store import Store

__all__ = ["Expected", "Verified", "verify_many"]

_PIECE = 8 << 20


class Expected(NamedTuple):
    """One object as it was stored: its key, its size in bytes, `sha256:<hex>` of them."""

    key: str
    size: int
    checksum: str


class Verified(NamedTuple):
    """What is there in its place: `right`, `damaged` (other bytes), `missing`, or `unread` with the reason."""

    expected: Expected
    state: Literal["right", "damaged", "missing", "unread"]
    error: str = ""


def verify_many(
    store: Store,
    wanted: Sequence[Expected],
    *,
    workers: int | None = None,
    retry: Retry | None = None,
    each: Callable[[Verified], None] | None = None,
) -> list[Verified]:
    """Read objects again, at most `workers` at once (by default as many as the store takes well), every byte of them.

    What was found comes in the order of `wanted`.

    Nothing that happens to one of them is raised. `each` is called with every one as it is known.

    >>> verify_many(open_store("/mnt/team"), [Expected("0f/a", 3, "sha256:ba78…")])  # doctest: +SKIP
    """
    return run(_all(store, wanted, workers or store.workers, retry or Retry(), each))


async def _all(
    store: Store,
    wanted: Sequence[Expected],
    workers: int,
    retry: Retry,
    each: Callable[[Verified], None] | None,
) -> list[Verified]:
    found: dict[int, Verified] = {}

    async def work(queue: Iterator[tuple[int, Expected]]) -> None:
        for position, expected in queue:
            found[position] = await _verify(store, expected, retry)
            if each is not None:
                each(found[position])

    queue = iter(enumerate(wanted))
    async with asyncio.TaskGroup() as group:
        for _ in range(min(workers, len(wanted))):
            group.create_task(work(queue))
    return [found[position] for position in range(len(wanted))]


async def _verify(store: Store, expected: Expected, retry: Retry) -> Verified:
    error = ""
    for failures in range(1, retry.attempts + 1):
        try:
            async with Alive(retry.patience, most=retry.allowed(expected.size), is_work=True):
                return await _look(store, expected)
        except TimeoutError:
            error = retry.silence(store.url, expected.key)
        except PassingStoreError as trouble:
            error = str(trouble)
        except StoreError as trouble:
            return Verified(expected, "unread", str(trouble))
        if failures < retry.attempts:
            await asyncio.sleep(retry.pause(failures))
    return Verified(expected, "unread", error)


async def _look(store: Store, expected: Expected) -> Verified:
    stored = await store.stat(expected.key)
    if stored is None:
        return Verified(expected, "missing")
    if stored.size != expected.size:
        return Verified(expected, "damaged", f"{stored.size} bytes in place of {expected.size}")
    digest = sha256()
    for start, end in _pieces(expected.size):
        data = await store.get_bytes(expected.key, start=start, end=end)
        await asyncio.to_thread(digest.update, data)
    if f"sha256:{digest.hexdigest()}" != expected.checksum:
        return Verified(expected, "damaged", "other bytes than were stored")
    return Verified(expected, "right")


def _pieces(size: int) -> Iterable[tuple[int, int]]:
    return ((start, min(start + _PIECE, size)) for start in range(0, size, _PIECE))
