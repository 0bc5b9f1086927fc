"""What a run of another tracker holds, one thing at a time."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, TypeAlias

from polyaxon_sdk.types import Json

__all__ = ["Bins", "Dataset", "Event", "File", "Item", "Media", "Moment", "Point", "PrecisionRecall"]

Moment: TypeAlias = "float | str"
"""Seconds since the epoch; or a moment as an event file of Polyaxon's spells it, which is kept as it is."""


class Point(NamedTuple):
    """One point of a series of scalars."""

    name: str
    step: int | None
    time: Moment
    value: float


class Bins(NamedTuple):
    """A histogram: the edges of its bins, one more than there are counts."""

    edges: list[float]
    counts: list[float]


class PrecisionRecall(NamedTuple):
    """A precision-recall curve: at each threshold one number of both."""

    precision: list[float]
    recall: list[float]


class Media(NamedTuple):
    """An encoded picture, sound or film.

    Attributes:
        data: its bytes, or the file that holds them.
        ending: that of its format, such as `.png`.
    """

    data: bytes | Path
    ending: str


class Event(NamedTuple):
    """One event of another kind: text, html, histogram, curve, image, audio, video, or any of Polyaxon's own."""

    kind: str
    name: str
    step: int | None
    time: Moment
    value: Json | Bins | Media | PrecisionRecall


class File(NamedTuple):
    """A file, and its place in the run's outputs; or in the run itself where that is copied as a whole."""

    path: Path
    place: str


class Dataset(NamedTuple):
    """Data that the run read, as its tracker knows it.

    Attributes:
        name: what it is called.
        hash: its digest.
        summary: whatever else is known of it.
    """

    name: str
    hash: str
    summary: dict[str, Json]


Item: TypeAlias = "Point | Event | File | Dataset"
