"""A store's runs as a home of this machine: what finding and reading them needs, brought here as it changes."""

from __future__ import annotations

import fcntl
import json
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.index.mirrored_run import MirroredRun
from polyaxon_sdk.index.shipped import DETAILS, VIEW, bring, read_heads, shipped
from polyaxon_sdk.runs.changes import ChangeMark, read_mark
from polyaxon_sdk.runs.drained import write_whole
from polyaxon_sdk.runs.names import is_uuid
from polyaxon_sdk.storage.heads import Marked, newest_heads
from polyaxon_sdk.storage.keys import Stored
from polyaxon_sdk.storage.store import Store
from polyaxon_sdk.storage.transfer import wait

__all__ = ["Mirror"]

_SKEW = 3600 * 10**9
"""Nanoseconds by which the clocks of those who ship may differ."""

_MARK = "mirror"

_AT_ONCE = 256
"""Runs that are asked for and brought together."""


class _Seen(NamedTuple):
    """How far the store's marks are read: the newest clock, and the names of those near to it."""

    newest: int = 0
    names: frozenset[str] = frozenset()

    @property
    def since(self) -> int:
        """The clock from which marks are asked for again."""
        return max(0, self.newest - _SKEW)

    def lost(self, found: Mapping[str, Marked]) -> set[str] | None:
        """The runs that had a mark and have none any more; None where no mark is left: it is another store."""
        marks = [read_mark(name) for name in self.names]
        marked = {mark[1] for mark in marks if mark is not None and mark[0] > self.since}
        lost = marked - {mark.uuid for mark in found.values()}
        return None if lost and lost == marked else lost


class Mirror:
    """A folder that holds, as a home does, the records of a store's runs, and what else of them was asked for.

    It may be deleted at any time. Several processes may use one.

    >>> Mirror(open_store("s3://team/runs"), Path("mirror")).refresh()  # doctest: +SKIP
    """

    def __init__(self, store: Store, home: Path) -> None:
        self._store = store
        self._home = home
        self._state = home / "seen.json"

    def refresh(self) -> None:
        """Bring the records of the runs that changed since the last time: all of them at first.

        Raises:
            StoreError: the store can't be read.
            OSError: this machine's folder can't be written.
        """
        with self._alone():
            seen = self._seen()
            found = self._marks(seen.since)
            lost = seen.lost(found)
            if lost is None:
                seen, found = _Seen(), self._marks(0)
            heads = newest_heads(found.values(), skew=_SKEW)
            if lost is None or seen.newest == 0:
                self._take_all(heads)
            else:
                changed = {mark.uuid for name, mark in found.items() if name not in seen.names}
                self._take(sorted(changed | lost), heads)
            self._note(seen, found)

    def rebuild(self) -> None:
        """Bring all of it anew.

        Raises:
            StoreError: the store can't be read.
            OSError: this machine's folder can't be written.
        """
        with self._alone():
            self._state.unlink(missing_ok=True)
            shutil.rmtree(self._home / "runs", ignore_errors=True)
        self.refresh()

    def bring(self, uuid: str) -> bool:
        """Bring the events, samples and logs of a run, where they changed; whether the store has the run.

        Raises:
            StoreError: the store can't be read.
            OSError: this machine's folder can't be written.
        """
        run = self._run(uuid)
        with self._alone():
            stored = shipped(self._store, [uuid], DETAILS)[uuid]
            bring(self._store, run.wanted(stored, events=True))
            run.settle(stored, events=True)
        return bool(stored)

    def bring_record(self, uuid: str) -> bool:
        """Bring the record of a run, where it changed; whether the store has the run.

        Raises:
            StoreError: the store can't be read.
            OSError: this machine's folder can't be written.
        """
        with self._alone():
            stored = shipped(self._store, [uuid])
            self._settle(stored)
        return bool(stored[uuid])

    def marks_of(self, uuid: str, newest: int) -> frozenset[Marked]:
        """The marks of a run: a cheap look that tells whether it changed.

        Args:
            uuid: of the run.
            newest: the clock of one that is known; those long before it are left out.

        Raises:
            StoreError: the store can't be read.
        """
        marks = self._marks(max(0, newest - _SKEW)).values()
        return frozenset(mark for mark in marks if mark.uuid == uuid)

    def _take_all(self, heads: Mapping[str, Stored]) -> None:
        """Look for all runs of the store; those of a look that was cut off before are not brought again.

        What was brought of a run that the store has no more goes.
        """
        there = [name for name in wait(self._store.folders(), within=None) if is_uuid(name)]
        here = [path.name for path in (self._home / "runs").iterdir()]
        self._take(there, heads)
        self._take(sorted(set(here).difference(there)), {})

    def _take(self, uuids: Sequence[str], heads: Mapping[str, Stored]) -> None:
        for start in range(0, len(uuids), _AT_ONCE):
            some = uuids[start : start + _AT_ONCE]
            headed = self._take_heads({uuid: heads[uuid] for uuid in some if uuid in heads})
            self._settle(shipped(self._store, [uuid for uuid in some if uuid not in headed]))

    def _take_heads(self, heads: Mapping[str, Stored]) -> set[str]:
        """Take the records that heads hold; the runs of which that is all there is to know: those that are over."""
        over = set()
        for uuid, parts in read_heads(self._store, heads).items():
            run = self._run(uuid)
            run.take(parts)
            if run.is_done:
                ChangeMark(self._home, uuid, _MARK).renew(time.time_ns())
                over.add(uuid)
        return over

    def _settle(self, listed: Mapping[str, list[Stored]]) -> None:
        self._bring(listed)
        ongoing = [uuid for uuid, stored in listed.items() if stored and not self._run(uuid).is_done]
        views = shipped(self._store, ongoing, VIEW)
        self._bring(views)
        for uuid, head in listed.items():
            stored = [*head, *views.get(uuid, ())]
            run = self._run(uuid)
            if not stored:
                shutil.rmtree(run.folder.path, ignore_errors=True)
                continue
            run.settle(stored)
            ChangeMark(self._home, uuid, _MARK).renew(time.time_ns())

    def _bring(self, listed: Mapping[str, Sequence[Stored]]) -> None:
        bring(self._store, [get for uuid, each in listed.items() for get in self._run(uuid).wanted(each)])

    def _run(self, uuid: str) -> MirroredRun:
        return MirroredRun(self._home / "runs" / uuid)

    def _marks(self, since: int) -> dict[str, Marked]:
        """The marks since a clock, by name."""
        found = {}
        for stored in wait(self._store.list("changes", after=f"changes/{since:020d}"), within=None):
            mark = read_mark(stored.key.rpartition("/")[2])
            if mark is not None and is_uuid(mark[1]):
                found[mark[2]] = Marked(mark[0], mark[1], stored)
        return found

    def _seen(self) -> _Seen:
        try:
            found = json.loads(self._state.read_bytes())
            return _Seen(int(found["newest"]), frozenset(map(str, found["names"])))
        except (OSError, ValueError, LookupError, TypeError):
            return _Seen()

    def _note(self, seen: _Seen, found: Mapping[str, Marked]) -> None:
        # At least 1: a store without marks is looked through once.
        newest = max([seen.newest, 1, *(mark.clock for mark in found.values())])
        near = sorted(name for name, mark in found.items() if mark.clock > newest - 2 * _SKEW)
        write_whole(self._state, json.dumps({"newest": newest, "names": near}).encode("ascii"))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        (self._home / "runs").mkdir(parents=True, exist_ok=True)
        with open(self._home / "lock", "ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
