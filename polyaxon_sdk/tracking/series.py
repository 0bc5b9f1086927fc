"""Where an event belongs: the kind and name of its series, its step and its time."""

from __future__ import annotations

import os
from time import time
from typing import TYPE_CHECKING, cast

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.tracking.numbers import Moment, shown
from polyaxon_sdk.types import Json

if TYPE_CHECKING:
    from polyaxon_sdk.tracking.interface import Place

__all__ = ["Series", "log_text", "named_after"]


class Series:
    """One place in a series.

    Args:
        kind: what the series is of, as in semantics 5.4.
        name: what a person calls it.
        step: None where it has none.
        timestamp: now where it is None.
    """

    def __init__(self, kind: str, name: str, step: int | None, timestamp: Moment | None) -> None:
        self.kind = kind
        self.name = name
        self.step = step
        self.timestamp = timestamp

    def now(self) -> Series:
        """This place with the time of now where it has none, for what is logged later."""
        if self.timestamp is not None:
            return self
        return Series(self.kind, self.name, self.step, time())

    def like(self, *, kind: str | None = None, name: str | None = None) -> Series:
        """The same place in a series of another kind or name."""
        return Series(kind or self.kind, self.name if name is None else name, self.step, self.timestamp)

    def log(self, place: Place, value: Json, *, snapshot: str | None = None) -> None:
        """Log one event; with the name of a snapshot it counts once that is encoded."""
        place.event(
            self.kind, str(self.name), value, step=self.step, timestamp=self.timestamp, snapshot=snapshot
        )


def log_text(place: Place, series: Series, text: object) -> None:
    """Keep text, or HTML, as it is; of anything else how it shows itself.

    Raises:
        InputError: it is nothing, or bytes that are no text.
    """
    series.log(place, text if isinstance(text, str) else _text_of(text))


def _text_of(value: object) -> str:
    try:
        found = value.decode() if isinstance(value, bytes | bytearray) else str(value)
    except UnicodeDecodeError:
        found = None
    if value is None or found is None:
        raise InputError(f"{shown(value)} is no text", expected="text, or bytes of UTF-8")
    return found


def named_after(data: object, otherwise: str) -> str:
    """What a thing without a name is called: a file by its name."""
    if isinstance(data, bytes):
        return otherwise
    try:
        path = os.fspath(cast(str, data))
        return os.path.splitext(os.path.basename(path))[0] or otherwise
    except Exception:  # it is no path, or one of a person's own, which may raise whatever it likes
        return otherwise
