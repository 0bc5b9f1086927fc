"""The end of a journal, where output is written down without its secrets."""

from __future__ import annotations

import os
from collections.abc import Callable
from time import monotonic, sleep

from polyaxon_sdk.console.channel import Channel
from polyaxon_sdk.console.piece import Piece
from polyaxon_sdk.secrets.stream import MaskedStream

__all__ = ["JournalEnd"]

_SETTLED = 0.5
"""Seconds after which an unfinished line is written down as far as it is harmless."""
_PATIENCE = 60.0
"""Seconds for which a full disk is tried again once the script is gone."""
_AGAIN = 0.05
_MOST_FOREIGN = 1 << 22


class JournalEnd:
    """Appends pieces of output, each whole and once, whoever is killed meanwhile and however the disk fails.

    How far that is lies in `channel.ring`: a successor goes on in the middle of a piece. Others may append to the
    journal too.

    Args:
        channel: the stream.
        read: what is to be written down next, from `ring.tail` on, of at most so many bytes.
    """

    def __init__(self, channel: Channel, read: Callable[[int], bytes]) -> None:
        self._path = channel.journal
        self._ring = channel.ring
        self._stream = MaskedStream(channel.masker)
        self._read = read
        self._journal = -1
        self._moved_at = monotonic()
        self._inherited = self._ring.piece
        self.error: OSError | None = None

    def write_some(self, *sizes: int, last: bool = False) -> bool:
        """Write down a piece of at most the first of `sizes`, or the next where none ends within it.

        Whether anything was; a full or broken disk is told by `error`, and the piece waits.

        Args:
            sizes: numbers of bytes, which grow.
            last: whether nothing follows: then all that is read is taken.
        """
        try:
            self._open()
            piece = self._ring.piece or self._begun(sizes, last=last)
            self._ring.piece = piece
            if piece is not None:
                self._finish(piece)
        except OSError as error:
            self.error = error
            return False
        self.error = None
        return piece is not None

    def write_rest(self, most: int, end: Callable[[], int]) -> int:
        """Write down what there is up to `end`, as long as there is a place for it and the disk takes it within a
        minute; how many bytes are given up."""
        deadline = monotonic() + _PATIENCE
        while (rest := end() - self._ring.tail) > 0 or self._ring.lost > self._ring.told:
            if monotonic() > deadline or not self.has_place:
                break
            if not self.write_some(min(most, rest), last=rest <= most):
                sleep(_AGAIN)
        return max(0, rest)  # of a file more may have been read than is the run's

    @property
    def has_place(self) -> bool:
        """Whether the folder of the journal is there."""
        return os.path.isdir(os.path.dirname(self._path))

    def close(self) -> None:
        """Close the journal."""
        if self._journal >= 0:
            os.close(self._journal)

    def _open(self) -> None:
        if self._journal < 0:
            how = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
            self._journal = os.open(self._path, how, 0o644)

    def _begun(self, sizes: tuple[int, ...], *, last: bool) -> Piece | None:
        """The next piece; None where nothing is to be written down yet."""
        ring, length = self._ring, 0
        idle = monotonic() - self._moved_at > _SETTLED
        for most in sizes:
            data = self._read(most)
            length = self._stream.end(data, last=last, idle=idle)
            if length or len(data) < most:
                break
        if not length and ring.lost <= ring.told:
            return None
        place = os.fstat(self._journal).st_size
        return Piece(ring.tail, length, ring.key_lines, ring.told, ring.lost, place)

    def _finish(self, piece: Piece) -> None:
        """Append what the journal lacks of a piece, and only then say that it has it."""
        data = self._read(piece.length) if self._ring.tail == piece.start else b""
        if self._ring.tail == piece.start and len(data) == piece.length:  # else it was given up, or is done
            text, key_lines = self._stream.masked(data, piece.key_lines)
            self._append(_missing(piece.lost - piece.told) + text, piece)
            self._commit(piece, key_lines)
        self._ring.piece = self._inherited = None

    def _append(self, text: bytes, piece: Piece) -> None:
        rest, written = memoryview(text)[piece.written :], piece.written
        if self._inherited is not None:
            self._inherited = None
            if bytes(rest) in self._behind(piece.place, len(rest) + _MOST_FOREIGN):
                return  # whoever wrote it was killed before it could say so
        while rest:
            count = os.write(self._journal, rest)
            rest, written = rest[count:], written + count
            self._ring.piece = piece._replace(written=written)

    def _behind(self, place: int, most: int) -> bytes:
        with open(self._path, "rb") as journal:
            journal.seek(place)
            return journal.read(most)

    def _commit(self, piece: Piece, key_lines: int) -> None:
        """Say that the journal has a piece; who is killed here is followed by one who says all of it again."""
        ring, end = self._ring, piece.start + piece.length
        ring.key_lines = key_lines
        given_up = min(ring.tail, end) - piece.start  # while the disk hung, and yet it is there
        ring.told = piece.lost + given_up
        ring.tail = max(ring.tail, end)
        self._moved_at = monotonic()


def _missing(count: int) -> bytes:
    if count <= 0:
        return b""
    return b"\n[%d bytes of output are missing here: the disk of the run was too slow]\n" % count
