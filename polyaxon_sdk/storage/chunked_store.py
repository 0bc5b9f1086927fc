"""A store that takes of a large file only what is new: the chunks that no earlier file of its run had."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.storage.cutting import Cut, check_cutting, cut
from polyaxon_sdk.storage.keys import Copy, Stored
from polyaxon_sdk.storage.layered_store import LayeredStore
from polyaxon_sdk.storage.pieces import get_in_pieces
from polyaxon_sdk.storage.recipe import Recipe, Segment

if TYPE_CHECKING:
    from polyaxon_sdk.storage.store import Store

__all__ = ["ChunkedStore"]

_RECIPE = ".plxchunks"
_PACKS = ".chunks"


class ChunkedStore(LayeredStore):
    """Reads what is stored in chunks as if it were whole, and with `chunk_from` stores large files so.

    Of such a file, a pack with its new chunks lies in `<run>/.chunks/`, and beside its key a recipe that tells
    where each chunk is. Chunks are cut by content (FastCDC), so that what is inserted moves no border but its own.

    Args:
        below: the store that holds recipes and packs.
        chunk_from: bytes from which a file is stored in chunks; None for none.

    Raises:
        MissingExtraError: there is nothing installed that cuts.

    >>> store = ChunkedStore(open_store("/mnt/team"), 64 << 20)  # doctest: +SKIP
    >>> wait(store.put_file("model.bin", "0f/outputs/model.bin")).sent  # doctest: +SKIP
    1048576
    """

    def __init__(self, below: Store, chunk_from: int | None = None) -> None:
        super().__init__(below)
        if chunk_from is not None:
            check_cutting()
        self._chunk_from = chunk_from
        self._recipes: dict[tuple[str, int], Recipe] = {}
        self._known: dict[str, dict[str, Segment]] = {}

    async def put_file(
        self, source: str, key: str, *, limit: int | None = None, after: Copy | None = None
    ) -> Copy:
        """Store a local file; a large one in chunks."""
        least = self._chunk_from
        if least is None or limit is not None or os.lstat(source).st_size < least:
            copy = await self._below.put_file(source, key, limit=limit, after=after)
            if least is not None:
                await self._below.remove(key + _RECIPE)
            return copy
        run = key.partition("/")[0]
        known = await self._chunks_of(run)
        with NamedTemporaryFile(prefix="plx-pack-") as pack:
            found = await asyncio.to_thread(cut, source, frozenset(known), pack.name)
            name = f"{run}/{_PACKS}/{found.pack_hash}.pack"
            if found.pack_size:
                await self._below.put_file(pack.name, name)
        recipe = self._recipe(found, name, known)
        await self._below.put_bytes(recipe.encode(), key + _RECIPE)
        if await self._below.stat(key) is not None:
            await self._below.remove(key)
        known.update((each.hash, each) for each in recipe.segments)
        return Copy(found.size, found.mtime_ns, found.checksum, "", found.pack_size)

    async def get_file(self, key: str, target: str) -> Copy:
        """Copy an object to a local path, which appears whole."""
        recipe = await self._recipe_of(key)
        if recipe is None:
            return await self._below.get_file(key, target)
        found = await get_in_pieces(self, key, Path(target), size=recipe.size, mark=recipe.checksum)
        if found != recipe.checksum:
            raise StoreError(f"store {self.url}: {key}: not the bytes that were stored")
        return Copy(recipe.size, os.stat(target).st_mtime_ns, found)

    async def get_bytes(self, key: str, *, start: int = 0, end: int | None = None) -> bytes:
        """The bytes of an object from `start` up to `end`, or to where it ends."""
        recipe = await self._recipe_of(key)
        if recipe is None:
            return await self._below.get_bytes(key, start=start, end=end)
        ranges = recipe.ranges(start, recipe.size if end is None else end)
        parts = await asyncio.gather(
            *(self._below.get_bytes(pack, start=first, end=last) for pack, first, last in ranges)
        )
        return b"".join(parts)

    async def stat(self, key: str) -> Stored | None:
        """The object, or None where there is none."""
        stored = await self._below.stat(key)
        if stored is not None or key.endswith(_RECIPE):
            return stored
        recipe = await self._below.stat(key + _RECIPE)
        return None if recipe is None else await self._whole(recipe)

    async def list(self, prefix: str = "", *, after: str = "") -> tuple[Stored, ...]:
        """The objects below the folder `prefix` whose keys sort behind `after`, sorted by key."""
        found = await self._below.list(prefix, after=after)
        plain = [each for each in found if not _is_hidden(each.key)]
        whole = await asyncio.gather(*(self._whole(each) for each in found if each.key.endswith(_RECIPE)))
        return tuple(sorted([*plain, *(each for each in whole if each.key > after)]))

    async def remove(self, key: str) -> None:
        """Take the object away; its chunks stay for the run's other files."""
        await self._below.remove(key)
        if not _is_hidden(key):
            await self._below.remove(key + _RECIPE)

    async def _recipe_of(self, key: str) -> Recipe | None:
        """How an object is put together; None where it is whole, or not there."""
        if _is_hidden(key) or await self._below.stat(key) is not None:
            return None
        stored = await self._below.stat(key + _RECIPE)
        return None if stored is None else await self._read(stored)

    async def _whole(self, recipe: Stored) -> Stored:
        """What a recipe stands for."""
        size = (await self._read(recipe)).size
        return Stored(recipe.key.removesuffix(_RECIPE), size, recipe.mtime_ns)

    async def _read(self, stored: Stored) -> Recipe:
        place = stored.key, stored.mtime_ns
        if place not in self._recipes:
            data = await self._below.get_bytes(stored.key)
            self._recipes[place] = Recipe.decode(data, where=f"store {self.url}: {stored.key}")
        return self._recipes[place]

    async def _chunks_of(self, run: str) -> dict[str, Segment]:
        """The chunks that the store has of a run, by hash."""
        if run not in self._known:
            stored = [each for each in await self._below.list(run) if each.key.endswith(_RECIPE)]
            recipes = await asyncio.gather(*(self._read(each) for each in stored))
            self._known[run] = {each.hash: each for recipe in recipes for each in recipe.segments}
        return self._known[run]

    @staticmethod
    def _recipe(found: Cut, pack: str, known: dict[str, Segment]) -> Recipe:
        segments, places = [], dict(known)
        for chunk in found.chunks:
            if chunk.offset is not None:
                places[chunk.hash] = Segment(pack, chunk.offset, chunk.size, chunk.hash)
            segments.append(places[chunk.hash])
        return Recipe(found.size, found.checksum, tuple(segments))


def _is_hidden(key: str) -> bool:
    return key.endswith(_RECIPE) or f"/{_PACKS}/" in key
