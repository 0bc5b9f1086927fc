"""How runs look on a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import accumulate

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text

from polyaxon_sdk.exceptions import printable

__all__ = ["brief", "day", "lasting", "moment", "print_pairs", "print_table", "status_text"]

_COLOURS = {
    "succeeded": "green",
    "failed": "red",
    "upstream_failed": "red",
    "stopped": "yellow",
    "skipped": "yellow",
    "running": "cyan",
}


_WIDTHS = {"UUID": 12, "STATUS": 9, "CREATED": 12, "DURATION": 8, "SETTING": 17}
"""What keeps its width on a narrow terminal."""

_LEAST = 8
"""What every other column keeps at least of its values; where that is too much, the last columns are left out."""

_BETWEEN = 3
"""Columns of the terminal between two columns of a table."""


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str | Text]]) -> None:
    """Print rows under their columns, each in one line that fits the terminal."""
    console = Console(emoji=False)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    texts = [[cell if isinstance(cell, Text) else Text(printable(cell)) for cell in row] for row in rows]
    least = [_least(column, [row[place] for row in texts]) for place, column in enumerate(columns)]
    shown = _fitting(least, console.width)
    whole = [
        max(cell_len(column), *(row[place].cell_len for row in texts), 0)
        for place, column in enumerate(columns)
    ]
    widths = _widths(whole[:shown], least, console.width - _BETWEEN * (shown - 1))
    for column, width in zip(columns[:shown], widths, strict=True):
        table.add_column(column, overflow="ellipsis", no_wrap=True, width=width)
    for row in texts:
        table.add_row(*row[:shown])
    console.print(table)


def _least(column: str, cells: Iterable[Text]) -> int:
    """The least width of a column: of a short one that of its longest cell."""
    longest = max((cell.cell_len for cell in cells), default=0)
    return _WIDTHS.get(column, max(cell_len(column), min(_LEAST, longest)))


def _widths(whole: Sequence[int], least: Sequence[int], space: int) -> list[int]:
    """Each column as wide as what it holds, as long as there is space: the first ones go first."""
    left = space - sum(min(pair) for pair in zip(whole, least, strict=False))
    widths = []
    for all_of_it, some in zip(whole, least, strict=False):
        more = max(0, min(left, all_of_it - some))
        widths.append(min(all_of_it, some) + more)
        left -= more
    return widths


def _fitting(widths: Iterable[int], width: int) -> int:
    """How many columns of these widths can be shown side by side; one, at least."""
    ends = accumulate(each + _BETWEEN for each in widths)
    return max(1, sum(end - _BETWEEN <= width for end in ends))


def print_pairs(console: Console, pairs: Mapping[str, str | Text], *, indent: str = "") -> None:
    """Print names and values, one pair a line; a long value is wrapped by the terminal, so that it can be copied."""
    width = max((cell_len(printable(name)) for name in pairs), default=0)
    for name, value in pairs.items():
        head = Text(f"{indent}{set_cell_size(printable(name), width)}  ", style="bold" if not indent else "")
        shown = value if isinstance(value, Text) else Text(printable(value))
        console.print(head.append_text(shown), soft_wrap=True)


def status_text(status: str) -> Text:
    """A status in its colour."""
    return Text(printable(status), style=_COLOURS.get(status, ""))


def moment(seconds: float | None) -> str:
    """A time of day as people here read it.

    >>> moment(None)
    '-'
    """
    return "-" if seconds is None else datetime.fromtimestamp(seconds).strftime("%Y-%m-%d %H:%M:%S")


def day(seconds: float | None) -> str:
    """A time of day in twelve characters, for a column.

    >>> day(None)
    '-'
    """
    if seconds is None:
        return "-"
    then, now = datetime.fromtimestamp(seconds), datetime.now()
    return then.strftime("%b %d %H:%M" if (now - then).days < 180 else "%Y-%m-%d")


def lasting(seconds: float | None) -> str:
    """A duration.

    >>> lasting(0.25), lasting(75), lasting(3700)
    ('0.2 s', '1:15', '1:01:40')
    """
    if seconds is None:
        return "-"
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def brief(value: object) -> str:
    """A value in few characters: floats with six digits, the rest as JSON.

    >>> brief(0.123456789), brief("adam"), brief([1, 2])
    ('0.123457', 'adam', '[1, 2]')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return f"{value:.6g}"
    return json.dumps(value, ensure_ascii=False)
