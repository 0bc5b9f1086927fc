"""From raw pixels in any order of axes to pictures: laid side by side, framed, rescaled."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from polyaxon_sdk.runs.pictures import Box, Picture
from polyaxon_sdk.sidecar.png import Pixels

__all__ = ["paint"]

_LINE = 2
_RED = b"\xff\x00\x00"


def paint(picture: Picture, data: bytes) -> Iterator[Pixels]:
    """Each frame of a picture: one, or as many as its axis `T` is long.

    Raises:
        ValueError: `data` is not as long as the picture's shape says.
    """
    _, _, channels = picture.size
    strides = _strides(picture)
    if len(data) != _product(picture.shape):
        raise ValueError(f"there are {len(data)} bytes for a shape of {picture.shape}")
    for frame in range(picture.length("T")):
        rows = [_row(picture, data, strides, frame * strides["T"], y) for y in range(_height(picture))]
        if picture.boxes:
            rows = _framed(rows, picture)
        rows = _rescaled(rows, picture)
        yield Pixels(len(rows), len(rows[0]) // channels, channels, b"".join(rows))


def _height(picture: Picture) -> int:
    return picture.rows * picture.length("H")


def _product(lengths: tuple[int, ...]) -> int:
    found = 1
    for length in lengths:
        found *= length
    return found


def _strides(picture: Picture) -> dict[str, int]:
    """How far apart neighbours along each axis are; 0 along one that there is not."""
    strides = dict.fromkeys("NTCHW", 0)
    step = 1
    for axis, length in zip(reversed(picture.layout), reversed(picture.shape), strict=True):
        strides[axis] = step
        step *= length
    return strides


def _row(picture: Picture, data: bytes, strides: dict[str, int], start: int, y: int) -> bytes:
    """One row of pixels through all pictures that stand side by side; black where there is none."""
    height, width, channels = (picture.length(axis) for axis in "HWC")
    line, inner = divmod(y, height)
    pieces = []
    for column in range(picture.columns):
        number = line * picture.columns + column
        if number < picture.length("N"):
            begin = start + number * strides["N"] + inner * strides["H"]
            pieces.append(_pixels(data, begin, (width, strides["W"]), (channels, strides["C"])))
        else:
            pieces.append(bytes(width * channels))
    return b"".join(pieces)


def _pixels(data: bytes, begin: int, across: tuple[int, int], deep: tuple[int, int]) -> bytes:
    """Pixels side by side, from wherever their channels lie."""
    (width, stride), (channels, apart) = across, deep
    if stride == channels and (apart == 1 or channels == 1):
        return data[begin : begin + width * channels]
    found = bytearray(width * channels)
    for channel in range(channels):
        first = begin + channel * apart
        found[channel::channels] = data[first : first + (width - 1) * stride + 1 : stride or 1]
    return bytes(found)


def _framed(rows: list[bytes], picture: Picture) -> list[bytes]:
    channels, colours = picture.length("C"), picture.colours
    painted = [bytearray(row if channels == colours else _coloured(row, channels)) for row in rows]
    for box in picture.boxes:
        _frame(painted, box, colours)
    return [bytes(row) for row in painted]


def _coloured(row: bytes, channels: int) -> bytes:
    """Grey pixels as coloured ones; what makes them clear stays."""
    found = bytearray(len(row) // channels * (channels + 2))
    for channel in range(channels + 2):
        found[channel :: channels + 2] = row[max(0, channel - 2) :: channels]
    return bytes(found)


def _frame(rows: list[bytearray], box: Box, channels: int) -> None:
    """Draw the edges of a box, as far as they lie in the picture."""
    left, top, right, bottom = box
    pixel = _RED + b"\xff" * (channels - 3)
    for y in range(max(0, top), min(len(rows), bottom + 1)):
        whole = y < top + _LINE or y > bottom - _LINE
        spans = [(left, right)] if whole else [(left, left + _LINE - 1), (right - _LINE + 1, right)]
        for first, last in spans:
            start, end = max(0, first), min(len(rows[y]) // channels, last + 1)
            if start < end:
                rows[y][start * channels : end * channels] = pixel * (end - start)


def _rescaled(rows: list[bytes], picture: Picture) -> list[bytes]:
    """The rows of the result: each of its pixels is the one below its middle."""
    height, width, channels = picture.size
    before = len(rows[0]) // channels
    if (height, width) == (len(rows), before):
        return rows
    columns = [min(before - 1, int((x + 0.5) * before / width)) for x in range(width)]
    wide = [_chosen(row, columns, channels) for row in rows]
    return [wide[min(len(rows) - 1, int((y + 0.5) * len(rows) / height))] for y in range(height)]


def _chosen(row: bytes, columns: list[int], channels: int) -> bytes:
    found = bytearray(len(columns) * channels)
    for channel in range(channels):
        line = row[channel::channels]
        found[channel::channels] = bytes(
            itemgetter(*columns)(line) if len(columns) > 1 else (line[columns[0]],)
        )
    return bytes(found)
