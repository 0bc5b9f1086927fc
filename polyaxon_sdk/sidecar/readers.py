"""What readers of a store are told of one run: its mark, and the catalog of its files."""

from __future__ import annotations

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.sidecar.heading import head_of
from polyaxon_sdk.sidecar.mark import StoreMark
from polyaxon_sdk.storage.catalog import renew_catalog
from polyaxon_sdk.storage.manifest import Manifest
from polyaxon_sdk.storage.store import Store

__all__ = ["Readers"]

_CATALOG_EVERY = 60.0
"""Seconds between two catalogs in the store while a run goes on: each tells of every file."""


class Readers:
    """Tells them what changed; a store that doesn't take it is in trouble that the next shipment tells of."""

    def __init__(self, folder: RunFolder, store: Store, manifest: Manifest) -> None:
        self._folder = folder
        self._store = store
        self._manifest = manifest
        self._mark = StoreMark(store, folder.uuid, manifest.mark)
        self._has_news = False
        self._told_at = 0.0

    def owe(self) -> None:
        """Say that the run changed in the store."""
        self._has_news = True
        self._mark.owe()

    def renew(self, now: float) -> None:
        """Tell what is due."""
        if now - self._told_at >= _CATALOG_EVERY:
            self._put_catalog(now)
        self._mark.renew(now)

    def settle(self, now: float) -> None:
        """Tell what is left to tell."""
        self._put_catalog(now)
        self._mark.settle(now)

    def settle_whole(self, now: float) -> None:
        """The same where all of the run is there: the mark has its head."""
        self._put_catalog(now)
        if self._mark.held == self._manifest.mark != "" and not self._mark.is_owed:
            self._mark.settle(now)
            return
        if head := head_of(self._folder, self._store, self._manifest.files):
            self._mark.owe()
        self._mark.settle(now, head=head)
        self._manifest.mark = self._mark.held if head and not self._mark.is_owed else ""

    def _put_catalog(self, now: float) -> None:
        if not self._has_news:
            return
        try:
            renew_catalog(self._store, self._folder.uuid, self._manifest.files)
        except StoreError:
            return
        self._has_news, self._told_at = False, now
