"""Cutting a file into chunks at places that its content chooses."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from importlib.util import find_spec
from typing import NamedTuple

from polyaxon_sdk.exceptions import MissingExtraError
from polyaxon_sdk.storage.source import Source

__all__ = ["Chunk", "Cut", "check_cutting", "cut"]

_LEAST, _AVERAGE, _MOST = 64 << 10, 256 << 10, 1 << 20


class Chunk(NamedTuple):
    """One chunk: `<hex>` of its SHA-256, its size, and where it is in the pack; None where it was known."""

    hash: str
    size: int
    offset: int | None


class Cut(NamedTuple):
    """A file that was cut: what it is as a whole, its chunks in order, and the pack of those that are new."""

    size: int
    mtime_ns: int
    checksum: str
    chunks: tuple[Chunk, ...]
    pack_size: int
    pack_hash: str


def check_cutting() -> None:
    """Say how to install what cuts, where it isn't.

    Raises:
        MissingExtraError: it isn't.
    """
    if find_spec("pyfastcdc") is None:
        raise MissingExtraError("chunks need pyfastcdc: pip install 'polyaxon-sdk[chunks]'")


def cut(path: str, known: frozenset[str], pack: str) -> Cut:
    """Cut the file at `path`; the chunks that are not `known` are written to `pack`, each once.

    Raises:
        SourceError: the file can't be read, or changed meanwhile.
        OSError: the pack can't be written.
    """
    from pyfastcdc import FastCDC  # for those who asked for chunks

    cutter = FastCDC(avg_size=_AVERAGE, min_size=_LEAST, max_size=_MOST)
    whole, packed, chunks, new = sha256(), sha256(), list[Chunk](), dict[str, int]()
    size = 0
    with Source(path) as source, open(pack, "wb") as file:
        for found in cutter.cut_stream(_Stream(source.chunks())):
            data = bytes(found.data)
            name = sha256(data).hexdigest()
            whole.update(data)
            offset = None
            if name not in known and name not in new:
                offset = new[name] = size
                size += file.write(data)
                packed.update(data)
            chunks.append(Chunk(name, len(data), offset))
        total = source.size
    return Cut(total, source.mtime_ns, f"sha256:{whole.hexdigest()}", tuple(chunks), size, packed.hexdigest())


class _Stream:
    """Blocks of bytes as a stream that is read in any portions."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._rest = memoryview(b"")

    def readinto(self, view: memoryview) -> int:
        """Fill `view`, as far as there is something."""
        filled = 0
        while filled < len(view):
            if not self._rest:
                self._rest = memoryview(next(self._blocks, b""))
                if not self._rest:
                    break
            taken = self._rest[: len(view) - filled]
            view[filled : filled + len(taken)] = taken
            self._rest, filled = self._rest[len(taken) :], filled + len(taken)
        return filled
