"""How an object that is stored in chunks is put together."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from polyaxon_sdk.exceptions import StoreError

__all__ = ["Recipe", "Segment"]


class Segment(NamedTuple):
    """One chunk: the key of the pack that holds it, where in it, how many bytes, `<hex>` of their SHA-256."""

    pack: str
    offset: int
    size: int
    hash: str


class Recipe(NamedTuple):
    """The chunks of one object in their order, its size in bytes, and `sha256:<hex>` of the whole.

    >>> recipe = Recipe(5, "sha256:0f", (Segment("a", 0, 3, ""), Segment("a", 3, 2, "")))
    >>> list(recipe.ranges(1, 4))
    [('a', 1, 4)]
    """

    size: int
    checksum: str
    segments: tuple[Segment, ...]

    def encode(self) -> bytes:
        """As a store holds it."""
        return json.dumps(self, separators=(",", ":")).encode("ascii")

    @classmethod
    def decode(cls, data: bytes, *, where: str) -> Recipe:
        """The recipe that a store holds.

        Raises:
            StoreError: it is damaged.
        """
        try:
            size, checksum, segments = json.loads(data)
            recipe = cls(int(size), str(checksum), tuple(Segment(*each) for each in segments))
        except (ValueError, TypeError) as error:
            raise StoreError(f"{where}: damaged") from error
        if sum(each.size for each in recipe.segments) != recipe.size:
            raise StoreError(f"{where}: damaged")
        return recipe

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
