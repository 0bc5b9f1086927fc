"""What goes wrong while shipping: told once, known until it is over, and a reason to pause."""

from __future__ import annotations

from collections.abc import Callable, Iterable

__all__ = ["Troubles"]

_FIRST = 10.0
_LONGEST = 300.0


class Troubles:
    """Keeps a person from hearing one thing twice, and a store in trouble from being asked all the time.

    Args:
        clean: gives a line as the record has it, which secrets are masked in.

    >>> troubles = Troubles()
    >>> troubles.new(["outputs/a: Permission denied"]), troubles.new(["outputs/a: Permission denied"])
    (('outputs/a: Permission denied',), ())
    >>> troubles.over()
    ('outputs/a: Permission denied',)
    """

    __slots__ = ("_clean", "_failures", "_known", "_of_store", "_reason", "_recalled", "_resumes")

    def __init__(self, clean: Callable[[str], str] = str) -> None:
        self._clean = clean
        self._known: dict[str, None] = {}
        self._of_store: set[str] = set()
        self._recalled: dict[str, str] = {}
        self._reason = ""
        self._failures = 0
        self._resumes = 0.0

    def recall(self, lines: Iterable[str]) -> None:
        """Know what somebody else told, and nobody called over since."""
        for line in lines:
            self._known[line] = None
            if line.startswith("store "):
                self._of_store.add(line)
                self._recalled[_reason(line)] = line

    def new(self, lines: Iterable[str]) -> tuple[str, ...]:
        """Those of `lines` that are not known."""
        fresh = tuple(dict.fromkeys(line for line in map(self._clean, lines) if line not in self._known))
        self._known.update(dict.fromkeys(fresh))
        return fresh

    def store_failed(self, line: str, now: float) -> tuple[str, ...]:
        """Pause, longer with each failure in a row; `line` is told unless the last failure had its reason.

        What somebody else told before is told again in the same words: it is one problem, that goes on.
        """
        line = self._clean(line)
        self._resumes = now + min(_LONGEST, _FIRST * 2.0**self._failures)
        self._failures = min(self._failures + 1, 16)
        is_told, self._reason = _reason(line) == self._reason, _reason(line)
        if is_told:
            return ()
        line = self._recalled.get(self._reason, line)
        self._known[line] = None
        self._of_store.add(line)
        return (line,)

    def is_taking(self) -> None:
        """Say that the store takes something, though not all: it need not be left alone."""
        self._reason, self._failures, self._resumes = "", 0, 0.0

    def store_works(self) -> tuple[str, ...]:
        """Forget the failures of the store; what was told of them is over."""
        self.is_taking()
        gone = tuple(line for line in self._known if line in self._of_store)
        self._forget(gone)
        return gone

    def over(self, standing: Iterable[str] = ()) -> tuple[str, ...]:
        """What was told and is not so any more, now that all is shipped; `standing` are those that are."""
        still = {*map(self._clean, standing)}
        gone = (*self.store_works(), *(line for line in self._known if line not in still))
        self._forget(gone)
        return gone

    @property
    def is_failing(self) -> bool:
        """Whether the store took nothing the last time."""
        return self._failures > 0

    def is_pausing(self, now: float) -> bool:
        """Whether the store is better left alone for a while; a clock that jumped back ends the pause."""
        return 0 < self._resumes - now <= _LONGEST

    def _forget(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._known.pop(line, None)
            self._of_store.discard(line)


def _reason(line: str) -> str:
    return line.rpartition(": ")[2]
