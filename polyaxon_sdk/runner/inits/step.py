"""What every init step does: say what it is, and put things in place."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import NamedTuple, Protocol, runtime_checkable

from polyaxon_sdk.exceptions import PolyaxonError

__all__ = ["Renewable", "Step", "StepError", "Work"]


class StepError(PolyaxonError):
    """An init step could not put things in place; the message says why, in one line."""


class Work(NamedTuple):
    """What a step is given to do its work.

    Attributes:
        given_up: set when nobody wants the result any more; the step then ends soon, in whatever way.
        say: shows a person a line, which the run's logs keep.
        note: adds a fact to the run's record.
    """

    given_up: Event
    say: Callable[[str], None]
    note: Callable[..., None]


class Step(Protocol):
    """One init step, worked out in full; nothing of it is in place yet."""

    @property
    def title(self) -> str:
        """What it puts in place, for a person; never with credentials."""

    def carry_out(self, work: Work) -> None:
        """Put it in place: whole, or not at all.

        Raises:
            StepError: it can't be had.
            StoreError: a store fails.
            OSError: the place can't be written.
        """
        ...  # without it pyright takes the docstring for a body


@runtime_checkable
class Renewable(Protocol):
    """An init step whose things grow: while the main process goes on it is asked for news, again and again."""

    def renew(self) -> None:
        """Bring in what is new; what can't be had now is left for the next time."""
