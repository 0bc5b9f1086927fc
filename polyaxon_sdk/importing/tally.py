"""What is in a run, counted and summed up, so that two copies of it can be compared."""

from __future__ import annotations

import json
from collections.abc import Mapping
from zlib import crc32

from attrs import define, field

from polyaxon_sdk.importing.item import (
    Bins,
    Dataset,
    Event,
    File,
    Item,
    Media,
    Moment,
    Point,
    PrecisionRecall,
)
from polyaxon_sdk.runs.events import moment
from polyaxon_sdk.tracking.hashes import hash_of_content, hash_of_path

__all__ = ["SeriesTally", "Tally", "digest_of"]


@define
class SeriesTally:
    """The rows of one series.

    Attributes:
        has_files: whether what counts of a row is the file that it names.
        count: how many there are.
        last: the last value; of what is no number its digest.
        check: a checksum of all of them in their order: steps, times and values.
    """

    has_files: bool = False
    count: int = 0
    last: float | str | None = None
    check: int = 0

    def add(self, step: int | None, time: Moment, value: float | str) -> None:
        """Count a row."""
        shown = time if isinstance(time, str) else moment(time)
        self.count += 1
        self.last = value
        self.check = crc32(f"{step}|{shown}|{value!r}\n".encode("utf-8", "surrogatepass"), self.check)


@define
class Tally:
    """What a run holds.

    Attributes:
        series: by kind and name.
        files: the digest of each by its place.
        data: the digest of each data set by its name.
        inputs, outputs: the values that it was given.
    """

    series: dict[tuple[str, str], SeriesTally] = field(factory=dict)
    files: dict[str, str] = field(factory=dict)
    data: dict[str, str] = field(factory=dict)
    inputs: Mapping[str, object] = field(factory=dict)
    outputs: Mapping[str, object] = field(factory=dict)

    def add(self, item: Item) -> None:
        """Count one thing.

        Raises:
            OSError: a file can't be read.
        """
        match item:
            case Point():
                self._of("metric", item.name).add(item.step, item.time, float(item.value))
            case Event():
                has_files = isinstance(item.value, Media)
                series = self._of(item.kind, item.name, has_files=has_files)
                series.add(item.step, item.time, digest_of(item.value))
            case File():
                self.files[item.place] = hash_of_path(str(item.path)) or ""
            case Dataset():
                self.data[item.name] = item.hash

    def count(self, *, points: bool) -> int:
        """How many points of scalars there are, or how many other events."""
        return sum(each.count for (kind, _), each in self.series.items() if (kind == "metric") is points)

    def _of(self, kind: str, name: str, *, has_files: bool = False) -> SeriesTally:
        found = self.series.get((kind, name))
        if found is None:
            found = self.series[kind, name] = SeriesTally(has_files)
        return found


def digest_of(value: object) -> str:
    """What tells an event's value from others: of its file, or of what the event holds.

    Raises:
        OSError: the file can't be read.
    """
    if isinstance(value, Media):
        return _digest_of_data(value.data)
    if isinstance(value, Bins):
        value = {"values": value.edges, "counts": value.counts}
    elif isinstance(value, PrecisionRecall):
        value = {"kind": "pr", "x": value.precision, "y": value.recall}
    return hash_of_content(json.dumps(value, sort_keys=True))


def _digest_of_data(data: object) -> str:
    return hash_of_content(data) if isinstance(data, bytes) else hash_of_path(str(data)) or ""
