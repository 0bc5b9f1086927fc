"""Where an event belongs: the kind and name of its series, its step and its time."""

from __future__ import annotations

from typing import NamedTuple

from polyaxon_sdk.tracking.numbers import Moment
from polyaxon_sdk.tracking.place import Place
from polyaxon_sdk.types import Json

__all__ = ["Series"]


class Series(NamedTuple):
    """One place in a series.

    Attributes:
        kind: what the series is of, as in semantics 5.4.
        name: what a person calls it.
        step: None where it has none.
        timestamp: now where it is None.
    """

    kind: str
    name: str
    step: int | None
    timestamp: Moment | None

    def log(self, place: Place, value: Json, *, snapshot: str | None = None) -> None:
        """Log one event; with the name of a snapshot it counts once that is encoded."""
        place.event(
            self.kind, str(self.name), value, step=self.step, timestamp=self.timestamp, snapshot=snapshot
        )
