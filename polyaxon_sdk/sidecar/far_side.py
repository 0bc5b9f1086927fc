"""The store as the shipper of one run meets it: reached, swept, and what was shipped still there."""

from __future__ import annotations

from contextlib import suppress

from polyaxon_sdk.exceptions import InputError, StoreError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.storage.known_store import KnownStore, expect_runs
from polyaxon_sdk.storage.lacking import lacking
from polyaxon_sdk.storage.manifest import Manifest
from polyaxon_sdk.storage.retry import SilentStoreError
from polyaxon_sdk.storage.store import Store
from polyaxon_sdk.storage.transfer import wait

__all__ = ["FarSide"]

_FIRST_WITHIN = 20.0
"""Seconds for the first answer of a store, which is a short one: a person is to hear of one that is silent."""


class FarSide:
    """One run's place in a store.

    Attributes:
        is_home: whether that is the run's own folder.
        is_near: whether it is a folder, which is read while it is written and costs nothing.

    Raises:
        InputError: it lies inside the run.
    """

    def __init__(self, folder: RunFolder, store: Store, manifest: Manifest) -> None:
        self.is_home = _lies_in(folder, store)
        self.is_near = store.local(folder.uuid) is not None
        self._run = folder.uuid
        self._store = store
        self._manifest = manifest
        self._known = KnownStore(folder.home, store)
        self._is_met = False

    def key(self, name: str) -> str:
        """The key of a file of the run."""
        return f"{self._run}/{name}"

    def meet(self) -> int:
        """Clear away what an earlier, killed shipper left, and see that what was shipped is there; how much is lost.

        A mount that is missing leaves an empty folder behind, and shipping there would fill the wrong disk.

        Raises:
            StoreError: it can't be reached, or refuses, or lost everything.
        """
        if not self._is_met:
            self._begin()
        name = next(iter(self._manifest.files), None)
        if name is None:
            self._known.expect()
            return 0
        if wait(self._store.stat(self.key(name))) is not None:
            self._known.remember()
            return 0
        expect_runs(self._store)
        if not wait(self._store.list(self._run)):
            raise StoreError(
                f"store {self._store.url}: run {self._run}: what was shipped is not there any more "
                f"(to ship all of it again, remove {self._manifest.path})"
            )
        lost = lacking(self._store, self._run, self._manifest.files)
        for each in lost:
            self._manifest.forget(each)
        return len(lost)

    def tidy(self) -> None:
        """Where all is there: take away what puts left that were cut off, and remember where that is."""
        if self._manifest.files:
            self._known.remember()
        if self._is_met and not self.is_near:
            with suppress(StoreError):
                wait(self._store.sweep(self._run))

    def _begin(self) -> None:
        try:
            if self.is_near:
                wait(self._store.sweep(self._run))
            else:  # what a cut-off put left is used by the next one; asking tells what a person has to mend
                wait(self._store.list(self.key("journal")), within=_FIRST_WITHIN)
        except SilentStoreError:
            raise SilentStoreError(f"store {self._store.url}: no answer within {_FIRST_WITHIN:g} s") from None
        self._is_met = True


def _lies_in(folder: RunFolder, store: Store) -> bool:
    """Whether the run's place in the store is its own folder."""
    place = store.local(folder.uuid)
    if place is None:
        return False
    here, there = folder.path.resolve(), place.resolve()
    if here != there and there.is_relative_to(here):
        raise InputError(f"store {store.url} lies inside the run {here}", expected="a folder outside of it")
    return here == there
