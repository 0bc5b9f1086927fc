"""Downloads: many objects at once, bounded, tried again, each verified and whole where it lands."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Literal, NamedTuple

from polyaxon_sdk.exceptions import InputError, StoreError
from polyaxon_sdk.storage.keys import checked
from polyaxon_sdk.storage.loop import run
from polyaxon_sdk.storage.pieces import LARGE, get_in_pieces
from polyaxon_sdk.storage.pulse import Alive
from polyaxon_sdk.storage.retry import PassingStoreError, Retry
from polyaxon_sdk.storage.source import SourceError, checksum

if TYPE_CHECKING:
    from polyaxon_sdk.storage.store import Store

__all__ = ["Get", "Got", "get_many", "landing"]

_NEVER = Event()


class Get(NamedTuple):
    """One object to bring here: its key, its path here, its size in bytes, and its checksum where it is known.

    With a `checksum`, a file that is here already and has it is left alone: a download that was cut off goes on.
    """

    key: str
    target: Path
    size: int
    checksum: str | None = None


class Got(NamedTuple):
    """What became of a get: `copied`, `there` already, or `damaged`, `failed` or `late` with the reason.

    `damaged`: the store's bytes are not those that were stored. `late`: given up before its turn.
    """

    get: Get
    state: Literal["copied", "there", "damaged", "failed", "late"]
    error: str = ""

    @property
    def is_here(self) -> bool:
        """Whether the file is here now, and right."""
        return self.state in {"copied", "there"}


def landing(root: Path, relative: str) -> Path:
    """The path of `relative` below `root`.

    Raises:
        InputError: it leads out of `root`, by itself or by a link on the way.

    >>> landing(Path("/tmp/here"), "outputs/a.txt")
    PosixPath('/tmp/here/outputs/a.txt')
    """
    path = root / checked(relative)
    place = os.path.realpath(root)
    if os.path.commonpath([place, os.path.realpath(path.parent)]) != place:
        raise InputError(
            f"{relative!r} leads out of {root}", expected="a folder without links that lead away"
        )
    return path


def get_many(
    store: Store,
    gets: Sequence[Get],
    *,
    workers: int | None = None,
    retry: Retry | None = None,
    given_up: Event = _NEVER,
    each: Callable[[Got], None] | None = None,
) -> list[Got]:
    """Bring objects here, at most `workers` at once (by default as many as the store takes well).

    What became of each comes in the order of `gets`.

    Nothing that happens to one of them is raised. `each` is called with every one as it is known.

    >>> get_many(open_store("/mnt/team"), [Get("0f/outputs/a", Path("a"), 3)])  # doctest: +SKIP
    """
    return run(_Batch(store, retry or Retry(), given_up, each).run(gets, workers or store.workers))


class _Batch:
    """The gets of one call."""

    def __init__(
        self, store: Store, retry: Retry, given_up: Event, each: Callable[[Got], None] | None
    ) -> None:
        self._store = store
        self._retry = retry
        self._given_up = given_up
        self._each = each
        self._found: dict[int, Got] = {}

    async def run(self, gets: Sequence[Get], workers: int) -> list[Got]:
        queue = iter(enumerate(gets))
        async with asyncio.TaskGroup() as group:
            for _ in range(min(workers, len(gets))):
                group.create_task(self._work(queue))
        return [self._found[position] for position in range(len(gets))]

    async def _work(self, queue: Iterator[tuple[int, Get]]) -> None:
        for position, get in queue:
            got = Got(get, "late", "given up") if self._given_up.is_set() else await self._get(get)
            self._found[position] = got
            if self._each is not None:
                self._each(got)

    async def _get(self, get: Get) -> Got:
        if await asyncio.to_thread(_is_here, get):
            return Got(get, "there")
        got = Got(get, "failed")
        for failures in range(1, self._retry.attempts + 1):
            got = await self._try(get)
            if got.is_here or got.state == "late" or self._given_up.is_set():
                return got
            if failures < self._retry.attempts:
                await asyncio.sleep(self._retry.pause(failures))
        return got

    async def _try(self, get: Get) -> Got:
        try:
            async with Alive(self._retry.patience, most=self._retry.allowed(get.size), is_work=True):
                taken = await self._take(get)
        except TimeoutError:
            return Got(
                get,
                "failed",
                self._retry.silence(self._store.url, get.key),
            )
        except PassingStoreError as error:
            return Got(get, "failed", str(error))
        except (StoreError, InputError, SourceError, OSError) as error:
            return Got(get, "late", str(error)) if self._given_up.is_set() else Got(get, "failed", str(error))
        if get.checksum is not None and taken != get.checksum:
            get.target.unlink(missing_ok=True)
            return Got(get, "damaged", f"store {self._store.url}: {get.key}: not the bytes that were stored")
        return Got(get, "copied")

    async def _take(self, get: Get) -> str:
        """Bring one object here; `sha256:<hex>` of its bytes."""
        if get.size >= LARGE and self._store.local(get.key) is None:
            return await get_in_pieces(
                self._store, get.key, get.target, size=get.size, mark=get.checksum or ""
            )
        return (await self._store.get_file(get.key, str(get.target))).checksum


def _is_here(get: Get) -> bool:
    try:
        return get.checksum is not None and checksum(str(get.target)) == get.checksum
    except SourceError:
        return False
