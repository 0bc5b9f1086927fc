"""What goes wrong while shipping: told once, and a reason to pause."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Troubles"]

_FIRST = 10.0
_LONGEST = 300.0


class Troubles:
    """Keeps a person from hearing one thing twice, and a store in trouble from being asked all the time.

    >>> troubles = Troubles()
    >>> troubles.new(["outputs/a: Permission denied"]), troubles.new(["outputs/a: Permission denied"])
    (('outputs/a: Permission denied',), ())
    """

    __slots__ = ("_failures", "_known", "_reason", "_resumes")

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._reason = ""
        self._failures = 0
        self._resumes = 0.0

    def new(self, lines: Iterable[str]) -> tuple[str, ...]:
        """Those of `lines` that were never told."""
        fresh = tuple(dict.fromkeys(line for line in lines if line not in self._known))
        self._known.update(fresh)
        return fresh

    def store_failed(self, line: str, now: float) -> tuple[str, ...]:
        """Pause, longer with each failure in a row; `line` is told unless the last failure had its reason."""
        self._resumes = now + min(_LONGEST, _FIRST * 2.0**self._failures)
        self._failures = min(self._failures + 1, 16)
        reason = line.rpartition(": ")[2]
        is_told, self._reason = reason == self._reason, reason
        return () if is_told else (line,)

    def store_works(self) -> None:
        """Forget the failures of the store."""
        self._reason, self._failures, self._resumes = "", 0, 0.0

    def is_pausing(self, now: float) -> bool:
        """Whether the store is better left alone for a while; a clock that jumped back ends the pause."""
        return 0 < self._resumes - now <= _LONGEST
