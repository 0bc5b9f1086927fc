"""What is there as long as somebody uses it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from threading import Lock
from types import TracebackType
from typing import Self

__all__ = ["WhileUsed"]


class WhileUsed(ABC):
    """Counts those who are within it, from any thread; with the last one that leaves, `_release` lets go of all."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._users = 0

    def __enter__(self) -> Self:
        with self._lock:
            self._users += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._users -= 1
            if self._users == 0:
                self._release()

    @abstractmethod
    def _release(self) -> None:
        """Let go of what is held; the lock is held meanwhile."""
