"""The events of a run by the names they were logged under."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.runs.columns import read_columns
from polyaxon_sdk.runs.event_series import EventSeries, read_event_series
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import file_name
from polyaxon_sdk.runs.superseded import read_superseded
from polyaxon_sdk.types import Json

__all__ = ["KINDS", "EventColumns", "Names", "check_kind", "chosen", "columns_of", "texts_of"]

KINDS = (
    "analysis", "artifact", "audio", "chart", "coderef", "confusion", "csv", "curve", "data", "dataframe", "dir",
    "docker_image", "dockerfile", "env", "file", "histogram", "html", "image", "iteration", "markdown", "metric",
    "model", "psv", "span", "ssv", "system", "table", "tensor", "tensorboard", "text", "tsv", "video",
)  # fmt: skip
"""The kinds that any run may have events of (semantics 5.9); a person may log others."""

EventColumns: TypeAlias = "dict[str, list[Json]]"
"""`step`, `timestamp` and, under the name of the kind, the values: three lists of equal length."""

Names: TypeAlias = "str | Sequence[str] | None"
"""Names of series, as a list or one text with commas; None for all."""


def chosen(found: Iterable[EventSeries], names: Names) -> list[EventSeries]:
    """Those series that have one of `names`: as logged, or as their files are called.

    A name that none was logged under finds what has its file name, as copies have that lost theirs.

    Raises:
        InputError: they are no names.
    """
    listed = list(found)
    if names is None:
        return listed
    wanted = _names(names)
    wanted |= {file_name(name) for name in wanted - {series.name for series in listed}}
    return [series for series in listed if {series.name, file_name(series.name)} & wanted]


def _names(names: object) -> set[str]:
    if isinstance(names, str):
        return set(map(str.strip, names.split(",")))
    found: set[str] = set()
    for name in names if isinstance(names, Iterable) else [names]:
        if not isinstance(name, str):
            raise InputError(f"{name!r} names no series", expected="texts, or None for all")
        found.add(name)
    return found


def check_kind(kind: str, folders: Iterable[RunFolder], *, superseded: int | None = None) -> None:
    """Take `kind` for one that runs may have, or that one of these has.

    Raises:
        InputError: it is none.
        OSError: a run can't be read.
    """
    if kind in KINDS:
        return
    there = {series.kind for folder in folders for series in _series_of(folder, None, superseded)}
    if kind not in there:
        raise InputError(
            f"no events are of the kind {kind!r}",
            path="kind",
            expected=f"one of {', '.join(sorted(there) or KINDS)}",
            hint=did_you_mean(str(kind), {*there, *KINDS}),
        )


def columns_of(
    folder: RunFolder, kind: str, names: Names = None, *, superseded: int | None = None
) -> dict[str, EventColumns]:
    """The events of each series as columns; of those that the rewind `superseded`, from 1 on, took out instead.

    Raises:
        OSError: the run can't be read.
    """
    found = _series_of(folder, kind, superseded)
    return {series.name: _columns(series) for series in chosen(found, names)}


def texts_of(
    folder: RunFolder, kind: str, names: Names = None, *, superseded: int | None = None
) -> dict[str, str]:
    """The same as the text of event files (semantics 5.4).

    Raises:
        OSError: the run can't be read.
    """
    return {
        series.name: series.read().decode("utf-8", "replace")
        for series in chosen(_series_of(folder, kind, superseded), names)
    }


def _series_of(folder: RunFolder, kind: str | None, superseded: int | None) -> list[EventSeries]:
    if superseded is None:
        return read_event_series(folder, kind)
    return read_superseded(folder, superseded, kind)


def _columns(series: EventSeries) -> EventColumns:
    steps, timestamps, values = read_columns(series.read(), series.kind)
    return {"step": list(steps), "timestamp": list(timestamps), series.kind: values}
