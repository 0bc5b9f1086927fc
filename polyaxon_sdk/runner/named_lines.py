"""What one of several prints, told apart from what the others do."""

from __future__ import annotations

__all__ = ["NamedLines"]


class NamedLines:
    """Whole lines, each behind the name of who prints them.

    >>> lines = NamedLines("worker-0")
    >>> lines.of(b"one\\ntw"), lines.rest()
    (b'worker-0 | one\\n', b'worker-0 | tw\\n')
    """

    def __init__(self, name: str) -> None:
        self._head = f"{name} | ".encode()
        self._begun = b""

    def of(self, data: bytes) -> bytes:
        """The lines that were ended with what is new; nothing where none was."""
        found, newline, self._begun = (self._begun + data).rpartition(b"\n")
        return self._named(found + newline)

    def rest(self) -> bytes:
        """The line that was begun and not ended; nothing where there is none."""
        rest, self._begun = self._begun, b""
        return self._named(rest)

    def _named(self, text: bytes) -> bytes:
        return b"".join(self._head + line + b"\n" for line in text.splitlines())
