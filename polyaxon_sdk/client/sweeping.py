"""What a store holds that tells nobody anything any more: marks, drafts, notes of runs that are gone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from polyaxon_sdk.runs.changes import read_mark
from polyaxon_sdk.runs.names import is_uuid
from polyaxon_sdk.storage.catalog import catalog_key
from polyaxon_sdk.storage.draft import is_draft
from polyaxon_sdk.storage.keys import Stored
from polyaxon_sdk.storage.store import Store, check_there, open_store
from polyaxon_sdk.storage.transfer import wait

__all__ = ["StoreWaste", "store_waste", "sweep_store"]

_HOUR, _DAY = 3600 * 10**9, 86_400 * 10**9
_DELETED_FOR = 90 * _DAY
"""Nanoseconds for which readers are told that a run was deleted."""


class StoreWaste(NamedTuple):
    """Something in a store that can go.

    Attributes:
        kind: `mark`, `draft` or `note`.
        key: where it lies in the store; of a draft, the path of the file.
        why: for people.
        size: in bytes.
    """

    kind: str
    key: str
    why: str
    size: int


def store_waste(url: str, now_ns: int) -> list[StoreWaste]:
    """What of a store can go; nothing is changed.

    A mark goes an hour after a later one of its run, so that no reader's listing misses both; the last one of a run
    that was deleted after 90 days: a reader that looked last before then has to rebuild.

    Args:
        url: of the store.
        now_ns: nanoseconds since the epoch.

    Raises:
        InputError: the URL is wrong.
        StoreError: the store fails.

    >>> store_waste("s3://team/runs", time.time_ns())  # doctest: +SKIP
    []
    """
    store = open_store(url)
    check_there(store)
    stored = wait(store.list(), within=None)
    uuids = _runs(stored)
    marks = [each for each in stored if each.key.startswith("changes/")]
    return [*_marks(marks, uuids, now_ns), *_notes(stored, uuids, now_ns), *_drafts(store, now_ns)]


def sweep_store(url: str, waste: Iterable[StoreWaste]) -> int:
    """Take it away; how many bytes that frees.

    Raises:
        StoreError: the store fails; what is left can be swept again.
        OSError: a draft can't be deleted.
    """
    store, freed = open_store(url), 0
    for each in waste:
        if each.kind == "draft":
            Path(each.key).unlink(missing_ok=True)
        else:
            wait(store.remove(each.key))
        freed += each.size
    return freed


def _runs(stored: Sequence[Stored]) -> set[str]:
    """The runs of which there is something."""
    return {uuid for each in stored if is_uuid(uuid := each.key.partition("/")[0])}


def _marks(marks: Sequence[Stored], uuids: set[str], now_ns: int) -> Iterator[StoreWaste]:
    newest: dict[str, int] = {}
    read = [(each, read_mark(each.key.rpartition("/")[2])) for each in marks]
    told = [(each, mark[0], mark[1]) for each, mark in read if mark is not None and is_uuid(mark[1])]
    for _, clock, uuid in told:
        newest[uuid] = max(clock, newest.get(uuid, 0))
    for each, clock, uuid in told:
        if clock < newest[uuid] < now_ns - _HOUR:
            yield StoreWaste("mark", each.key, "a later one of its run tells more", each.size)
        elif clock == newest[uuid] < now_ns - _DELETED_FOR and uuid not in uuids:
            yield StoreWaste("mark", each.key, "its run was deleted long ago", each.size)


def _notes(stored: Sequence[Stored], uuids: set[str], now_ns: int) -> Iterator[StoreWaste]:
    for each in stored:
        uuid = PurePosixPath(each.key).stem
        is_note = is_uuid(uuid) and each.key == catalog_key(uuid)
        if is_note and uuid not in uuids and each.mtime_ns < now_ns - _DAY:
            yield StoreWaste("note", each.key, "says what a run holds that is gone", each.size)


def _drafts(store: Store, now_ns: int) -> Iterator[StoreWaste]:
    """Files that were being written to a folder when their writer was killed; other stores keep none."""
    inside = store.local("changes")
    for folder, _, names in os.walk(inside.parent) if inside is not None else ():
        for path in (Path(folder, name) for name in names if is_draft(name)):
            try:
                told = path.lstat()
            except FileNotFoundError:
                continue  # its writer ended
            if told.st_mtime_ns < now_ns - _DAY:
                yield StoreWaste("draft", str(path), "of a writer that is gone", told.st_size)
