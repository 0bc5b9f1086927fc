"""Taking a table of pandas as it lies in memory, so that writing it as text can be left to the sidecar."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from polyaxon_sdk.runs.sheets import Column, Sheet

__all__ = ["RawSheet", "sheet_of"]

_TYPES = {"float64": "d", "int64": "q", "bool": "?"}
_TEXTS = frozenset({"object", "str", "string"})

_FEWEST = 10_000
"""Cells from which on a table is worth it: a smaller one is written in the time that this takes."""

_MOST_BYTES = 1 << 25
"""Bytes of a table up to which it may wait in memory for a disk that hangs."""


class RawSheet(NamedTuple):
    """A table and its bytes."""

    sheet: Sheet
    data: bytes


def sheet_of(table: Any) -> RawSheet | None:  # a table of pandas, which is not imported for it
    """A large table whose rows are numbered and whose columns hold floats, integers, booleans or texts; else None.

    Of any other table only its own library can tell how it is written.
    """
    index = table.index
    if type(index).__name__ != "RangeIndex" or index.name is not None:
        return None
    names = list(table.columns)
    if not names or table.size < _FEWEST or not all(type(name) is str for name in names):
        return None
    columns, pieces = list[Column](), list[bytes]()
    for name, kind, piece in _pieces(table, names):
        if piece is None or sum(map(len, pieces)) + len(piece) > _MOST_BYTES:
            return None
        columns.append(Column(name, kind, len(piece)))
        pieces.append(piece)
    return RawSheet(Sheet((index.start, index.stop, index.step), tuple(columns)), b"".join(pieces))


def _pieces(table: Any, names: list[str]) -> Iterator[tuple[str, str, bytes | None]]:
    """Name, type and bytes of each column; None where it is of another type."""
    for place, name in enumerate(names):
        column = table.iloc[:, place]
        kind = str(column.dtype)
        if kind in _TYPES:
            yield name, _TYPES[kind], column.to_numpy().tobytes()
        else:
            yield name, "text", _text(column.tolist()) if kind in _TEXTS else None


def _text(cells: list[object]) -> bytes | None:
    if not all(type(cell) is str for cell in cells):
        return None
    data = json.dumps(cells, ensure_ascii=False)
    try:
        return data.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate, which no file of text holds
        return None
