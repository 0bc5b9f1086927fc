"""What a home remembers of a store that is a folder: without its mount it looks like a new one."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.storage.transfer import wait

if TYPE_CHECKING:
    from polyaxon_sdk.storage.store import Store

__all__ = ["KnownStore", "expect_runs"]


class KnownStore:
    """A store as one home knows it: whether runs were shipped there from here.

    Of a store that is no folder nothing is remembered, as it can't be taken for another one.

    >>> KnownStore(folder.home, open_store("/mnt/team")).expect()  # doctest: +SKIP
    """

    def __init__(self, home: Path, store: Store) -> None:
        self._store = store
        self._is_folder = store.local("changes") is not None
        self._path = home / "stores" / sha256(store.url.encode("utf-8", "surrogateescape")).hexdigest()[:16]

    def remember(self) -> None:
        """Know from now on that it holds runs; a home that can't be written forgets that."""
        if not self._is_folder or self._path.exists():
            return
        with suppress(OSError):
            self._path.parent.mkdir(exist_ok=True)
            self._path.write_text(f"{self._store.url}\n", encoding="utf-8", errors="surrogateescape")

    def expect(self) -> None:
        """See that it is there still, where it is known.

        Raises:
            StoreError: it is gone or empty, as a folder is without its mount, or it fails.
        """
        if self._is_folder and self._path.exists():
            expect_runs(self._store)


def expect_runs(store: Store) -> None:
    """See that a store holds something, to which runs were shipped.

    Raises:
        StoreError: it is a folder that is not there or empty, as without its mount, or it fails.
    """
    changes = store.local("changes")
    if changes is not None and not wait(store.folders()):
        raise StoreError(
            f"store {store.url}: what was shipped is not there any more "
            f"(is it mounted? to begin it anew: mkdir -p {quote(str(changes))}; polyaxon sync --all)"
        )
