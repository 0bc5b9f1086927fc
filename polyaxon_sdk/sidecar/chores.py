"""What a sidecar does besides draining: capture code and environment, sample the machine, ship."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from threading import Event, Thread
from time import monotonic, time

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.captures import Captures
from polyaxon_sdk.sidecar.origin import Origin
from polyaxon_sdk.sidecar.sample import Sampler
from polyaxon_sdk.sidecar.ship import Shipper
from polyaxon_sdk.sidecar.shipment import ShipReport
from polyaxon_sdk.sidecar.views import write_views
from polyaxon_sdk.storage.limits import Limits
from polyaxon_sdk.types import Json

__all__ = ["Chores", "Told"]

Append = Callable[..., None]
Told = list[tuple[str, dict[str, Json]]]
"""Facts that are to be written: each a kind and its fields."""

_SAMPLE_EVERY = 10.0
_FIRST_SAMPLE = 1.0
_SHIP_WITHIN = 300.0
"""Seconds that a finished run's last files may take; what is left then is for `polyaxon sync`."""


class Chores:
    """The slow things, in a thread of their own, so that draining never waits for a store or for git."""

    def __init__(
        self, folder: RunFolder, settings: Settings, append: Append, captures: Captures | None = None
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._append = append
        self._captures = captures or Captures()
        self._masker = self._captures.masker(settings)
        self._ships = settings.artifacts_store is not None
        self._shipper = self._open_shipper()
        self._sampler: Sampler | None = None
        self._sample_at = 0.0
        self._lengths: Mapping[str, int] = {}
        self._ended = Event()
        self._thread: Thread | None = None

    def start(self, state: RunState) -> None:
        """Begin: capture what the run wants, once, then ship every now and then, unless it is to stay here."""
        self._begin(state)
        if self._wants(state, "collect_resources"):
            self._sampler, self._sample_at = Sampler(), monotonic() + _FIRST_SAMPLE
        self._thread = Thread(target=self._work, args=(state,), daemon=True)
        self._thread.start()

    def capture(self, state: RunState) -> Told:
        """Capture what a run wants that is over already, in this thread: there is nothing to be held up.

        Gives the facts that tell of it, for the caller to write with others.
        """
        told: Told = []

        def tell(kind: str, **fields: Json) -> None:
            told.append((kind, fields))

        self._begin(state)
        try:
            self._capture(state, tell)
        except OSError as error:  # of the run folder: the drain meets it too
            tell("problem", what=f"not all of code and environment is captured: {error}")
        return told

    def _begin(self, state: RunState) -> None:
        if not self._wants(state, "collect_artifacts"):
            self._shipper, self._ships = None, False
        self.saw(state)
        if self._shipper is not None:
            self._shipper.recall([*state.unshipped_for])

    def saw(self, state: RunState) -> None:
        """Take note of the run as it is now."""
        if self._shipper is not None:
            self._shipper.mirrored = ["outputs"] if self._wants(state, "ship_mirror") else state.mirrored

    def samples(self) -> dict[str, float]:
        """A sample of the machine where one is due, by name (semantics 5.5); else nothing."""
        if self._sampler is None or monotonic() < self._sample_at:
            return {}
        self._sample_at = monotonic() + _SAMPLE_EVERY
        return self._sampler.sample()

    def ship(self, lengths: Mapping[str, int]) -> None:
        """Say how long the drained files are by now; shipping goes on by itself."""
        self._lengths = dict(lengths)

    def end(self) -> None:
        """Begin nothing more."""
        self._ended.set()

    def stop(self) -> None:
        """The same, and wait until what is under way is done."""
        self.end()
        if self._thread is not None:
            self._thread.join()

    def finish_shipping(self, lengths: Mapping[str, int]) -> bool:
        """Ship all that is left; whether the store has everything."""
        if self._shipper is None:
            return not self._ships
        report = self._finish(self._shipper, lengths)
        if report.is_news:  # the record grew by that
            write_views(self._folder)
        if report.is_news and report.is_complete:
            report = self._finish(self._shipper, lengths)
        return report.is_complete

    def _finish(self, shipper: Shipper, lengths: Mapping[str, int]) -> ShipReport:
        is_over = self._folder.handover.exists
        return shipper.finish(lengths, time(), within=_SHIP_WITHIN, tell=self._tell_of, is_over=is_over)

    def _open_shipper(self) -> Shipper | None:
        if self._settings.artifacts_store is None:
            return None
        try:
            limits = Limits(self._settings.ship_bandwidth, self._settings.ship_requests)
            return Shipper(
                self._folder.path,
                self._settings.artifacts_store,
                limits=limits,
                chunk_from=self._settings.chunk_from,
                clean=self._masker.text,
            )
        except PolyaxonError as error:
            self._tell([str(error)])
            return None

    def _work(self, state: RunState) -> None:
        try:
            self._capture(state, self._append)
            while self._shipper is not None and not self._ended.wait(self._settings.ship_interval):
                self._tell_of(self._shipper.step(self._lengths, time()))
        except OSError as error:  # of the run folder: the drain meets it too, and ends or waits
            self._tell([f"shipping paused: {error}"])

    def _capture(self, state: RunState, append: Append) -> None:
        origin = Origin(self._folder, state, append, self._captures, self._masker)
        if self._wants(state, "track_env"):
            origin.keep_environment()
        if self._wants(state, "track_code"):
            origin.keep_code()

    def _wants(self, state: RunState, what: str) -> bool:
        chosen = state.start.get(what)
        return self._settings.flag(what) if chosen is None else bool(chosen)

    def _tell_of(self, report: ShipReport) -> None:
        self._tell(report.told)
        if report.over:
            self._append("mended", problems=list(report.over))
        if report.shared:
            values = {name: {"same_as": origin} for name, origin in report.shared.items()}
            self._append("shipped", values=values)

    def _tell(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._append("problem", what=line, about="shipping")
