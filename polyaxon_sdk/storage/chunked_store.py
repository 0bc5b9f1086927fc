"""A store that takes of a large file only what is new: the chunks that no earlier file of its run had."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.storage.cutting import Cut, check_cutting, cut
from polyaxon_sdk.storage.keys import Copy, Stored
from polyaxon_sdk.storage.layered_store import LayeredStore
from polyaxon_sdk.storage.packs import Packs, in_packs, packs_of
from polyaxon_sdk.storage.pieces import get_in_pieces
from polyaxon_sdk.storage.recipe import DamagedRecipeError, Pack, Recipe, Segment, begins_recipe
from polyaxon_sdk.storage.retry import PassingStoreError
from polyaxon_sdk.storage.shared_store import size_of
from polyaxon_sdk.storage.source import SourceError

if TYPE_CHECKING:
    from polyaxon_sdk.storage.store import Store

__all__ = ["ChunkedStore"]

_RECIPE = ".plxchunks"
_LOOK = 64 << 10
"""Bytes that tell whether something is a recipe; most recipes are no longer."""
_DAMAGED = Recipe(0, "", ())


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
        self._packs = Packs(below)
        self._recipes: dict[Stored, Recipe | None] = {}
        self._known: dict[str, dict[str, Segment]] = {}
        self._named: dict[str, Pack] = {}

    async def put_file(
        self, source: str, key: str, *, limit: int | None = None, after: Copy | None = None
    ) -> Copy:
        """Store a local file; a large one in chunks."""
        if key.endswith(_RECIPE):
            if self._chunk_from is not None and await self._recipe_at(key) is not None:
                raise SourceError(
                    source, "unreadable", f"not shipped: another file is stored in chunks as {key}"
                )
        elif self._is_large(source, limit) and await self._is_free(key + _RECIPE):
            return await self._put_in_chunks(source, key)
        copy = await self._below.put_file(source, key, limit=limit, after=after)
        await self._remove_recipe(key)
        return copy

    def _is_large(self, source: str, limit: int | None) -> bool:
        least = self._chunk_from
        return least is not None and limit is None and size_of(source) >= least

    async def _put_in_chunks(self, source: str, key: str) -> Copy:
        run = key.partition("/")[0]
        known = await self._chunks_of(run)
        with NamedTemporaryFile(prefix="plx-pack-") as pack:
            found = await asyncio.to_thread(cut, source, frozenset(known), pack.name)
            name = ""
            if found.pack_size:
                name, self._named[name] = await self._packs.put(pack.name, run, found.pack_hash)
        recipe = self._recipe(found, name, known)
        await self._below.put_bytes(recipe.encode(), key + _RECIPE)
        if await self._packs.right(run, recipe.packs) != recipe.packs.keys():
            raise PassingStoreError(f"store {self.url}: {key}: chunks of it were taken away meanwhile")
        if await self._below.stat(key) is not None:
            await self._below.remove(key)
        self._known[run].update((each.hash, each) for each in recipe.segments)
        return Copy(found.size, found.mtime_ns, found.checksum, _tag(recipe.packs), found.pack_size)

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
        found = None if recipe is None else await self._read(recipe)
        return None if recipe is None or found is None else Stored(key, found.size, recipe.mtime_ns)

    async def checksum(self, key: str) -> str:
        """What the store itself keeps of an object's bytes; of one in chunks, of those of its packs."""
        recipe = await self._recipe_of(key)
        if recipe is None:
            return await self._below.checksum(key)
        packs = recipe.named
        tags = await asyncio.gather(*(self._below.checksum(pack) for pack in packs))
        return _tag({pack: Pack(0, tag) for pack, tag in zip(packs, tags, strict=True)})

    async def list(self, prefix: str = "", *, after: str = "") -> tuple[Stored, ...]:
        """The objects below the folder `prefix` whose keys sort behind `after`, sorted by key.

        One in chunks has the size of what is there of it.
        """
        found = [each for each in await self._below.list(prefix, after=after) if not in_packs(each.key)]
        named = [each for each in found if each.key.endswith(_RECIPE)]
        recipes = dict(zip(named, await asyncio.gather(*map(self._read, named)), strict=True))
        sizes = await self._sizes(recipe for recipe in recipes.values() if recipe is not None)
        plain = {each.key: each for each in found if recipes.get(each) is None}
        for stored, recipe in recipes.items():
            key = stored.key.removesuffix(_RECIPE)
            if recipe is not None and key > after:
                plain.setdefault(key, Stored(key, recipe.present(sizes), stored.mtime_ns))
        return tuple(sorted(plain.values()))

    async def remove(self, key: str) -> None:
        """Take the object away; its chunks stay for the run's other files, until they are freed."""
        await self._below.remove(key)
        await self._remove_recipe(key)

    async def free(self, run: str) -> int:
        """Take away the packs of a run that no file of it needs any more; how many those were.

        Safe beside whoever ships the run.

        >>> wait(store.free("0f"))  # doctest: +SKIP
        2
        """
        named = await self._packs_of(run)
        announced = {} if named is None else await self._packs.announce(run, named)
        if not announced:
            return 0
        self._recipes.clear()  # a store's clock may be too coarse to tell a recipe from the one before it
        named = await self._packs_of(run)
        return await self._packs.free(
            announced, dict.fromkeys(announced, Pack(0, "")) if named is None else named
        )

    async def _packs_of(self, run: str) -> dict[str, Pack] | None:
        """The packs that a run's recipes name; None where one of them can't be read."""
        recipes = await self._recipes_of(run)
        if any(not recipe.checksum for recipe in recipes):
            return None
        return {key: pack for recipe in recipes for key, pack in recipe.named.items()}

    async def _recipe_of(self, key: str) -> Recipe | None:
        """How an object is put together; None where it is whole, or not there."""
        if key.endswith(_RECIPE) or in_packs(key) or await self._below.stat(key) is not None:
            return None
        stored = await self._below.stat(key + _RECIPE)
        recipe = None if stored is None else await self._read(stored)
        if recipe is not None and not recipe.checksum:
            raise DamagedRecipeError(f"store {self.url}: {key}{_RECIPE}: damaged")
        return recipe

    async def _recipe_at(self, key: str) -> Recipe | None:
        stored = await self._below.stat(key)
        return None if stored is None else await self._read(stored)

    async def _is_free(self, key: str) -> bool:
        """Whether a recipe may be put there: a person's file may have its name."""
        stored = await self._below.stat(key)
        return stored is None or await self._read(stored) is not None

    async def _remove_recipe(self, key: str) -> None:
        if (
            not key.endswith(_RECIPE)
            and not in_packs(key)
            and await self._recipe_at(key + _RECIPE) is not None
        ):
            await self._below.remove(key + _RECIPE)

    async def _sizes(self, recipes: Iterable[Recipe]) -> dict[str, int]:
        """The sizes of the packs that recipes name, as far as those are there."""
        folders = {pack.rpartition("/")[0] for recipe in recipes for pack in recipe.named}
        listed = await asyncio.gather(*(self._below.list(folder) for folder in sorted(folders)))
        return {each.key: each.size for found in listed for each in found}

    async def _read(self, stored: Stored) -> Recipe | None:
        """What lies there as a recipe, `_DAMAGED` where it can't be read; None where it is a person's file."""
        if stored not in self._recipes:
            self._recipes[stored] = await self._read_anew(stored)
        return self._recipes[stored]

    async def _read_anew(self, stored: Stored) -> Recipe | None:
        data = await self._below.get_bytes(stored.key, end=_LOOK)
        folder = packs_of(stored.key.partition("/")[0]) + "/"
        if not begins_recipe(data):
            return _DAMAGED if folder.encode("utf-8") in data else None
        if stored.size > _LOOK:
            data += await self._below.get_bytes(stored.key, start=_LOOK)
        try:
            recipe = Recipe.decode(data, where=f"store {self.url}: {stored.key}")
        except DamagedRecipeError:
            return _DAMAGED
        return recipe if all(pack.startswith(folder) for pack in recipe.named) else None

    async def _recipes_of(self, run: str) -> tuple[Recipe, ...]:
        stored = [each for each in await self._below.list(run) if each.key.endswith(_RECIPE)]
        read = await asyncio.gather(*map(self._read, stored))
        return tuple(recipe for recipe in read if recipe is not None)

    async def _chunks_of(self, run: str) -> dict[str, Segment]:
        """The chunks that the store has of a run as they were stored, by hash."""
        if run not in self._known:
            recipes = await self._recipes_of(run)
            for recipe in recipes:
                self._named.update(recipe.named)
            self._known[run] = {each.hash: each for recipe in recipes for each in recipe.segments}
        known = self._known[run]
        packs = {each.pack for each in known.values()}
        right = await self._packs.right(run, {pack: self._named[pack] for pack in packs})
        return {name: each for name, each in known.items() if each.pack in right}

    def _recipe(self, found: Cut, pack: str, known: dict[str, Segment]) -> Recipe:
        segments, places = [], dict(known)
        for chunk in found.chunks:
            if chunk.offset is not None:
                places[chunk.hash] = Segment(pack, chunk.offset, chunk.size, chunk.hash)
            segments.append(places[chunk.hash])
        packs = {each.pack: self._named[each.pack] for each in segments}
        return Recipe(found.size, found.checksum, tuple(segments), packs)


def _tag(packs: Mapping[str, Pack]) -> str:
    """What a store keeps of the bytes of packs, as one; empty where it keeps nothing of one."""
    if not all(pack.tag for pack in packs.values()):
        return ""
    told = "\n".join(sorted(f"{key} {pack.tag}" for key, pack in packs.items()))
    return f"packs:{sha256(told.encode('utf-8')).hexdigest()}"
