"""Shipping one run: what changed in its folder goes to the store, beside the training."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Mapping, Sequence
from functools import partial
from pathlib import Path

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.sidecar.budget import Budget
from polyaxon_sdk.sidecar.differing import Differing
from polyaxon_sdk.sidecar.far_side import FarSide
from polyaxon_sdk.sidecar.pace import Pace, Rates
from polyaxon_sdk.sidecar.readers import Readers
from polyaxon_sdk.sidecar.removals import asked_removals
from polyaxon_sdk.sidecar.shipment import ShipReport, helping, in_order, report_of, together
from polyaxon_sdk.sidecar.tree import RunFile
from polyaxon_sdk.sidecar.troubles import Troubles
from polyaxon_sdk.storage.chunked_store import ChunkedStore
from polyaxon_sdk.storage.limits import Limits
from polyaxon_sdk.storage.manifest import Manifest, Shipped
from polyaxon_sdk.storage.removal import free_chunks, remove_all
from polyaxon_sdk.storage.retry import PassingStoreError, Retry
from polyaxon_sdk.storage.shared_store import SharedStore
from polyaxon_sdk.storage.store import Store, open_store
from polyaxon_sdk.storage.transfer import Outcome, Put, put_many, wait

__all__ = ["Shipper"]

_SAVE_EVERY = 5.0
_GROWTH = 1.5
"""How much larger an event file is when it is sent again to a store that costs, where the budget allows it."""
_LOOKS_EVERY = 0.5


def _never() -> bool:
    """Nobody wants an end before it is due."""
    return False


class Shipper:
    """Ships one run to `<store>/<uuid>/...`, and keeps a manifest of it in the run's journal folder.

    One thread at a time may use it; a step lasts as long as its transfers. What goes wrong is in the report,
    never raised. A file deleted here stays in the store, unless it is one of `mirrored` or lies below one: paths
    of outputs, `outputs` for all. Where the run lies in the store already, there is nothing to do. `clean` gives a line
    as the record has it, with secrets masked; what is told and what a record told before are compared so.

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
        clean: Callable[[str], str] = str,
    ) -> None:
        self.mirrored: Sequence[str] = ()
        self._folder = RunFolder(folder)
        below = open_store(store, limits=limits)
        # In a folder, a copy takes as long as a put.
        self._shared = SharedStore(below) if below.local(self._folder.uuid) is None else None
        above = self._shared or below
        self._store: Store = ChunkedStore(above, chunk_from) if chunk_from else above
        self._manifest = Manifest(self._folder.journal / "shipped.json", self._store.url)
        self._there = FarSide(self._folder, self._store, self._manifest)
        self._pace = Pace(rates or self._rates())
        self._budget = self._open_budget()
        self._files = Differing(
            self._folder, self._manifest, self._pace, is_text_only=not self._there.is_near
        )
        self._retry = retry or Retry()
        self._readers = Readers(self._folder, self._store, self._manifest)
        self._troubles = Troubles(clean)
        self._left_out: list[str] = []
        self._saved = time.monotonic()
        self._unsaved = ""
        self._last = ShipReport()

    def recall(self, problems: Sequence[str]) -> None:
        """Know what the run's record tells of its shipping: it is over once all is shipped."""
        self._troubles.recall(problems)

    def step(self, lengths: Mapping[str, int], now: float) -> ShipReport:
        """Ship what changed and is due, or a good helping of it; the rest waits for the next step.

        Args:
            lengths: how many bytes of each event file and log are drained, by path inside the run; one that
                is not named is not shipped.
            now: seconds of wall time.
        """
        if self._troubles.is_pausing(now):
            return self._last._replace(files=0, bytes=0, told=(), over=())
        changed, told = self._changed(lengths)
        due = helping(self._affordable([file for file in changed if self._pace.is_due(file, now)]))
        report = self._ship(due, now)
        if not self._troubles.is_failing:
            self._readers.renew(now)
        waiting = report.waiting + len(changed) - len(due)
        self._last = self._mended(report._replace(waiting=waiting, told=(*told, *report.told)))
        return self._last

    def finish(
        self,
        lengths: Mapping[str, int],
        now: float,
        *,
        within: float,
        tell: Callable[[ShipReport], None] | None = None,
        is_over: Callable[[], bool] = _never,
    ) -> ShipReport:
        """Ship all that is left, as often as it takes, until it is there, needs a person, or time is over.

        Args:
            lengths: as for `step`.
            now: seconds of wall time.
            within: seconds that this may take.
            tell: is given each attempt's report as soon as it is known.
            is_over: asked between two attempts, whether there is to be none any more; by default nobody wants that.
        """
        start, reports = time.monotonic(), list[ShipReport]()
        while True:
            spent = time.monotonic() - start
            changed, lines = self._changed(lengths)
            report = self._ship(changed, now + spent, within=max(0.0, within - spent))
            reports.append(self._mended(report._replace(told=(*lines, *report.told))))
            if tell is not None:
                tell(reports[-1])
            if not report.waiting or not self._rested(len(reports), start + within, is_over):
                break
        self._settle(report, now + time.monotonic() - start)
        return together(reports)

    def _rested(self, failures: int, deadline: float, is_over: Callable[[], bool]) -> bool:
        """Wait before the next attempt; whether there is to be one."""
        ends = time.monotonic() + self._retry.pause(failures)
        if ends >= deadline:
            return False
        while not (is_asked := is_over()) and (left := ends - time.monotonic()) > 0:
            time.sleep(min(left, _LOOKS_EVERY))
        return not is_asked

    def _mended(self, report: ShipReport) -> ShipReport:
        """Tell also what is over, where all is there."""
        if not report.is_complete:
            return report
        standing = {*self._left_out, self._unsaved}
        return report._replace(over=(*report.over, *self._troubles.over(standing)))

    def _settle(self, report: ShipReport, now: float) -> None:
        """Tell readers what is there; a store that gives no answer is not asked for that either."""
        if report.is_complete and not self._there.is_home:
            self._readers.settle_whole(now)
            self._save()
            self._there.tidy()
            free_chunks(self._store, self._folder.uuid)
        elif not self._troubles.is_failing:
            self._readers.settle(now)

    def _changed(self, lengths: Mapping[str, int]) -> tuple[list[RunFile], tuple[str, ...]]:
        """The files that may differ from what is stored, and what a person should know of the others."""
        if self._there.is_home:
            return [], ()
        self._take_removals()
        tree = self._files.look(lengths)
        if self.mirrored and not tree.left_out:
            self._mirror(self._files.names)
        self._left_out = tree.left_out
        return tree.files, self._troubles.new(tree.left_out)

    def _rates(self) -> Rates:
        """A folder is read by others while it is written; what goes over a network is paid for."""
        if self._there.is_near:
            return Rates()
        return Rates(growing=0, growth=_GROWTH, free=4, appends_from=self._store.appends_from)

    def _open_budget(self) -> Budget | None:
        """A folder is read while it is written, and costs nothing."""
        if self._there.is_near:
            return None
        return Budget(self._store.appends_from, is_spent=bool(self._manifest.files))

    def _affordable(self, due: list[RunFile]) -> list[RunFile]:
        if self._budget is None:
            return due
        return self._budget.affordable(due, self._manifest.files, total=self._files.growing)

    def _take_removals(self) -> None:
        """Take out of the store, and forget, what a person took away meanwhile."""
        for asked, names in asked_removals(self._folder):
            try:
                remove_all(self._store, map(self._there.key, names))
            except StoreError:
                return  # the next shipment tells of it
            for name in names:
                if self._manifest.get(name) is not None:
                    self._manifest.forget(name)
            self._save()
            self._readers.owe()
            free_chunks(self._store, self._folder.uuid)
            asked.unlink(missing_ok=True)

    def _mirror(self, names: Container[str]) -> None:
        """Take the outputs out of the store that were deleted here and are mirrored."""
        gone = [name for name in self._manifest.files if self._is_mirrored(name) and name not in names]
        for name in gone:
            try:
                wait(self._store.remove(self._there.key(name)))
            except StoreError:
                return  # the next shipment tells of it
            self._manifest.forget(name)
            self._readers.owe()
        if gone:
            free_chunks(self._store, self._folder.uuid)

    def _is_mirrored(self, name: str) -> bool:
        return name.startswith("outputs/") and f"{name}/".startswith(
            tuple(f"{path}/" for path in self.mirrored)
        )

    def _ship(self, files: Sequence[RunFile], now: float, *, within: float | None = None) -> ShipReport:
        due = [file for file in files if not self._files.is_same(file, now)]
        try:
            lost = self._there.meet() if due else 0
        except StoreError as error:
            told = self._troubles.store_failed(str(error), now)
            passes = isinstance(error, PassingStoreError)
            return ShipReport(waiting=len(due) * passes, failed=len(due) * (not passes), told=told)
        outcomes = self._put_all(due, now, within)
        self._save()
        report = self._report(outcomes, now)
        return report._replace(waiting=report.waiting + lost)

    def _put_all(self, files: Sequence[RunFile], now: float, within: float | None) -> list[Outcome]:
        start, outcomes = time.monotonic(), list[Outcome]()
        for group, share in in_order(files):
            left = None if within is None else max(0.0, within * share - (time.monotonic() - start))
            by_key = {self._there.key(file.name): file for file in group}
            puts = [Put(file.path, key, file.limit, self._files.before(file)) for key, file in by_key.items()]
            note = partial(self._note, by_key, now)
            down = next((outcome for outcome in outcomes if outcome.is_down), None)
            if down is None:
                outcomes += put_many(self._store, puts, retry=self._retry, within=left, each=note)
            else:  # each further group would wait as long for an answer
                outcomes += [down._replace(put=put) for put in puts]
        return outcomes

    def _note(self, by_key: Mapping[str, RunFile], now: float, outcome: Outcome) -> None:
        file, copy = by_key[outcome.put.key], outcome.copy
        if copy is not None:
            mtime_ns = self._files.trusted(copy.mtime_ns, now)
            self._manifest.add(file.name, Shipped(copy.size, mtime_ns, copy.checksum, copy.stored))
            self._pace.was_shipped(file, copy.size, now)
            if self._budget is not None and file.kind == "series":
                self._budget.sent(copy.size if copy.sent is None else copy.sent)
            self._readers.owe()
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
        else:
            self._unsaved = ""

    def _report(self, outcomes: Sequence[Outcome], now: float) -> ShipReport:
        local = [outcome.error for outcome in outcomes if outcome.state == "unreadable"]
        store = [outcome.error for outcome in outcomes if outcome.state in {"failed", "refused"}]
        told = self._troubles.new([*local, *([self._unsaved] if self._unsaved else [])])
        over = tuple[str, ...]()
        report = report_of(outcomes)
        if report.files and store and not any(outcome.is_down for outcome in outcomes):
            self._troubles.is_taking()
            told += self._troubles.new(store[:1])
        elif not store and report.files:
            over = self._troubles.store_works()
        elif store:
            told += self._troubles.store_failed(store[0], now)
        return report._replace(told=told, over=over, shared=self._copied())

    def _copied(self) -> dict[str, str]:
        """The files that the store copied since the last time, each with the key that it has the content from."""
        if self._shared is None:
            return {}
        found = {
            key.removeprefix(self._there.key("")): origin for key, origin in self._shared.origins.items()
        }
        self._shared.origins.clear()
        return found
