"""Writing tables that a trainer logged raw as CSV, byte for byte as pandas writes them."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from io import StringIO

from polyaxon_sdk.runs.sheets import Cell, Sheet, cells_of

__all__ = ["csv_of"]


def csv_of(sheet: Sheet, data: bytes) -> bytes:
    """The table as CSV in UTF-8, its row numbers first; NaN is an empty cell.

    Raises:
        ValueError, TypeError: the bytes are not such a table.
    """
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator=os.linesep)
    writer.writerow(["", *(column.name for column in sheet.columns)])
    columns = [_shown(cells) for cells in cells_of(sheet, data)]
    writer.writerows(zip(range(*sheet.numbers), *columns, strict=True))
    return written.getvalue().encode("utf-8")


def _shown(cells: Sequence[Cell]) -> Sequence[Cell]:
    return ["" if cell != cell else cell for cell in cells]
