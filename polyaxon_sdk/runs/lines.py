"""Lines of JSON that carry a check value, each begun by a newline: the record and the journal of events."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from errno import ENOSPC, ENXIO
from pathlib import Path
from zlib import crc32

from polyaxon_sdk.types import JsonObject

__all__ = ["LineFile", "decode", "encode", "is_begun", "read", "rest", "settled"]

_ENCODER = json.JSONEncoder(separators=(",", ":"), check_circular=False)


def _encoding() -> Callable[[JsonObject], str]:
    """What makes compact JSON: of the encoder's own parts, which it puts together anew for each object otherwise."""
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:  # another Python has it elsewhere
        return _ENCODER.encode
    quote = json.encoder.encode_basestring_ascii
    pieces = make(None, _ENCODER.default, quote, None, ":", ",", False, False, True)  # noqa: FBT003  # its own form
    return lambda fact: "".join(pieces(fact, 0))


_encode_json = _encoding()


def encode(fact: JsonObject) -> bytes:
    """One line: a newline, eight hexadecimal digits of CRC-32, a space, compact ASCII JSON.

    The newline comes first, so that a line after a torn one is whole. NaN, the infinities and lone
    surrogates come back as they were.

    >>> encode({"kind": "tags"})
    b'\\n0897678d {"kind":"tags"}'
    """
    text = _encode_json(fact).encode("ascii")
    return b"\n%08x %b" % (crc32(text), text)


def decode(data: bytes) -> Iterator[tuple[dict[str, object] | None, int]]:
    """Each line of `data` with the position just behind it; None stands for a torn or damaged line."""
    end = 0
    for line in data.split(b"\n"):
        end += len(line)
        if line:
            yield _fact(line), end
        end += 1


def read(data: bytes) -> list[dict[str, object]]:
    """The whole lines of `data`, in order; torn and damaged ones are left out wherever they stand."""
    return [fact for fact, _ in decode(data) if fact is not None]


def is_begun(data: bytes) -> bool:
    """Whether `data` may be the beginning of a line, as a write that was cut off leaves it.

    >>> is_begun(b'0ff29a4b {"ki'), is_begun(b"garbage")
    (True, False)
    """
    check = data[:8]
    return not check.strip(b"0123456789abcdef") and data[8:10] in (b"", b" ", b" {")


def rest(path: str | Path, position: int, *, most: int | None = None) -> bytes:
    """What a file holds from a position on; by three calls of the system where a file object makes ten, as records are
    read again and again.

    Args:
        path: the file.
        position: the first byte.
        most: how many of them, at most.

    Raises:
        OSError: it can't be read.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        size = os.fstat(descriptor).st_size - position
        size = size if most is None else min(size, most)
        return os.pread(descriptor, size, position) if size > 0 else b""
    finally:
        os.close(descriptor)


def settled(path: Path, position: int = 0) -> bytes:
    """The bytes of a file of lines from `position` on, of which the last line alone may be torn, though its writer may
    be at work and have the file mapped; without the zeros that nothing was stored in yet.

    A file's lines are stored one after another, under one lock; yet a copy may pass over a place just before a line is
    stored there, and find the next line, or the end of a line whose middle is still on its way. So the bytes are copied
    twice: what stands before the last line that the first copy has any of is whole in the second.

    Raises:
        OSError: the file can't be read.
    """
    with path.open("rb", buffering=0) as file:
        size = _stored(file.fileno(), os.fstat(file.fileno()).st_size, position) - position
        first = os.pread(file.fileno(), size, position) if size > 0 else b""
        if b"\0" not in first:
            return first
        return os.pread(file.fileno(), _length(first), position)


_ZEROS = bytes(1 << 12)
_SHORT = 1 << 14
"""Bytes that are read sooner than it is asked which of them were ever stored."""


def _stored(descriptor: int, size: int, position: int) -> int:
    """Where a file ends that was allocated before anything was stored in it: behind that nothing was; else its size."""
    if size - position <= _SHORT or os.pread(descriptor, 1, size - 1) != b"\0":
        return size
    end = size
    try:
        end = os.lseek(descriptor, position, os.SEEK_HOLE)
        os.lseek(descriptor, end, os.SEEK_DATA)
    except OSError as error:
        return end if error.errno == ENXIO else size
    return size  # something is stored behind the first gap: a power loss left it


def _length(data: bytes) -> int:
    """The bytes of `data` before the zeros that it ends with: `rstrip` looks at each of these, and they are many."""
    end = len(data)
    while data.endswith(_ZEROS, 0, end):
        end -= len(_ZEROS)
    start = max(0, end - len(_ZEROS))
    return start + len(data[start:end].rstrip(b"\0"))


class LineFile:
    """A file of checked lines that one process appends to, made at its first line.

    A line that failed and is appended again has the place that it had, so that a disk which took it all the same
    has it once; any other line comes behind what is there.

    >>> LineFile(path).append({"kind": "tags"})  # doctest: +SKIP
    """

    __slots__ = ("_descriptor", "_end", "_failed", "_path")

    def __init__(self, path: str | Path) -> None:
        self._path = path
        self._descriptor = -1
        self._end = 0
        self._failed = b""

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self._path)

    def append(self, fact: JsonObject) -> None:
        """Add one line with one write call; once this returns, the kernel has it.

        Raises:
            OSError: the line was not written whole; readers skip what was written of it.
            TypeError, ValueError: `fact` is not JSON.
        """
        self.write(encode(fact))

    def write(self, line: bytes) -> None:
        """The same of a line, or some lines, that are encoded."""
        if self._descriptor < 0:
            self._descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        if self._failed not in {b"", line}:
            self._end = os.fstat(self._descriptor).st_size
        self._failed = line
        if os.pwrite(self._descriptor, line, self._end) != len(line):
            raise OSError(ENOSPC, "the disk is full", str(self._path))
        self._end += len(line)
        self._failed = b""

    def close(self) -> None:
        """Close the file; a later `append` opens it again.

        Raises:
            OSError: a network file system had not written what it took, and can't.
        """
        if self._descriptor >= 0:
            descriptor, self._descriptor = self._descriptor, -1
            os.close(descriptor)


def _fact(line: bytes) -> dict[str, object] | None:
    check, _, text = line.rstrip(b"\0").partition(b" ")  # in mapped memory a line may be followed by zeros
    if check != b"%08x" % crc32(text):
        return None
    try:
        fact = json.loads(text.decode())  # of bytes it would guess the encoding first
    except ValueError:
        return None
    return fact if isinstance(fact, dict) else None
