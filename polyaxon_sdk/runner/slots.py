"""Places for runs: how many of a home are carried out at once, whoever started them."""

from __future__ import annotations

import os
from contextlib import suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

__all__ = ["Slots"]


class Slots:
    """The places of a home, each a file that is locked while it is taken; a dead process gives its own back.

    Args:
        home: whose runs are counted.
        most: how many places there are; 0 for as many as are wanted.

    >>> Slots(Path("/nowhere"), 0).take()
    True
    """

    def __init__(self, home: Path, most: int) -> None:
        self._folder = home / "slots"
        self._most = most
        self._taken: int | None = None

    def take(self) -> bool:
        """Take a place, where one is free; whether this one has it then.

        Raises:
            OSError: the home can't be written.
        """
        if self._most <= 0 or self._taken is not None:
            return True
        self._folder.mkdir(parents=True, exist_ok=True)
        for number in range(self._most):
            descriptor = os.open(self._folder / str(number), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            with suppress(BlockingIOError):
                flock(descriptor, LOCK_EX | LOCK_NB)
                self._taken = descriptor
                return True
            os.close(descriptor)
        return False

    def give_back(self) -> None:
        """Let the next one have the place."""
        if self._taken is not None:
            os.close(self._taken)
            self._taken = None
