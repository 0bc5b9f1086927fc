"""What a source has more of than the home, since the run was brought in: added to the run that is there."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, field

from polyaxon_sdk.importing.item import Dataset, Event, File, Item, Media
from polyaxon_sdk.importing.left_out import LeftOut
from polyaxon_sdk.importing.parity import Parity
from polyaxon_sdk.importing.source_run import About, SourceRun
from polyaxon_sdk.importing.tally import SeriesTally, Tally
from polyaxon_sdk.importing.writing import Arriving
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.secrets.masker import is_masked
from polyaxon_sdk.tracking.hashes import hash_of_path
from polyaxon_sdk.tracking.values import plain_values
from polyaxon_sdk.types import Json

__all__ = ["Growth", "has_ended_anew"]


@define
class Growth:
    """Adds to one run of the home, which is written to by nobody else.

    A series goes on behind what the home has of it, where that is how the series begins at its source; another
    one is left alone. So an import that is killed in the middle is finished by the next.

    Attributes:
        folder: the run.
        parity: what the home has of it.
        added: how many points, events, files and data sets were new.
    """

    folder: RunFolder
    parity: Parity
    added: int = 0
    _kept: dict[tuple[str, str], SeriesTally] = field(init=False)
    _alike: set[tuple[str, str]] = field(factory=set, init=False)
    _arrival: Arriving | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self._kept = {(each.kind, each.name): each.kept for each in self.parity.series}

    def take(self, run: SourceRun) -> Tally:
        """Add what is new of `run`; what the source holds by now.

        Raises:
            InputError: the run can't be read.
            OSError: a file can't be read, or the home not be written.
        """
        tally, known = Tally(), read_run(self.folder)
        try:
            for item in run.items(LeftOut()):  # which the first reading told
                tally.add(item)
                if self._is_new(item, tally, known):
                    self._open().log(item)
                    self.added += 1
            self._describe(run.about(), known, tally)
        finally:
            if self._arrival is not None:
                self._arrival.close()
        return tally

    def _describe(self, about: About, known: RunState, tally: Tally) -> None:
        tally.inputs, tally.outputs = about.inputs, about.outputs
        news: dict[str, Json] = {
            kind: new
            for kind, values, before in (
                ("inputs", about.inputs, known.inputs),
                ("outputs", about.outputs, known.outputs),
            )
            if (new := _news(values, before))
        }
        if tags := [tag for tag in about.tags if tag not in known.tags]:
            news["tags"] = list[Json](tags)
        if news or self.has_written:
            self._open().tell(news)
        if has_ended_anew(about, known):
            self._open().end_anew(about)

    def _is_new(self, item: Item, tally: Tally, known: RunState) -> bool:
        match item:
            case File():
                return self._is_changed(item.place, tally.files[item.place], known)
            case Dataset():
                return (item.name, "data") not in known.artifacts
        key = (item.kind, item.name) if isinstance(item, Event) else ("metric", item.name)
        there = tally.series[key]
        here = self._kept.get(key, SeriesTally(isinstance(item, Event) and isinstance(item.value, Media)))
        if there.count == here.count and there.check == here.check:
            self._alike.add(key)
        return there.count > here.count and (not here.count or key in self._alike)

    def _is_changed(self, place: str, digest: str, known: RunState) -> bool:
        """Whether a file is another one at its source since; one that was altered here stays."""
        path = f"outputs/{place}"
        here = hash_of_path(str(self.folder.inside(path)))
        told = [each.get("summary") for each in known.artifacts.values() if each.get("path") == path]
        brought = [each.get("hash") for each in told if isinstance(each, dict)]
        return here is None or (here != digest and here in brought)

    @property
    def has_written(self) -> bool:
        """Whether anything of the run is another thing than before."""
        return self._arrival is not None

    def _open(self) -> Arriving:
        if self._arrival is None:
            self._arrival = Arriving(self.folder)
        return self._arrival


def has_ended_anew(about: About, known: RunState) -> bool:
    """Whether a run has at its source another end than the one that an import brought."""
    last = known.conditions[-1] if known.conditions else None
    if last is None or last.reason != "Import":
        return False  # it went on here
    ended = about.finished_at or about.started_at or about.created_at
    return (last.status, last.message, last.time) != (about.status, about.message, ended)


def _news(values: Mapping[str, object], before: Mapping[str, object]) -> dict[str, Json]:
    """Those values that are not known, or were others; what is masked stays so."""
    return {
        name: value
        for name, value in plain_values(values).items()
        if repr(before.get(name)) != repr(value) and not is_masked(before.get(name))
    }
