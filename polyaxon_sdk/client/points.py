"""Points of metrics as Arrow tables, decoded in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from polyaxon_sdk.client.events import Names, chosen
from polyaxon_sdk.client.extras import INSTALL, load_extra
from polyaxon_sdk.client.slots import SlotTables
from polyaxon_sdk.runs.columns import read_columns
from polyaxon_sdk.runs.drained import is_damaged
from polyaxon_sdk.runs.event_series import EventSeries, read_event_series, series_of
from polyaxon_sdk.runs.events import header
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.undrained import read_undrained

__all__ = ["PointTables"]

_BATCH = 1 << 22
"""How many bytes of event files are decoded at once: many short series, or a part of a long one."""

_LONGEST = 1 << 10
"""No row of a metric has as many bytes."""


class _Rows(NamedTuple):
    """Rows of one series in a pyarrow.Buffer, without a newline before the first and behind the last."""

    run: str
    name: str
    data: Any


class PointTables:
    """Makes tables of points: run, name, step, timestamp, value.

    Arrow's own reader of separated values takes a tenth of the time that Python would.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """

    def __init__(self) -> None:
        self._arrow = arrow = load_extra("pyarrow", INSTALL)
        self._csv = csv = load_extra("pyarrow.csv", INSTALL)
        self._slots = SlotTables()
        word = arrow.dictionary(arrow.int32(), arrow.string())
        decoded = {"step": arrow.int64(), "timestamp": arrow.timestamp("us", "UTC"), "value": arrow.float64()}
        self.schema = arrow.schema([("run", word), ("name", word), *decoded.items()])
        self._decoded = arrow.schema(list(decoded.items()))
        self._options = {
            "read_options": csv.ReadOptions(column_names=self._decoded.names),
            "parse_options": csv.ParseOptions(delimiter="|", quote_char=False),
            "convert_options": csv.ConvertOptions(column_types=self._decoded, null_values=[""]),
        }

    def of(self, folders: Iterable[RunFolder], names: Names = None) -> Iterator[Any]:
        """The points of these runs, in tables of some hundred thousand.

        Raises:
            OSError: a run can't be read.
        """
        batch: list[_Rows] = []
        size = 0
        for item in self._items(folders, names):
            drained = isinstance(item, _Rows)
            if drained:
                batch.append(item)
                size += item.data.size
            if batch and (size >= _BATCH or not drained):
                yield self._table(batch)
                batch, size = [], 0
            if not drained:
                yield item
        if batch:
            yield self._table(batch)

    def joined(self, tables: Iterable[Any]) -> Any:  # a pyarrow.Table, which has no types
        """All rows of these tables in one."""
        return self._arrow.concat_tables([self.schema.empty_table(), *tables])

    def _items(self, folders: Iterable[RunFolder], names: Names) -> Iterator[Any]:
        """What is drained of each series as `_Rows`, and then what is not as tables."""
        for folder in folders:
            try:
                undrained = read_undrained(folder)
            except OSError as error:
                if not is_damaged(error):
                    raise
                yield from self._salvaged(folder, names)
                continue
            tails = self._slots.of(undrained)
            keys = {f"metric/{name}": b"" for name in tails}
            for series in chosen(series_of(folder, undrained.drained, "metric", keys), names):
                for data in self._parts(series):
                    yield _Rows(folder.uuid, series.name, data)
                for tail in tails.get(series.name, []):
                    yield self._named([_Rows(folder.uuid, series.name, None)], [tail.num_rows], tail)

    def _salvaged(self, folder: RunFolder, names: Names) -> Iterator[_Rows]:
        """What can be read of a run of which nothing tells how far it is drained."""
        for series in chosen(read_event_series(folder, "metric"), names):
            rows = series.read().removeprefix(header("metric")).strip(b"\n")
            if rows:
                yield _Rows(folder.uuid, series.name, self._arrow.py_buffer(rows))

    def _parts(self, series: EventSeries) -> Iterator[Any]:
        """The rows of a series that are drained, in parts that end where a row does.

        Arrow reads them into memory of its own, which it uses again: fresh memory costs half as much as decoding.
        """
        position = len(header("metric")) + 1
        if series.length <= position:
            return
        with self._arrow.OSFile(str(series.file)) as file:
            while position < series.length:
                file.seek(position)
                data = file.read_buffer(min(_BATCH, series.length - position))
                if not data.size:
                    return
                whole = position + data.size >= series.length
                end = data.size if whole else _last_end(data)
                yield data.slice(0, end)
                position += end + 1

    def _table(self, batch: Sequence[_Rows]) -> Any:
        alone = len(batch) == 1
        source = self._arrow.BufferReader(batch[0].data if alone else b"\n".join(rows.data for rows in batch))
        try:
            columns = self._csv.read_csv(source, **self._options)
        except self._arrow.ArrowInvalid:
            return self._row_by_row(batch)
        # Counting takes a third as long as decoding, and a series alone needs none.
        counts = [columns.num_rows] if alone else [bytes(rows.data).count(b"\n") + 1 for rows in batch]
        return (
            self._named(batch, counts, columns)
            if sum(counts) == columns.num_rows
            else self._row_by_row(batch)
        )

    def _named(self, batch: Sequence[_Rows], counts: Sequence[int], columns: Any) -> Any:
        words = [[rows.run for rows in batch], [rows.name for rows in batch]]
        named = [self._words(each, counts) for each in words]
        return self._arrow.Table.from_arrays([*named, *columns.columns], schema=self.schema)

    def _words(self, words: Sequence[str], counts: Sequence[int]) -> Any:
        """A column with each word as many times as its count says."""
        arrow = self._arrow
        places = {word: place for place, word in enumerate(dict.fromkeys(words))}
        repeated = [
            arrow.repeat(arrow.scalar(places[word], arrow.int32()), count)
            for word, count in zip(words, counts, strict=True)
        ]
        # A lone surrogate is nothing that Arrow's texts can hold.
        texts = arrow.array([word.encode("utf-8", "replace").decode() for word in places], arrow.string())
        return arrow.DictionaryArray.from_arrays(arrow.concat_arrays(repeated), texts)

    def _row_by_row(self, batch: Sequence[_Rows]) -> Any:
        """What can be read of rows among which one is damaged."""
        from datetime import datetime  # for damaged files alone

        tables = []
        for rows in batch:
            steps, timestamps, values = read_columns(bytes(rows.data), "metric")
            columns = [steps, [datetime.fromisoformat(moment) for moment in timestamps], values]
            arrays = [self._arrow.array(*each) for each in zip(columns, self._decoded.types, strict=True)]
            decoded = self._arrow.Table.from_arrays(arrays, schema=self._decoded)
            tables.append(self._named([rows], [len(steps)], decoded))
        return self.joined(tables)


def _last_end(data: Any) -> int:
    """Where the last row ends that is whole in a buffer; its end in what is no rows."""
    size: int = data.size
    last = bytes(data.slice(max(0, size - _LONGEST)))
    found = last.rfind(b"\n")
    return size if found < 0 else size - len(last) + found
