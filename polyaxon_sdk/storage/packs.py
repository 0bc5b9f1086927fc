"""The packs that hold a run's chunks: which of them are as they were stored, and which nothing names any more."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from polyaxon_sdk.storage.recipe import Pack
from polyaxon_sdk.storage.source import SourceError, checksum

if TYPE_CHECKING:
    from polyaxon_sdk.storage.keys import Stored
    from polyaxon_sdk.storage.store import Store

__all__ = ["Packs", "in_packs", "packs_of"]

_FOLDER = ".chunks"
_LEAVING = ".leaving"


def packs_of(run: str) -> str:
    """The folder of a run's packs.

    >>> packs_of("0f")
    '0f/.chunks'
    """
    return f"{run}/{_FOLDER}"


def in_packs(key: str) -> bool:
    """Whether a key is that of a pack, or of what is said of one."""
    return f"/{_FOLDER}/" in key


class Packs:
    """The packs of the runs in a store.

    One that is about to be freed is announced first, by an object beside it, and whoever names packs looks at
    them again after: either the one who frees sees the new recipe, or the one who wrote that sees the announcement.
    Each takes its own announcements away.

    >>> wait(Packs(open_store("/mnt/team")).put("/tmp/pack", "0f", "9f86d0…"))  # doctest: +SKIP
    """

    def __init__(self, below: Store) -> None:
        self._below = below
        self._right: set[Stored] = set()

    async def put(self, source: str, run: str, digest: str) -> tuple[str, Pack]:
        """Store a pack of a run, given `<hex>` of its SHA-256; its key and what is known of it."""
        key = f"{packs_of(run)}/{digest}.pack"  # the same again, so that a put that was cut off goes on
        if any(_leaving(each.key) == key for each in await self._below.list(packs_of(run))):
            key = f"{packs_of(run)}/{digest}-{os.urandom(4).hex()}.pack"
        copy = await self._below.put_file(source, key)
        stored = await self._below.stat(key)
        if stored is not None:
            self._right.add(stored)
        return key, Pack(copy.size, copy.stored)

    async def right(self, run: str, packs: Mapping[str, Pack]) -> frozenset[str]:
        """Those of a run's `packs` that may be named: there, as they were stored, and not about to be freed."""
        there = {each.key: each for each in await self._below.list(packs_of(run))}
        leaving = {_leaving(key) for key in there}
        asked = [key for key in packs if key in there and key not in leaving]
        found = await asyncio.gather(*(self._is_right(there[key], packs[key]) for key in asked))
        return frozenset(key for key, is_right in zip(asked, found, strict=True) if is_right)

    async def announce(self, run: str, named: Mapping[str, Pack]) -> dict[str, str]:
        """Announce that the packs of a run that are not `named` are to go: those, each with its announcement."""
        keys = {each.key for each in await self._below.list(packs_of(run))}
        mark = f".{os.urandom(4).hex()}{_LEAVING}"
        spare = {key: key + mark for key in sorted(keys) if not _leaving(key) and key not in named}
        await asyncio.gather(*(self._below.put_bytes(b"", each) for each in spare.values()))
        return spare

    async def free(self, announced: Mapping[str, str], named: Mapping[str, Pack]) -> int:
        """Take away those of the `announced` that are not `named` by now; how many those were."""
        gone = announced.keys() - named.keys()
        await asyncio.gather(*map(self._below.remove, gone))
        await asyncio.gather(*map(self._below.remove, announced.values()))
        return len(gone)

    async def _is_right(self, stored: Stored, pack: Pack) -> bool:
        """Whether a pack has the bytes that it had: the store tells of them, or they are read, once."""
        if stored not in self._right:
            if pack.tag:
                is_right = stored.size == pack.size and await self._below.checksum(stored.key) == pack.tag
            else:
                is_right = await asyncio.to_thread(self._is_named_so, stored.key)
            if not is_right:
                return False
            self._right.add(stored)
        return True

    def _is_named_so(self, key: str) -> bool:
        """Whether a pack in a folder has the bytes that its name tells of."""
        place = self._below.local(key)
        try:
            return place is not None and checksum(str(place)) == f"sha256:{place.stem.partition('-')[0]}"
        except SourceError:
            return False


def _leaving(key: str) -> str:
    """The pack that an announcement is of; empty for what is none."""
    return key.removesuffix(_LEAVING).rpartition(".")[0] if key.endswith(_LEAVING) else ""
