"""Points of any number of runs as Arrow tables and Parquet files, decoded in bulk."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from polyaxon_sdk.client.events import Names, chosen
from polyaxon_sdk.client.extras import load_extra
from polyaxon_sdk.runs.columns import read_columns
from polyaxon_sdk.runs.event_series import EventSeries
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
    arrow = _arrow()
    return arrow.concat_tables([_schema().empty_table(), *_tables(folders, names)])


def write_parquet(folders: Iterable[RunFolder], path: str | Path, names: Names = None) -> int:
    """Write what `to_table` gives to a Parquet file, a part at a time; how many points there are.

    The file is there whole or not at all.

    Raises:
        MissingExtraError: pyarrow is not installed.
        OSError: a run can't be read, or the file not be written.
    """
    parquet = load_extra("pyarrow.parquet", "polyaxon-sdk[parquet]")
    target = Path(path)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    points = 0
    try:
        with parquet.ParquetWriter(
            draft, _schema(), compression="lz4", use_dictionary=["run", "name"]
        ) as writer:
            for group in _groups(_tables(folders, names)):
                writer.write_table(group)
                points += group.num_rows
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return points


def _arrow() -> Any:
    return load_extra("pyarrow", "polyaxon-sdk[parquet]")


def _schema() -> Any:
    arrow = _arrow()
    word = arrow.dictionary(arrow.int32(), arrow.string())
    moment = arrow.timestamp("us", "UTC")
    fields = {
        "run": word,
        "name": word,
        "step": arrow.int64(),
        "timestamp": moment,
        "value": arrow.float64(),
    }
    return arrow.schema(list(fields.items()))


def _tables(folders: Iterable[RunFolder], names: Names) -> Iterator[Any]:
    for folder in folders:
        for series in chosen(folder, "metric", names):
            yield _table(folder.uuid, series)


def _table(run: str, series: EventSeries) -> Any:
    arrow, schema = _arrow(), _schema()
    columns = _columns(series)
    count = columns.num_rows
    words = [_repeated(word, count) for word in (run, series.name.encode("utf-8", "replace").decode())]
    return arrow.Table.from_arrays([*words, *columns.columns], schema=schema)


def _repeated(word: str, count: int) -> Any:
    arrow = _arrow()
    indices = arrow.repeat(arrow.scalar(0, arrow.int32()), count)
    return arrow.DictionaryArray.from_arrays(indices, arrow.array([word], arrow.string()))


def _columns(series: EventSeries) -> Any:
    """Step, timestamp and value of a series.

    Arrow's own reader of separated values takes a tenth of the time that Python would; rows that it refuses, as
    a damaged file has them, are read one by one.
    """
    arrow, schema = _arrow(), _schema()
    csv = load_extra("pyarrow.csv", "polyaxon-sdk[parquet]")
    wanted = ["step", "timestamp", "value"]
    data = series.read()
    try:
        return csv.read_csv(
            arrow.BufferReader(data),
            read_options=csv.ReadOptions(column_names=wanted, skip_rows=1),
            parse_options=csv.ParseOptions(delimiter="|", quote_char=False),
            convert_options=csv.ConvertOptions(
                column_types={name: schema.field(name).type for name in wanted}, null_values=[""]
            ),
        )
    except arrow.ArrowInvalid:
        return _row_by_row(data)


def _row_by_row(data: bytes) -> Any:
    from datetime import datetime  # for damaged files, and for series of no point

    arrow, schema = _arrow(), _schema()
    steps, timestamps, values = read_columns(data, "metric")
    moments = [datetime.fromisoformat(moment) for moment in timestamps]
    named = {"step": steps, "timestamp": moments, "value": values}
    arrays = [arrow.array(column, schema.field(name).type) for name, column in named.items()]
    return arrow.table(arrays, names=list(named))


def _groups(tables: Iterator[Any]) -> Iterator[Any]:
    """The same rows in tables of `_GROUP` rows or more."""
    arrow = _arrow()
    gathered: list[Any] = []
    rows = 0
    for table in tables:
        gathered.append(table)
        rows += table.num_rows
        if rows >= _GROUP:
            yield arrow.concat_tables(gathered)
            gathered, rows = [], 0
    if gathered:
        yield arrow.concat_tables(gathered)
