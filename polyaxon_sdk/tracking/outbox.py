"""What is on its way to the disk: kept in memory while the disk takes none, written in order as soon as it does."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from polyaxon_sdk.runs.courier import Courier

__all__ = ["Outbox"]

_MOST = 10_000
_MOST_BYTES = 1 << 26


class Outbox:
    """Writes in order, by a courier, and tries again with the next thing what a full or broken disk didn't take.

    Attributes:
        dropped: how many things were left out since too much waited already.
    """

    def __init__(self, courier: Courier, on_trouble: Callable[[OSError], None]) -> None:
        self._courier = courier
        self._on_trouble = on_trouble
        self.dropped = 0
        self.restart()

    def __len__(self) -> int:
        return len(self._waiting)

    def restart(self) -> None:
        """Go on in a forked child: what waits is the parent's to write."""
        self._waiting: deque[tuple[Callable[[], None], int]] = deque()  # each with its size
        self._fails = False
        self._gathers = False

    @contextmanager
    def together(self) -> Iterator[None]:
        """Let what is put meanwhile go in one go: a trip of the courier may cost a turn of the processor."""
        outer, self._gathers = self._gathers, True
        try:
            yield
        finally:
            self._gathers = outer
            if self._waiting and not outer:
                self.send()

    def put(self, write: Callable[[], None], size: int = 0, patience: float | None = None) -> bool:
        """Do `write`, now or as soon as the disk takes it; whether all that was put so far is written.

        Args:
            write: writes one thing, or raises OSError and is called again.
            size: the bytes that it holds in memory.
            patience: seconds that the caller waits for a disk which gives no answer, even for one that denied
                what came before; by default the courier's, and then it is tried again behind the caller's back.
        """
        return self.add(write, size) and self.send(patience)

    def add(self, write: Callable[[], None], size: int = 0) -> bool:
        """Let `write` be done with the next `send`; whether there is room for it."""
        waiting = tuple(self._waiting)  # mostly nothing, and then the disk takes what is as large as it likes
        if waiting and (len(waiting) >= _MOST or sum(each for _, each in waiting) + size > _MOST_BYTES):
            self.dropped += 1
            return False
        self._waiting.append((write, size))
        return True

    def send(self, patience: float | None = None) -> bool:
        """Have what waits written; whether all of it is."""
        if self._gathers:
            return False
        if patience is None and self._fails:
            patience = 0.0
        return self._courier.do(self.settle, patience) and not self._waiting

    def flush(self) -> None:
        """Write what waits now; for the courier alone.

        Raises:
            OSError: the disk takes no more of it.
        """
        for _ in range(len(self._waiting)):  # and not what comes meanwhile: other things wait their turn
            write, _ = self._waiting[0]
            write()
            self._waiting.popleft()
            self._courier.progress()

    def settle(self) -> None:
        """Write what waits, as far as the disk takes it; for the courier alone."""
        try:
            while self._waiting:
                self.flush()
            self._fails = False
        except OSError as error:
            self._fails = True
            self._on_trouble(error)
