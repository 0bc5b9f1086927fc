"""Points of any number of runs as one Arrow table or Parquet file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from polyaxon_sdk.client.events import Names
from polyaxon_sdk.client.extras import INSTALL, load_extra
from polyaxon_sdk.client.points import PointTables
from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["to_table", "write_parquet"]

_GROUP = 1 << 20
"""How many points a row group has at least: series of few points share one."""


def to_table(folders: Iterable[RunFolder], names: Names = None) -> Any:  # a pyarrow.Table, which has no types
    """All points of the series of these runs, never sampled: run, name, step, timestamp, value.

    Raises:
        MissingExtraError: pyarrow is not installed.
        OSError: a run can't be read.
    """
    tables = PointTables()
    return tables.joined(tables.of(folders, names))


def write_parquet(folders: Iterable[RunFolder], path: str | Path, names: Names = None) -> int:
    """Write what `to_table` gives to a Parquet file, a part at a time; how many points there are.

    One part is written while the next is read: each takes a processor, as Arrow lets go of Python's lock.
    The file is there whole or not at all.

    Raises:
        MissingExtraError: pyarrow is not installed.
        OSError: a run can't be read, or the file not be written.
    """
    parquet, tables = load_extra("pyarrow.parquet", INSTALL), PointTables()
    target = Path(path)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    points = 0
    try:
        # LZ4 takes the least time of all that make it smaller, and no dictionary of numbers that are all different.
        with (
            parquet.ParquetWriter(
                draft, tables.schema, compression="lz4", use_dictionary=["run", "name"]
            ) as writer,
            ThreadPoolExecutor(1) as beside,
        ):
            written = beside.submit(int)
            for group in _groups(tables.of(folders, names)):
                table = tables.joined(group)
                points += table.num_rows
                written.result()  # so that there are never more than two groups in memory
                written = beside.submit(writer.write_table, table)
            written.result()
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return points


def _groups(tables: Iterable[Any]) -> Iterator[list[Any]]:
    """The same tables, in lists of `_GROUP` rows or more."""
    gathered: list[Any] = []
    rows = 0
    for table in tables:
        gathered.append(table)
        rows += table.num_rows
        if rows >= _GROUP:
            yield gathered
            gathered, rows = [], 0
    yield gathered
