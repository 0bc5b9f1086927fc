"""Trying again: how often, after which pause, for how long."""

from __future__ import annotations

from collections.abc import Callable
from random import random
from typing import NamedTuple

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.storage.keys import place

__all__ = ["PassingStoreError", "Retry", "SilentStoreError"]


class PassingStoreError(StoreError):
    """A store's failure that may be over soon: busy, frozen, disconnected, bytes damaged on the way."""


class SilentStoreError(PassingStoreError):
    """A store that gave no sign of life for so long that trying again at once is of no use."""


class Retry(NamedTuple):
    """When a transfer is tried again: exponential pauses with full jitter, deadlines for each attempt.

    Attributes:
        attempts: how often a transfer is begun in all.
        first: the longest pause after the first failure, in seconds; it doubles with each further one.
        longest: no pause is longer than this, in seconds.
        patience: seconds without a sign of life after which an attempt is given up.
        slowest: bytes a second below which a store counts as frozen, though it lives.
        jitter: gives a number from 0 to 1, the part of the pause that is really waited.

    >>> Retry(jitter=lambda: 1.0).pause(3)
    1.0
    """

    attempts: int = 4
    first: float = 0.25
    longest: float = 30.0
    patience: float = 45.0
    slowest: float = 64 << 10
    jitter: Callable[[], float] = random

    def pause(self, failures: int) -> float:
        """Seconds to wait after `failures` failed attempts."""
        return self.jitter() * min(self.longest, self.first * 2.0 ** min(failures - 1, 30))

    def silence(self, url: str, key: str) -> str:
        """What is told of a store that gave no sign of life for so long."""
        return f"{place(url, key)}: no answer within {self.patience:g} s"

    def allowed(self, size: int) -> float:
        """Seconds that one attempt with `size` bytes may take at most."""
        return self.patience + size / self.slowest
