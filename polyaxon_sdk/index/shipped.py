"""What a store has of runs that readers of them need: asked for many runs at once, and not all of their files."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from polyaxon_sdk.storage.keys import Stored
from polyaxon_sdk.storage.store import Store
from polyaxon_sdk.storage.transfer import wait

__all__ = ["DETAILS", "HEAD", "Parts", "shipped"]


class Parts:
    """Parts of a run.

    Args:
        files: by their paths in the run.
        folders: likewise, with all that they hold.
    """

    def __init__(self, files: Sequence[str], folders: Sequence[str]) -> None:
        self.files = tuple(files)
        self.folders = tuple(folders)

    def holds(self, name: str) -> bool:
        """Whether the file at this path of a run is one of them.

        >>> HEAD.holds("record/a.jsonl"), HEAD.holds("outputs/model.bin")
        (True, False)
        """
        return name in self.files or name.startswith(tuple(f"{folder}/" for folder in self.folders))


HEAD = Parts(["run.plx.json"], ["record"])
"""What finding a run needs."""

DETAILS = Parts(
    [*HEAD.files, "lineages.plx.json", "operation.plx.json"],
    [*HEAD.folders, "events", "resources", "plxlogs"],
)
"""What showing it needs."""


def shipped(store: Store, uuids: Sequence[str], parts: Parts = HEAD) -> dict[str, list[Stored]]:
    """The objects that are these parts of the runs; none of a run that is not there.

    Raises:
        StoreError: the store can't be read.

    >>> shipped(open_store("s3://team/runs"), ["0f" * 16])  # doctest: +SKIP
    """
    return wait(_shipped(store, uuids, parts), within=None)


async def _shipped(store: Store, uuids: Sequence[str], parts: Parts) -> dict[str, list[Stored]]:
    found: dict[str, list[Stored]] = {uuid: [] for uuid in uuids}
    asked = [(uuid, name, True) for uuid in uuids for name in parts.files]
    asked += [(uuid, name, False) for uuid in uuids for name in parts.folders]
    queue = iter(asked)

    async def work() -> None:
        for uuid, name, is_file in queue:
            if is_file:
                stored = await store.stat(f"{uuid}/{name}")
                found[uuid] += [stored] if stored is not None else []
            else:
                found[uuid] += await store.list(f"{uuid}/{name}")

    workers = [asyncio.ensure_future(work()) for _ in range(min(store.workers, len(asked)))]
    try:
        await asyncio.gather(*workers)  # the first error is the answer, as itself
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
    return found
