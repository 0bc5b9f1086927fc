"""The mark that tells readers of a store which run changed."""

from __future__ import annotations

import os

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.runs.changes import read_mark
from polyaxon_sdk.runs.clock import Clock
from polyaxon_sdk.storage.store import Store
from polyaxon_sdk.storage.transfer import wait

__all__ = ["StoreMark", "mark_deleted"]

_APART = 1.0


class StoreMark:
    """One shipper's mark in `<store>/changes/`, named as those of a home are (`runs.changes`).

    There is one mark at a time: a new one is put, then the old one removed, at most once a second. A store
    that takes no mark is in trouble that the next shipment tells of.

    Args:
        store: that is shipped to.
        uuid: of the run.
        held: the key of the mark that an earlier shipper of this home has left; the first new one takes its place.

    Attributes:
        held: the key of the mark that is there; empty where none is.
    """

    __slots__ = ("_clock", "_owed", "_renewed", "_store", "_tail", "held")

    def __init__(self, store: Store, uuid: str, held: str = "") -> None:
        self._store = store
        self._tail = f"{uuid}-{os.urandom(4).hex()}"
        self._clock = Clock()
        self.held = held
        self._owed = False
        self._renewed: float | None = None

    @property
    def is_owed(self) -> bool:
        """Whether there is something that readers don't know yet."""
        return self._owed

    def owe(self) -> None:
        """Say that the run changed in the store."""
        self._owed = True

    def renew(self, now: float) -> None:
        """Put the mark that is owed, unless the last one is younger than a second."""
        if self._owed and (self._renewed is None or not 0 <= now - self._renewed < _APART):
            self.settle(now)

    def settle(self, now: float, *, head: bytes = b"") -> None:
        """Put the mark that is owed, with what the run's record holds by now (`storage.heads`), where that is known."""
        if not self._owed:
            return
        key = f"changes/{self._clock.tick():020d}-{self._tail}"
        try:
            wait(self._store.put_bytes(head, key))
            if self.held:
                wait(self._store.remove(self.held))
        except StoreError:
            return
        self.held, self._owed, self._renewed = key, False, now


def mark_deleted(store: Store, uuid: str, now: float) -> None:
    """Let readers leave a run out from now on, and take away what earlier marks hold of it.

    Raises:
        StoreError: the store fails.
    """
    mark = StoreMark(store, uuid)
    mark.owe()
    mark.settle(now)
    for stored in wait(store.list("changes"), within=None):
        told = read_mark(stored.key.rpartition("/")[2])
        if told is not None and told[1] == uuid and stored.key != mark.held:
            wait(store.remove(stored.key))
