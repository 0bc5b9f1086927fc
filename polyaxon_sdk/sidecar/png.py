"""PNG files, still and moving (the PNG specification of the W3C, third edition), with nothing but zlib."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from struct import pack
from typing import NamedTuple
from zlib import compress, crc32

__all__ = ["Pixels", "apng", "png"]

_START = b"\x89PNG\r\n\x1a\n"
_COLOURS = {1: 0, 2: 4, 3: 2, 4: 6}
"""The specification's number for so many channels."""
_LEVEL = 1
"""Of zlib's: pixels of a training get little smaller by more, and take twice as long."""
_SLOWEST = 65535


class Pixels(NamedTuple):
    """One picture, row after row, of a byte a channel."""

    height: int
    width: int
    channels: int
    data: bytes


def png(pixels: Pixels) -> bytes:
    """A picture as a PNG file.

    >>> png(Pixels(1, 1, 3, b"rgb"))[:4]
    b'\\x89PNG'
    """
    return b"".join([_START, _head(pixels), _chunk(b"IDAT", _packed(pixels)), _chunk(b"IEND", b"")])


def apng(frames: Iterable[Pixels], count: int, fps: float) -> bytes:
    """Pictures of one size as a PNG file that shows each in turn, again and again.

    Args:
        frames: at least one picture.
        count: how many there are.
        fps: frames a second.
    """
    return b"".join(_moving(iter(frames), count, fps))


def _moving(frames: Iterator[Pixels], count: int, fps: float) -> Iterator[bytes]:
    first = next(frames)
    yield _START
    yield _head(first)
    yield _chunk(b"acTL", pack(">II", count, 0))
    yield _chunk(b"fcTL", _turn(first, 0, fps))
    yield _chunk(b"IDAT", _packed(first))
    for index, frame in enumerate(frames, 1):
        yield _chunk(b"fcTL", _turn(frame, 2 * index - 1, fps))
        yield _chunk(b"fdAT", pack(">I", 2 * index) + _packed(frame))
    yield _chunk(b"IEND", b"")


def _head(pixels: Pixels) -> bytes:
    colour = _COLOURS[pixels.channels]
    return _chunk(b"IHDR", pack(">IIBBBBB", pixels.width, pixels.height, 8, colour, 0, 0, 0))


def _turn(pixels: Pixels, sequence: int, fps: float) -> bytes:
    """How one picture takes its turn: as large as the film, in place of the one before."""
    delay = (
        (1 / Fraction(fps).limit_denominator(1000)).limit_denominator(1000)
        if fps >= 0.001
        else Fraction(1000)
    )
    seconds = min(delay.numerator, _SLOWEST)
    return pack(">IIIIIHHBB", sequence, pixels.width, pixels.height, 0, 0, seconds, delay.denominator, 0, 0)


def _packed(pixels: Pixels) -> bytes:
    """The rows, each after a zero that says that it is not filtered, compressed."""
    length = pixels.width * pixels.channels
    data = memoryview(pixels.data)
    rows = [data[start : start + length] for start in range(0, len(data), length)]
    return compress(b"\0" + b"\0".join(rows), _LEVEL)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))
