"""How raw bytes are a table: column by column, each with its name and type."""

from __future__ import annotations

import json
from collections.abc import Sequence
from struct import error, unpack
from typing import NamedTuple, cast

__all__ = ["Cell", "Column", "Sheet", "cells_of"]

Cell = str | float | int | bool


class Column(NamedTuple):
    """One column.

    Attributes:
        type: `d` for floats, `q` for integers of 64 bits, `?` for booleans, as `struct` calls them; `text` for texts,
            which are one JSON list.
        size: how many bytes it takes.
    """

    name: str
    type: str
    size: int


class Sheet(NamedTuple):
    """A table whose rows are numbered.

    Attributes:
        numbers: first number, end and step, as `range` takes them.
        columns: in their order, as their bytes are.
    """

    numbers: tuple[int, int, int]
    columns: tuple[Column, ...]


def cells_of(sheet: Sheet, data: bytes) -> list[Sequence[Cell]]:
    """The cells of each column.

    Raises:
        ValueError, TypeError: the bytes are not such a table.

    >>> [list(column) for column in cells_of(Sheet((0, 2, 1), (Column("a", "?", 2),)), b"\\x00\\x01")]
    [[False, True]]
    """
    found, at, rows = list[Sequence[Cell]](), 0, len(range(*sheet.numbers))
    for column in sheet.columns:
        found.append(_cells(column, data[at : at + column.size], rows))
        at += column.size
    return found


def _cells(column: Column, data: bytes, rows: int) -> Sequence[Cell]:
    try:
        cells = json.loads(data) if column.type == "text" else unpack(f"{rows}{column.type}", data)
    except error as why:
        raise ValueError(f"column {column.name!r} has not {rows} rows: {why}") from why
    if len(cells) != rows:
        raise ValueError(f"column {column.name!r} has {len(cells)} rows, not {rows}")
    return cast(Sequence[Cell], cells)
