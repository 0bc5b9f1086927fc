"""Memory that processes share, in which output waits: read, shown and written down at three places."""

from __future__ import annotations

import mmap
import os

from polyaxon_sdk.console.peer import Peer
from polyaxon_sdk.console.piece import Piece

__all__ = ["CAPTURING", "CLOSED", "OVER", "Ring"]

CAPTURING, CLOSED, OVER = 0, 1, 2

_SIZE = 1 << 24
_HEADER = 256
_HEAD, _SHOWN, _TAIL, _LOST, _STAGE, _BROKEN, _EXPECTED, _LET_GO = range(8)
_READING, _MOVER, _SCRIBE = 8, 9, 11
_KEY_LINES, _TOLD, _IS_BEGUN, _PIECE = 13, 14, 15, 16
_PIECE_END = _PIECE + len(Piece._fields)
_ZEROS = bytes(1 << 16)


class Ring:
    """A ring of bytes with three positions that only grow: `tail` <= `head`, `shown` <= `head`.

    What one process moves, the others see, and what one leaves half done when it is killed, its successor goes on
    with.

    Args:
        descriptor: a file in memory that all of them have; it stays the caller's.
        size: the bytes that it takes.

    Raises:
        OSError: there is no memory.

    Attributes are read from and written to the shared memory:
        head: bytes read so far.
        shown: bytes written to the terminal so far.
        tail: bytes written down so far.
        lost: bytes that were shown and never written down.
        told: so many of them the journal tells of.
        key_lines: how many lines of a private key may come next.
        piece: what is being written down; None between two pieces.
        stage: `CAPTURING`, then `CLOSED`: nothing more comes in, then `OVER`: nothing more is written down.
        is_broken: whether the terminal takes nothing more.
        is_let_go: whether the script has left.
        is_reading: whether bytes are being read that do not count yet.
        mover, scribe: the processes that show and write down.
    """

    def __init__(self, descriptor: int, size: int = _SIZE) -> None:
        os.ftruncate(descriptor, _HEADER + size)
        memory = memoryview(mmap.mmap(descriptor, _HEADER + size))
        self._fields = memory[:_HEADER].cast("Q")
        self._data = memory[_HEADER:]
        self.size = size

    @property
    def head(self) -> int:
        """Bytes read so far."""
        return self._fields[_HEAD]

    @property
    def shown(self) -> int:
        """Bytes written to the terminal so far."""
        return self._fields[_SHOWN]

    @shown.setter
    def shown(self, position: int) -> None:
        self._fields[_SHOWN] = position

    @property
    def tail(self) -> int:
        """Bytes written down so far."""
        return self._fields[_TAIL]

    @tail.setter
    def tail(self, position: int) -> None:
        self._fields[_TAIL] = position

    @property
    def lost(self) -> int:
        """Bytes that were shown and never written down."""
        return self._fields[_LOST]

    @property
    def told(self) -> int:
        """How many of the lost bytes the journal tells of."""
        return self._fields[_TOLD]

    @told.setter
    def told(self, count: int) -> None:
        self._fields[_TOLD] = count

    @property
    def key_lines(self) -> int:
        """How many lines of a private key may come next."""
        return self._fields[_KEY_LINES]

    @key_lines.setter
    def key_lines(self, count: int) -> None:
        self._fields[_KEY_LINES] = count

    @property
    def piece(self) -> Piece | None:
        """What is being written down."""
        return Piece(*self._fields[_PIECE:_PIECE_END]) if self._fields[_IS_BEGUN] else None

    @piece.setter
    def piece(self, piece: Piece | None) -> None:
        if piece is not None:
            for number, value in enumerate(piece, _PIECE):
                self._fields[number] = value
        self._fields[_IS_BEGUN] = piece is not None

    @property
    def stage(self) -> int:
        """How far the capture is."""
        return self._fields[_STAGE]

    @stage.setter
    def stage(self, stage: int) -> None:
        self._fields[_STAGE] = stage

    @property
    def is_broken(self) -> bool:
        """Whether the terminal takes nothing more."""
        return bool(self._fields[_BROKEN])

    def set_broken(self) -> None:
        """Say that the terminal takes nothing more."""
        self._fields[_BROKEN] = 1

    @property
    def is_let_go(self) -> bool:
        """Whether the script has left: what others print from then on is not kept."""
        return bool(self._fields[_LET_GO])

    def let_go(self) -> None:
        """Say that the script has left."""
        self._fields[_LET_GO] = 1

    @property
    def is_reading(self) -> bool:
        """Whether bytes are being read that do not count yet."""
        return bool(self._fields[_READING])

    @property
    def mover(self) -> Peer:
        """The process that shows."""
        return Peer(self._fields[_MOVER], self._fields[_MOVER + 1])

    @mover.setter
    def mover(self, peer: Peer) -> None:
        self._fields[_MOVER], self._fields[_MOVER + 1] = peer

    @property
    def scribe(self) -> Peer:
        """The process that writes down."""
        return Peer(self._fields[_SCRIBE], self._fields[_SCRIBE + 1])

    @scribe.setter
    def scribe(self, peer: Peer) -> None:
        self._fields[_SCRIBE], self._fields[_SCRIBE + 1] = peer

    def introduce(self, pid: int) -> None:
        """Say which process is to write down, before it says so itself: it may be stopped or killed before that."""
        if self.scribe.pid == 0 or self.scribe.is_gone:
            self.scribe = Peer.of(pid)

    def skip(self) -> None:
        """Give up what is shown and not written down."""
        self._fields[_LOST] += self.shown - self.tail
        self.tail = self.shown

    def expect(self, count: int) -> None:
        """Say that so many bytes are about to be read into the room: should the reader be killed while it reads,
        its successor finds them by what is no longer zero."""
        self._fields[_READING] = 1
        self._piece(self.head, count)[:] = _ZEROS[:count]
        self._fields[_EXPECTED] = count

    def arrived(self, count: int) -> None:
        """Say that so many bytes are read into the room."""
        self._fields[_EXPECTED] = 0
        self._fields[_HEAD] += count
        self._fields[_READING] = 0

    def put(self, data: bytes) -> None:
        """Add what is shown already, of at most the length of the room."""
        self.room()[: len(data)] = data
        self.shown += len(data)
        self.arrived(len(data))

    def settle(self) -> None:
        """Take in what a reader that was killed had read."""
        found = bytes(self._piece(self.head, self._fields[_EXPECTED]))
        self.arrived(len(found.rstrip(b"\0")))

    def room(self) -> memoryview:
        """Where the next bytes can be put, as far as it is in one piece, at most 64 KiB."""
        free = self.size - (self.head - min(self.tail, self.shown))
        return self._piece(self.head, min(free, len(_ZEROS)))

    def unshown(self) -> memoryview:
        """What is to be shown next, as far as it is in one piece."""
        return self._piece(self.shown, self.head - self.shown)

    def unwritten(self, most: int) -> bytes:
        """What is to be written down next."""
        start, length = self.tail, min(self.head - self.tail, most)
        first = bytes(self._piece(start, length))
        return first + bytes(self._piece(start + len(first), length - len(first)))

    def _piece(self, position: int, length: int) -> memoryview:
        start = position % self.size
        return self._data[start : min(start + length, self.size)]
