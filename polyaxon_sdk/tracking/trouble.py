"""What happens when logging fails: one line for the person, one fact for the run, never an exception."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import RLock

from polyaxon_sdk.types import Json

__all__ = ["Facts", "Trouble"]

Append = Callable[..., None]

_WAITING = 10_000


class Facts:
    """Facts on their way to the record: kept in memory while it can't be written, tried again with the next."""

    def __init__(self, append: Append, on_trouble: Callable[[OSError], None]) -> None:
        self._append = append
        self._on_trouble = on_trouble
        self.restart()

    def restart(self) -> None:
        """Go on in a forked child: what waits is the parent's to write."""
        self._lock = RLock()
        self._waiting: deque[tuple[str, dict[str, Json]]] = deque(maxlen=_WAITING)

    def append(self, kind: str, /, **fields: Json) -> None:
        """Add a fact, now or as soon as the disk takes it."""
        self._waiting.append((kind, fields))
        self.flush()

    def flush(self) -> None:
        """Try to write what waits."""
        try:
            with self._lock:
                while self._waiting:
                    fact = self._waiting.popleft()  # first: a signal's handler must not write it again
                    try:
                        self._append(fact[0], **fact[1])
                    except OSError:
                        self._waiting.appendleft(fact)
                        raise
        except OSError as error:
            self._on_trouble(error)


class Trouble:
    """Tells each trouble once, on stderr and to `tell`, where it is given."""

    def __init__(self, tell: Callable[[str], None] | None = None) -> None:
        self._tell = tell
        self._told: set[str] = set()

    def of(self, what: str) -> None:
        """Something that was logged could not be taken; said once however often it happens."""
        if what in self._told:
            return
        self._told.add(what)
        if sys.stderr is not None:
            with suppress(OSError, ValueError):  # a stderr that is closed, or a pipe that nobody reads
                sys.stderr.write(f"polyaxon: {what}\n")
        if self._tell is not None:
            self._tell(what)
