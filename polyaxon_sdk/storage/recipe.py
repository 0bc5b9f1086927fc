"""How an object that is stored in chunks is put together."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from polyaxon_sdk.exceptions import StoreError

__all__ = ["DamagedRecipeError", "Pack", "Recipe", "Segment", "begins_recipe"]

_START = re.compile(rb'\[[0-9]+,"sha256:[0-9a-f]{64}",\[')


class DamagedRecipeError(StoreError):
    """A recipe that can't be read."""


def begins_recipe(data: bytes) -> bool:
    """Whether what lies where a recipe may lie is one, by its first bytes: a person may call a file so."""
    return _START.match(data) is not None


class Pack(NamedTuple):
    """A pack as it was stored: its size in bytes, and what the store keeps of them (see `Store.checksum`)."""

    size: int
    tag: str


class Segment(NamedTuple):
    """One chunk: the key of the pack that holds it, where in it, how many bytes, `<hex>` of their SHA-256."""

    pack: str
    offset: int
    size: int
    hash: str


class Recipe(NamedTuple):
    """The chunks of one object in their order, its size in bytes, and `sha256:<hex>` of the whole.

    `packs` tells of those that hold the chunks; recipes that earlier versions wrote name them only.

    >>> recipe = Recipe(5, "sha256:0f", (Segment("a", 0, 3, ""), Segment("a", 3, 2, "")))
    >>> list(recipe.ranges(1, 4))
    [('a', 1, 4)]
    """

    size: int
    checksum: str
    segments: tuple[Segment, ...]
    packs: Mapping[str, Pack] = {}

    def encode(self) -> bytes:
        """As a store holds it."""
        return json.dumps(self, separators=(",", ":")).encode("ascii")

    @classmethod
    def decode(cls, data: bytes, *, where: str) -> Recipe:
        """The recipe that a store holds.

        Raises:
            DamagedRecipeError: it is damaged.
        """
        try:
            size, checksum, segments, *told = json.loads(data)
            packs = {str(key): Pack(*each) for key, each in told[0].items()} if told else {}
            recipe = cls(int(size), str(checksum), tuple(Segment(*each) for each in segments), packs)
        except (ValueError, TypeError, AttributeError) as error:
            raise DamagedRecipeError(f"{where}: damaged") from error
        if sum(each.size for each in recipe.segments) != recipe.size:
            raise DamagedRecipeError(f"{where}: damaged")
        return recipe

    @property
    def named(self) -> dict[str, Pack]:
        """Each pack that holds some of it; of what nothing is known, with no size and no tag."""
        return {each.pack: self.packs.get(each.pack, Pack(0, "")) for each in self.segments}

    def present(self, sizes: Mapping[str, int]) -> int:
        """How many of its bytes lie in packs that are there, which have these `sizes`."""
        lost = {pack for pack, told in self.packs.items() if sizes.get(pack) != told.size}
        return sum(
            each.size
            for each in self.segments
            if each.pack not in lost and each.offset + each.size <= sizes.get(each.pack, 0)
        )

    def ranges(self, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        """Where the bytes from `start` to `end` are: packs, each with the first byte and the one behind the last.

        Neighbours in one pack are one range.
        """
        at, held = 0, ("", 0, 0)
        for pack, offset, size, _ in self.segments:
            first, last = max(start, at), min(end, at + size)
            if first < last:
                found = (pack, offset + first - at, offset + last - at)
                if held[0] == pack and held[2] == found[1]:
                    held = (pack, held[1], found[2])
                else:
                    if held[0]:
                        yield held
                    held = found
            at += size
        if held[0]:
            yield held
