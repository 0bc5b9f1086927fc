"""Keeping what init steps put in place up to date while the main process goes on."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from threading import Event, Thread

from polyaxon_sdk.runner.inits.step import Renewable

__all__ = ["Renewal"]

_EVERY = 10.0
"""Seconds between two rounds; TensorBoard looks every five."""


class Renewal:
    """Asks steps for news, in a thread of its own.

    Args:
        steps: those that have some.
    """

    def __init__(self, steps: Sequence[Renewable]) -> None:
        self._steps = steps
        self._over = Event()
        self._thread = Thread(target=self._renew, name="renewal", daemon=True)

    def start(self) -> None:
        """Begin to ask."""
        self._thread.start()

    def close(self) -> None:
        """Ask no more."""
        self._over.set()

    def _renew(self) -> None:
        while not self._over.wait(_EVERY):
            for step in self._steps:
                with suppress(OSError):  # of a place that is full or gone: the next round may find it well
                    step.renew()
