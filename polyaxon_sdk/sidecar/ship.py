"""Shipping one run: what changed in its folder goes to the store, beside the training."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from polyaxon_sdk.exceptions import InputError, StoreError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.sidecar.budget import Budget
from polyaxon_sdk.sidecar.heading import head_of
from polyaxon_sdk.sidecar.mark import StoreMark
from polyaxon_sdk.sidecar.pace import Pace, Rates
from polyaxon_sdk.sidecar.removals import asked_removals
from polyaxon_sdk.sidecar.tree import RunFile, scan
from polyaxon_sdk.sidecar.troubles import Troubles
from polyaxon_sdk.storage.catalog import put_catalog
from polyaxon_sdk.storage.chunked_store import ChunkedStore
from polyaxon_sdk.storage.keys import Copy
from polyaxon_sdk.storage.lacking import lacking
from polyaxon_sdk.storage.limits import Limits
from polyaxon_sdk.storage.manifest import Manifest, Shipped
from polyaxon_sdk.storage.removal import remove_all
from polyaxon_sdk.storage.retry import PassingStoreError, Retry
from polyaxon_sdk.storage.shared_store import SharedStore
from polyaxon_sdk.storage.source import SourceError, checksum
from polyaxon_sdk.storage.store import Store, open_store
from polyaxon_sdk.storage.transfer import Outcome, Put, put_many, wait

__all__ = ["ShipReport", "Shipper"]

_VIEWS = ("operation.plx.json", "lineages.plx.json")
_LAST = "run.plx.json"
_HELPING = 1 << 30
"""Bytes after which a step leaves the larger files to the next one, so that small news are never stuck."""
_VIEWS_SHARE = 0.2
"""The part of the time at the end that is kept for the views: a late file must not keep a status back."""
_SAVE_EVERY = 5.0
_CATALOG_EVERY = 60.0
"""Seconds between two catalogs in the store while a run goes on: each tells of every file."""
_FIRST_WITHIN = 20.0
"""Seconds for the first answer of a store, which is a short one: a person is to hear of one that is silent."""
_GROWTH = 1.5
"""How much larger an event file is when it is sent again to a store that costs, where the budget allows it."""
_YOUNG = -1
"""Stands for a time of change that was so recent at the shipment that it may not tell the next change."""


class ShipReport(NamedTuple):
    """What one step did: files and bytes shipped, files that wait, files that failed.

    What waits has its turn later, or is tried again; what failed needs a person. `told` holds lines for that
    person, each once: when a trouble begins, or turns into another. `shared` tells of each file that the store
    copied, since it held the same content already, where from.
    """

    files: int = 0
    bytes: int = 0
    waiting: int = 0
    failed: int = 0
    told: tuple[str, ...] = ()
    shared: Mapping[str, str] = MappingProxyType({})

    @property
    def is_complete(self) -> bool:
        """Whether the store holds everything that there was to ship."""
        return not self.waiting and not self.failed


class Shipper:
    """Ships one run to `<store>/<uuid>/...`, and keeps a manifest of it in the run's journal folder.

    One thread at a time may use it; a step lasts as long as its transfers. What goes wrong is in the report,
    never raised. A file deleted here stays in the store, unless it is one of `mirrored` or lies below one: paths
    of outputs, `outputs` for all. Where the run lies in the store already, there is nothing to do.

    Raises:
        InputError: `store` is no URL of a store, or lies inside the run.
        MissingExtraError: the store's library is not installed.

    >>> shipper = Shipper("/home/me/.polyaxon/runs/0f", "file:///mnt/team")  # doctest: +SKIP
    >>> shipper.step({"events/metric/loss.plx": 120}, now=time.time()).told  # doctest: +SKIP
    ()
    """

    def __init__(
        self,
        folder: str | Path,
        store: str,
        *,
        rates: Rates | None = None,
        retry: Retry | None = None,
        limits: Limits | None = None,
        chunk_from: int | None = None,
    ) -> None:
        self.mirrored: Sequence[str] = ()
        self._folder = RunFolder(folder)
        below = open_store(store, limits=limits)
        # In a folder, a copy takes as long as a put.
        self._shared = SharedStore(below) if below.local(self._folder.uuid) is None else None
        self._store = ChunkedStore(self._shared or below, chunk_from) if chunk_from else self._shared or below
        self._is_home = _lies_in(self._folder, self._store)
        self._manifest = Manifest(self._folder.journal / "shipped.json", self._store.url)
        self._is_near = self._store.local(self._folder.uuid) is not None
        self._pace = Pace(rates or self._rates())
        self._budget = self._open_budget()
        self._growing = 0
        self._retry = retry or Retry()
        self._mark = StoreMark(self._store, self._folder.uuid, self._manifest.mark)
        self._troubles = Troubles()
        self._is_met = False
        self._saved = time.monotonic()
        self._unsaved = ""
        self._has_news = False
        self._told_at = 0.0
        self._last = ShipReport()

    def step(self, lengths: Mapping[str, int], now: float) -> ShipReport:
        """Ship what changed and is due, or a good helping of it; the rest waits for the next step.

        Args:
            lengths: how many bytes of each event file and log are drained, by path inside the run; one that
                is not named is not shipped.
            now: seconds of wall time.
        """
        if self._troubles.is_pausing(now):
            return self._last._replace(files=0, bytes=0, told=())
        changed, told = self._changed(lengths)
        due = _helping(self._affordable([file for file in changed if self._pace.is_due(file, now)]))
        report = self._ship(due, now)
        if now - self._told_at >= _CATALOG_EVERY:
            self._tell_readers(now)
        self._mark.renew(now)
        waiting = report.waiting + len(changed) - len(due)
        self._last = report._replace(waiting=waiting, told=(*told, *report.told))
        return self._last

    def finish(
        self,
        lengths: Mapping[str, int],
        now: float,
        *,
        within: float,
        tell: Callable[[tuple[str, ...]], None] | None = None,
    ) -> ShipReport:
        """Ship all that is left, as often as it takes, until it is there, needs a person, or time is over.

        Args:
            lengths: as for `step`.
            now: seconds of wall time.
            within: seconds that this may take.
            tell: is given what a person should know as soon as it is known, and not only in the report.
        """
        start, files, size, failures = time.monotonic(), 0, 0, 0
        told: tuple[str, ...] = ()
        shared: dict[str, str] = {}
        while True:
            spent = time.monotonic() - start
            changed, lines = self._changed(lengths)
            report = self._ship(changed, now + spent, within=max(0.0, within - spent))
            if tell is not None:
                tell((*lines, *report.told))
            files, size, told = files + report.files, size + report.bytes, (*told, *lines, *report.told)
            shared.update(report.shared)
            failures += 1
            pause = self._retry.pause(failures)
            if not report.waiting or time.monotonic() - start + pause >= within:
                break
            time.sleep(pause)
        self._tell_readers(now)
        self._settle(report, now)
        self._tidy(report)
        return report._replace(files=files, bytes=size, told=told, shared=shared)

    def _tell_readers(self, now: float) -> None:
        """Put the catalog; a store that doesn't take it is in trouble that the next shipment tells of."""
        if not self._has_news:
            return
        try:
            put_catalog(self._store, self._folder.uuid, self._manifest.files)
        except StoreError:
            return
        self._has_news, self._told_at = False, now

    def _settle(self, report: ShipReport, now: float) -> None:
        """Leave a mark with the run's head, where all of it is there."""
        is_headed = self._mark.held == self._manifest.mark != "" and not self._mark.is_owed
        if not report.is_complete or self._is_home or is_headed:
            self._mark.settle(now)
            return
        if head := head_of(self._folder, self._store, self._manifest.files):
            self._mark.owe()
        self._mark.settle(now, head=head)
        self._manifest.mark = self._mark.held if head and not self._mark.is_owed else ""
        self._save()

    def _tidy(self, report: ShipReport) -> None:
        """What is left of puts that were cut off is of no use where all is there."""
        if report.is_complete and self._is_met and not self._is_near:
            with suppress(StoreError):
                wait(self._store.sweep(self._folder.uuid))

    def _changed(self, lengths: Mapping[str, int]) -> tuple[list[RunFile], tuple[str, ...]]:
        """The files that may differ from what is stored, and what a person should know of the others."""
        if self._is_home:
            return [], ()
        self._take_removals()
        tree = scan(str(self._folder.path), lengths)
        if self.mirrored and not tree.left_out:
            self._mirror({file.name for file in tree.files})
        self._growing = sum(file.size for file in tree.files if file.kind == "series")
        changed = [file for file in tree.files if self._may_differ(file)]
        return changed, self._troubles.new(tree.left_out)

    def _may_differ(self, file: RunFile) -> bool:
        shipped = self._manifest.get(file.name)
        if shipped is None or shipped.size != file.size:
            return True
        only_grows = file.kind == "series" and not self._is_rewound
        return not only_grows and shipped.mtime_ns != file.mtime_ns

    def _rates(self) -> Rates:
        """A folder is read by others while it is written; what goes over a network is paid for."""
        if self._is_near:
            return Rates()
        return Rates(growing=0, growth=_GROWTH, free=4, appends_from=self._store.appends_from)

    def _open_budget(self) -> Budget | None:
        """A folder is read while it is written, and costs nothing."""
        if self._is_near:
            return None
        return Budget(self._store.appends_from, is_spent=bool(self._manifest.files))

    def _affordable(self, due: list[RunFile]) -> list[RunFile]:
        if self._budget is None:
            return due
        return self._budget.affordable(due, self._manifest.files, total=self._growing)

    def _take_removals(self) -> None:
        """Take out of the store, and forget, what a person took away meanwhile."""
        for asked, names in asked_removals(self._folder):
            try:
                remove_all(self._store, map(self._key, names))
            except StoreError:
                return  # the next shipment tells of it
            for name in names:
                if self._manifest.get(name) is not None:
                    self._manifest.forget(name)
            self._save()
            self._has_news = True
            self._mark.owe()
            asked.unlink(missing_ok=True)

    def _mirror(self, names: Container[str]) -> None:
        """Take the outputs out of the store that were deleted here and are mirrored."""
        gone = [name for name in self._manifest.files if self._is_mirrored(name) and name not in names]
        for name in gone:
            try:
                wait(self._store.remove(self._key(name)))
            except StoreError:
                return  # the next shipment tells of it
            self._manifest.forget(name)
            self._mark.owe()

    def _is_mirrored(self, name: str) -> bool:
        return name.startswith("outputs/") and f"{name}/".startswith(
            tuple(f"{path}/" for path in self.mirrored)
        )

    @property
    def _is_rewound(self) -> bool:
        """Whether event files may have been written anew."""
        return (self._folder.path / "superseded").is_dir()

    def _is_same(self, file: RunFile, now: float) -> bool:
        """Whether a file of the same size, touched since or shipped young, still has the bytes it had."""
        shipped = self._manifest.get(file.name)
        if shipped is None or shipped.size != file.size:
            return False
        try:
            if checksum(file.path) != shipped.checksum:
                return False
        except SourceError:
            return False
        self._manifest.add(file.name, shipped._replace(mtime_ns=self._trusted(file.mtime_ns, now)))
        return True

    def _trusted(self, mtime_ns: int, now: float) -> int:
        return mtime_ns if self._pace.is_settled(mtime_ns, now) else _YOUNG

    def _ship(self, files: Sequence[RunFile], now: float, *, within: float | None = None) -> ShipReport:
        due = [file for file in files if not self._is_same(file, now)]
        try:
            lost = self._meet_store(due)
        except StoreError as error:
            told = self._troubles.store_failed(str(error), now)
            passes = isinstance(error, PassingStoreError)
            return ShipReport(waiting=len(due) * passes, failed=len(due) * (not passes), told=told)
        outcomes = self._put_all(due, now, within)
        self._save()
        report = self._report(outcomes, now)
        return report._replace(waiting=report.waiting + lost)

    def _meet_store(self, due: Sequence[RunFile]) -> int:
        """Clear away what an earlier, killed shipper left, and see that what was shipped is there; how much is lost.

        A mount that is missing leaves an empty folder behind, and shipping there would fill the wrong disk.
        """
        if not due:
            return 0
        if not self._is_met:
            if self._is_near:
                wait(self._store.sweep(self._folder.uuid))
            else:  # what a cut-off put left is used by the next one; asking tells what a person has to mend
                wait(self._store.list(f"{self._folder.uuid}/journal"), within=_FIRST_WITHIN)
            self._is_met = True
        name = next(iter(self._manifest.files), None)
        if name is None or wait(self._store.stat(self._key(name))) is not None:
            return 0
        if not wait(self._store.list(self._folder.uuid)):
            raise StoreError(
                f"store {self._store.url}: run {self._folder.uuid}: what was shipped is not there any more "
                f"(is it mounted? to ship all of it again, remove {self._manifest.path})"
            )
        lost = lacking(self._store, self._folder.uuid, self._manifest.files)
        for each in lost:
            self._manifest.forget(each)
        return len(lost)

    def _put_all(self, files: Sequence[RunFile], now: float, within: float | None) -> list[Outcome]:
        start, outcomes = time.monotonic(), list[Outcome]()
        for group, share in _in_order(files):
            left = None if within is None else max(0.0, within * share - (time.monotonic() - start))
            by_key = {self._key(file.name): file for file in group}
            puts = [Put(file.path, key, file.limit, self._before(file)) for key, file in by_key.items()]
            note = partial(self._note, by_key, now)
            outcomes += put_many(self._store, puts, retry=self._retry, within=left, each=note)
        return outcomes

    def _before(self, file: RunFile) -> Copy | None:
        """What the store holds of a file that only grows."""
        shipped = self._manifest.get(file.name)
        if shipped is None or file.kind != "series" or self._is_rewound:
            return None
        return Copy(*shipped)

    def _note(self, by_key: Mapping[str, RunFile], now: float, outcome: Outcome) -> None:
        file, copy = by_key[outcome.put.key], outcome.copy
        if copy is not None:
            mtime_ns = self._trusted(copy.mtime_ns, now)
            self._manifest.add(file.name, Shipped(copy.size, mtime_ns, copy.checksum, copy.stored))
            self._pace.was_shipped(file, copy.size, now)
            if self._budget is not None and file.kind == "series":
                self._budget.sent(copy.size if copy.sent is None else copy.sent)
            self._has_news = True
            self._mark.owe()
            if time.monotonic() - self._saved > _SAVE_EVERY:
                self._save()
        elif outcome.state != "late":
            self._pace.was_not_shipped(file, now)

    def _save(self) -> None:
        self._saved = time.monotonic()
        try:
            self._manifest.save()
        except (OSError, PassingStoreError) as error:
            self._unsaved = (
                f"{self._manifest.path}: can't be written, a later shipper will ship again: {error}"
            )

    def _report(self, outcomes: Sequence[Outcome], now: float) -> ShipReport:
        copies = [outcome.copy for outcome in outcomes if outcome.copy is not None]
        local = [outcome.error for outcome in outcomes if outcome.state == "unreadable"]
        store = [outcome.error for outcome in outcomes if outcome.state in {"failed", "refused"}]
        told = self._troubles.new([*local, *([self._unsaved] if self._unsaved else [])])
        if copies:
            self._troubles.store_works()
            told += self._troubles.new(store[:1])
        elif store:
            told += self._troubles.store_failed(store[0], now)
        return ShipReport(
            files=len(copies),
            bytes=sum(copy.size if copy.sent is None else copy.sent for copy in copies),
            waiting=sum(outcome.state in {"changed", "failed", "late"} for outcome in outcomes),
            failed=sum(outcome.state in {"unreadable", "refused"} for outcome in outcomes),
            told=told,
            shared=self._copied(),
        )

    def _copied(self) -> dict[str, str]:
        """The files that the store copied since the last time, each with the key that it has the content from."""
        if self._shared is None:
            return {}
        found = {key.removeprefix(self._key("")): origin for key, origin in self._shared.origins.items()}
        self._shared.origins.clear()
        return found

    def _key(self, name: str) -> str:
        return f"{self._folder.uuid}/{name}"


def _in_order(files: Sequence[RunFile]) -> Iterator[tuple[list[RunFile], float]]:
    """What goes together, and the part of the time that is over when it has to be there.

    A reader that sees a view finds what it tells of: the views come late, and the run's own last. Before them
    the small files go first, so that little is missing where time is short.
    """
    last = [file for file in files if file.name == _LAST]
    views = [file for file in files if file.name in _VIEWS]
    others = _by_size(file for file in files if file.name not in {_LAST, *_VIEWS})
    yield from (
        (group, share) for group, share in ((others, 1 - _VIEWS_SHARE), (views, 1.0), (last, 1.0)) if group
    )


def _helping(files: Sequence[RunFile]) -> list[RunFile]:
    """The smallest of `files`, up to a good helping; at least one."""
    ordered = _by_size(files)
    sizes = accumulate(file.size for file in ordered)
    return [file for file, size in zip(ordered, sizes, strict=True) if size <= _HELPING] or ordered[:1]


def _by_size(files: Iterable[RunFile]) -> list[RunFile]:
    return sorted(files, key=lambda file: file.size)


def _lies_in(folder: RunFolder, store: Store) -> bool:
    """Whether the run's place in the store is its own folder."""
    place = store.local(folder.uuid)
    if place is None:
        return False
    here, there = folder.path.resolve(), place.resolve()
    if here != there and there.is_relative_to(here):
        raise InputError(f"store {store.url} lies inside the run {here}", expected="a folder outside of it")
    return here == there
