"""A series of numbers drawn in a terminal, in dots of Braille."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import isfinite

from polyaxon_sdk.cli.show import brief

__all__ = ["plot"]

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a character, by row and column (Unicode, chapter 21.1)."""

_EMPTY = 0x2800
_ROWS, _COLUMNS = len(_DOTS), len(_DOTS[0])
_AXIS, _TICK = "│", "┤"


def plot(points: Sequence[tuple[float, float]], width: int, height: int) -> list[str]:
    """Lines that show `points`, (x, y) each, from left to right, joined; with the figures of both axes.

    What is no finite number is left out, and the line is broken there. None where no point is finite.

    Args:
        points: in the order in which they are joined.
        width, height: of it all, in characters of the terminal.

    >>> print(*plot([(0, 0), (10, 1)], 12, 4), sep="\\n")
    1 ┤      ⣀⠔⠊
      │   ⡠⠔⠊
    0 ┤⡠⠔⠉
       0      10
    """
    finite = [point for point in points if all(map(isfinite, point))]
    if not finite:
        return []
    (left, right), (low, high) = (_ends(axis) for axis in zip(*finite, strict=True))
    labels = [brief(float(high)), *[""] * max(height - 3, 0), brief(float(low))]
    margin = max(map(len, labels))
    canvas = _Canvas(max(width - margin - 2, 1), len(labels))
    for line in _unbroken(points):
        places = [(_share(x, left, right), _share(y, low, high)) for x, y in line]
        canvas.join(places)
    ticks = (_TICK if label else _AXIS for label in labels)
    rows = zip(labels, ticks, canvas.rows(), strict=True)
    drawn = [f"{label:>{margin}} {tick}{row}".rstrip() for label, tick, row in rows]
    last = brief(right)
    return [
        *drawn,
        f"{'':{margin}}  {brief(left)}{last:>{max(canvas.width - len(brief(left)), len(last) + 1)}}",
    ]


class _Canvas:
    """Dots, all of them off at first; a place on it is a share of its width and of its height from below."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self._cells = [[0] * width for _ in range(height)]

    def join(self, places: Sequence[tuple[float, float]]) -> None:
        """Draw a line through places."""
        dots = [self._dot(*place) for place in places]
        for (x, y), (to_x, to_y) in pairwise([dots[0], *dots]):
            steps = max(abs(to_x - x), abs(to_y - y), 1)
            for step in range(steps + 1):
                self._set(x + round((to_x - x) * step / steps), y + round((to_y - y) * step / steps))

    def rows(self) -> list[str]:
        """What it looks like, from above."""
        return ["".join(chr(_EMPTY + cell) if cell else " " for cell in row) for row in self._cells]

    def _dot(self, x: float, y: float) -> tuple[int, int]:
        wide, high = self.width * _COLUMNS - 1, len(self._cells) * _ROWS - 1
        return round(x * wide), round((1 - y) * high)

    def _set(self, x: int, y: int) -> None:
        self._cells[y // _ROWS][x // _COLUMNS] |= _DOTS[y % _ROWS][x % _COLUMNS]


def _unbroken(points: Sequence[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    line: list[tuple[float, float]] = []
    for point in points:
        if all(map(isfinite, point)):
            line.append(point)
        elif line:
            yield line
            line = []
    if line:
        yield line


def _ends(values: Sequence[float]) -> tuple[float, float]:
    return min(values), max(values)


def _share(value: float, low: float, high: float) -> float:
    """Where a value lies between two, from 0 to 1; halved first, so that no span gets infinite."""
    span = high / 2 - low / 2
    return (value / 2 - low / 2) / span if span else 0.5
