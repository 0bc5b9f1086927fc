"""The mark that tells readers of a store which run changed."""

from __future__ import annotations

import os

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.runs.clock import Clock
from polyaxon_sdk.storage.store import Store
from polyaxon_sdk.storage.transfer import wait

__all__ = ["StoreMark"]

_APART = 1.0


class StoreMark:
    """One shipper's mark in `<store>/changes/`, named as those of a home are (`runs.changes`).

    There is one mark at a time: a new one is put, then the old one removed, at most once a second. A store
    that takes no mark is in trouble that the next shipment tells of.
    """

    __slots__ = ("_clock", "_held", "_owed", "_renewed", "_store", "_tail")

    def __init__(self, store: Store, uuid: str) -> None:
        self._store = store
        self._tail = f"{uuid}-{os.urandom(4).hex()}"
        self._clock = Clock()
        self._held = ""
        self._owed = False
        self._renewed: float | None = None

    def owe(self) -> None:
        """Say that the run changed in the store."""
        self._owed = True

    def renew(self, now: float) -> None:
        """Put the mark that is owed, unless the last one is younger than a second."""
        if self._owed and (self._renewed is None or not 0 <= now - self._renewed < _APART):
            self.settle(now)

    def settle(self, now: float) -> None:
        """Put the mark that is owed."""
        if not self._owed:
            return
        key = f"changes/{self._clock.tick():020d}-{self._tail}"
        try:
            wait(self._store.put_bytes(b"", key))
            if self._held:
                wait(self._store.remove(self._held))
        except StoreError:
            return
        self._held, self._owed, self._renewed = key, False, now
