"""Bringing a large object here in pieces, several at once, so that a download that was cut off goes on."""

from __future__ import annotations

import asyncio
import os
from collections import deque
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from polyaxon_sdk.storage.retry import PassingStoreError
from polyaxon_sdk.storage.source import checksum

if TYPE_CHECKING:
    from polyaxon_sdk.storage.store import Store

__all__ = ["LARGE", "get_in_pieces"]

LARGE = 32 << 20
"""From this size on, bytes, an object comes in pieces."""

_PIECE = 8 << 20
_AHEAD = 4
"""Pieces that are asked for at once."""


async def get_in_pieces(store: Store, key: str, target: Path, *, size: int, mark: str = "") -> str:
    """Bring an object here, from where an earlier call was cut off; `sha256:<hex>` of its bytes.

    What is there so far lies beside `target`, which appears whole.

    Args:
        store: where it is.
        key: of the object.
        target: its path here.
        size: of the object, in bytes.
        mark: its checksum where it is known: what is there of another object is not taken for the beginning of it.

    Raises:
        PassingStoreError: the object is another one by now, or the store gave too little.
        StoreError: the store fails.
        OSError: the target can't be written.
    """
    stored = await store.stat(key)
    if stored is None or stored.size != size:
        raise PassingStoreError(f"store {store.url}: {key}: changed while it was brought here")
    told = sha256(f"{mark or stored.mtime_ns} {size} {key}".encode()).hexdigest()[:16]
    part = target.with_name(f".plx-{told}.part")
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    try:
        await _fill(store, key, descriptor, size)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    found = await asyncio.to_thread(checksum, str(part))
    if mark and found != mark:
        part.unlink()
        return found
    part.replace(target)
    return found


async def _fill(store: Store, key: str, descriptor: int, size: int) -> None:
    """Append what is missing, in order: the file's length tells what is there."""
    have = min(os.fstat(descriptor).st_size, size)
    os.lseek(descriptor, have, os.SEEK_SET)
    starts = iter(range(have, size, _PIECE))
    asked: deque[tuple[int, asyncio.Task[bytes]]] = deque()

    def ask() -> None:
        start = next(starts, None)
        if start is not None:
            end = min(start + _PIECE, size)
            asked.append((end - start, asyncio.ensure_future(store.get_bytes(key, start=start, end=end))))

    for _ in range(_AHEAD):
        ask()
    try:
        while asked:
            length, task = asked.popleft()
            data = await task
            if len(data) != length:
                raise PassingStoreError(f"store {store.url}: {key}: {len(data)} of {length} bytes came")
            ask()
            await asyncio.to_thread(_write, descriptor, data)
    finally:
        for _, task in asked:
            task.cancel()


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
