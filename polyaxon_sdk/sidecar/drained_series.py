"""The series that draining writes: where each lies, what it was logged under, and what its points amount to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import cast

from polyaxon_sdk.runs.events import header, parse, row, scalar_row
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import Entry
from polyaxon_sdk.runs.names import file_name, hashed
from polyaxon_sdk.runs.summary import SeriesSummary, quartiles
from polyaxon_sdk.sidecar.drained_files import DrainedFiles
from polyaxon_sdk.types import Json

__all__ = ["DrainedSeries"]


class DrainedSeries:
    """The series of one run, each a file of its own below `events/`.

    Args:
        folder: the run.
        names: what each series was logged under, as `<kind>/<name>`, by its path; series that are new are added to it.
        files: gets the rows, and knows how much of each file counts.

    Attributes:
        names: as given.
        is_changed: whether points came since the summaries were asked for.

    Raises:
        OSError: what there is of a series can't be read.
    """

    def __init__(self, folder: RunFolder, names: dict[str, str], files: DrainedFiles) -> None:
        self._folder = folder
        self._files = files
        self.names = names
        self.read_again()
        self.is_changed = False

    def read_again(self) -> None:
        """Take the series as their files are, as others than `add_events` and `add_points` changed them.

        Raises:
            OSError: one can't be read.
        """
        self._paths = {name: relative for relative, name in self.names.items()}
        self._summaries: dict[str, SeriesSummary] = {}
        for relative in self.names:
            if relative.startswith("events/metric/"):
                summary = self._summaries.setdefault(relative, SeriesSummary())
                for step, moment, value in self._rows(relative):
                    summary.add(step, moment, value)
        self.is_changed = True

    def add_events(self, entries: Iterable[Entry]) -> None:
        """Take in events of any kind but points."""
        for entry in entries:
            written = row(entry.kind, entry.step, entry.time, entry.value)
            self._files.add(self._path_of(entry), header(entry.kind), written)

    def add_points(self, entries: Iterable[Entry]) -> None:
        """Take in points of metrics."""
        for entry in entries:
            relative, value = self._path_of(entry), cast(float, entry.value)
            self._files.add(relative, header("metric"), scalar_row(entry.step, entry.time, value))
            self._summaries.setdefault(relative, SeriesSummary()).add(entry.step, entry.time, value)
            self.is_changed = True

    def summaries(self, *, final: bool = False) -> dict[str, dict[str, Json]]:
        """The summary of every series of scalars, by file name; the quartiles too when `final`.

        Raises:
            OSError: with `final`, a series can't be read.
        """
        self.is_changed = False
        found: dict[str, dict[str, Json]] = {}
        for relative in sorted(self._summaries):
            view = self._summaries[relative].view()
            if final:
                view |= quartiles([value for _, _, value in self._rows(relative)])
            name = self.names[relative].partition("/")[2]
            found[Path(relative).stem] = {"name": name, "path": relative, **view}
        return found

    def others(self) -> dict[str, str]:
        """Those that are no scalars, by path: the `<kind>/<name>` that each was logged under."""
        return {path: key for path, key in self.names.items() if not key.startswith("metric/")}

    def _path_of(self, entry: Entry) -> str:
        """The file of a series; two whose names make one file name get a file each."""
        key = f"{entry.kind}/{entry.name}"
        if (known := self._paths.get(key)) is not None:
            return known
        kind, stem = file_name(entry.kind), file_name(entry.name)
        relative = f"events/{kind}/{stem}.plx"
        if relative in self.names:
            relative = f"events/{kind}/{stem}-{hashed(entry.name)}.plx"
        self._paths[key] = relative
        self.names[relative] = key
        return relative

    def _rows(self, relative: str) -> list[tuple[int | None, float, float]]:
        """Step, time and value of each committed point."""
        data = (self._folder.path / relative).read_bytes()[: self._files.lengths.get(relative, 0)]
        events = parse(data.decode("ascii", "replace"), "metric")
        return [
            (event.step, datetime.fromisoformat(event.timestamp).timestamp(), cast(float, event.value))
            for event in events
        ]
