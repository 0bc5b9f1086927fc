"""What happens when logging fails: one line for the person, one fact for the run, never an exception."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress

from polyaxon_sdk.exceptions import cut, printable

__all__ = ["Trouble"]


class Trouble:
    """Tells each trouble once, on stderr and to `tell`, where it is given."""

    def __init__(self, tell: Callable[[str], None] | None = None) -> None:
        self._tell = tell
        self._told: set[str] = set()

    def of(self, what: str) -> None:
        """Something that was logged could not be taken; said once however often it happens."""
        what = printable(cut(what))
        if what in self._told:
            return
        self._told.add(what)
        if sys.stderr is not None:
            with suppress(OSError, ValueError):  # a stderr that is closed, or a pipe that nobody reads
                sys.stderr.write(f"polyaxon: {what}\n")
        if self._tell is not None:
            self._tell(what)
