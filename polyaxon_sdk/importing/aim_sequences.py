"""The rows of Aim's sequences as points and events."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isnan
from typing import Any, NamedTuple

from polyaxon_sdk.importing.item import Bins, Event, Item, Media, Point
from polyaxon_sdk.importing.left_out import LeftOut

__all__ = ["Row", "items_of", "name_of"]

_SCALARS = frozenset({"float", "float64", "int"})


class Row(NamedTuple):
    """One row of a sequence; `time` is in seconds since the epoch."""

    step: int
    time: float
    value: Any
    epoch: float | None


def name_of(name: str, context: Mapping[str, object]) -> str:
    """The name of a series: a sequence's context stands before its name.

    >>> name_of("loss", {"subset": "train"}), name_of("loss", {"fold": 2}), name_of("__system__cpu", {})
    ('train/loss', 'fold=2/loss', 'system/cpu')
    """
    parts = [str(each) if key == "subset" else f"{key}={each}" for key, each in context.items()]
    return "/".join([*parts, name.replace("__system__", "system/", 1)])


def items_of(dtype: str, name: str, rows: Sequence[Row], left_out: LeftOut) -> Iterator[Item]:
    """What a sequence of the type `dtype` holds."""
    epochs = sum(row.epoch is not None and not isnan(row.epoch) for row in rows)
    if epochs:
        left_out.add("epoch of a row", "a series has steps and times", epochs)
    if dtype in _SCALARS:
        yield from (Point(name, row.step, row.time, float(row.value)) for row in rows)
        return
    kind = dtype.removeprefix("list(").rstrip(")")
    if kind not in _EVENTS:
        left_out.add(f"event of the kind {kind}", "there is no such kind of event", len(rows))
        return
    for row in rows:
        values = row.value if isinstance(row.value, list) else [row.value]
        for place, value in enumerate(values):
            each = name if len(values) == 1 else f"{name}/{place}"
            if getattr(value, "caption", ""):
                left_out.add(f"caption of {kind}", "an event of this kind has none")
            yield _EVENTS[kind](each, row, value)


def _text(name: str, row: Row, value: Any) -> Event:
    return Event("text", name, row.step, row.time, str(value.data))


def _histogram(name: str, row: Row, value: Any) -> Event:
    counts, edges = value.to_np_histogram()
    bins = Bins([float(each) for each in edges], [float(each) for each in counts])
    return Event("histogram", name, row.step, row.time, bins)


def _image(name: str, row: Row, value: Any) -> Event:
    media = Media(bytes(value.storage["data"]), f".{value.format.lower()}")
    return Event("image", name, row.step, row.time, media)


def _audio(name: str, row: Row, value: Any) -> Event:
    media = Media(value.get().getvalue(), f".{value.format.lower()}")
    return Event("audio", name, row.step, row.time, media)


_EVENTS: Mapping[str, Callable[[str, Row, Any], Event]] = {
    "aim.text": _text,
    "aim.log_line": _text,
    "aim.distribution": _histogram,
    "aim.image": _image,
    "aim.audio": _audio,
}
