"""Journals of scalars as Arrow tables, decoded in bulk: what is not drained yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from polyaxon_sdk.client.extras import INSTALL, load_extra
from polyaxon_sdk.runs.scalars import NO_STEP, RECORD
from polyaxon_sdk.runs.undrained import Undrained, unnamed

__all__ = ["SlotTables"]

_FIELDS = RECORD.size // 8
_VOID = -1  # `scalars.VOID` as a signed number
_FIRST, _LAST = -62135596800, 253402300800
"""The seconds since the epoch that a moment can have; any other is the epoch, as in event files."""


class SlotTables:
    """Makes tables of points that are not drained: step, timestamp, value.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """

    def __init__(self) -> None:
        self._arrow = load_extra("pyarrow", INSTALL)
        self._compute = load_extra("pyarrow.compute", INSTALL)

    def of(self, undrained: Undrained) -> dict[str, list[Any]]:
        """The points of each series in their order, by its name."""
        names, tables = undrained.names(), dict[str, list[Any]]()
        for writer, slots in undrained.slots():
            tables.setdefault(writer, []).append(self._decoded(slots))
        found: dict[str, list[Any]] = {}
        for writer, parts in tables.items():
            for series, points in self._by_series(self._arrow.concat_tables(parts)):
                found.setdefault(names.of(writer, series) or unnamed(series), []).append(points)
        return {name: self._in_time(parts) for name, parts in found.items()}

    def _in_time(self, parts: list[Any]) -> list[Any]:
        """The points of several writers by their times, those of each in the order that they are in."""
        if len(parts) == 1:
            return parts
        arrow, compute = self._arrow, self._compute
        times = [
            compute.cumulative_max(compute.cast(each, arrow.int64()))
            for each in (part.column("timestamp").combine_chunks() for part in parts)
        ]
        order = compute.sort_indices(arrow.concat_arrays(times))  # stable
        return [arrow.concat_tables(parts).take(order)]

    def _decoded(self, slots: bytes) -> Any:
        arrow, compute = self._arrow, self._compute
        count = len(slots) // RECORD.size
        whole, real = (self._fields(slots, count, kind) for kind in (arrow.int64(), arrow.float64()))
        series, step = (compute.list_element(whole, place) for place in (0, 1))
        value, time = (compute.list_element(real, place) for place in (2, 3))
        step = compute.if_else(compute.equal(step, NO_STEP), arrow.scalar(None, arrow.int64()), step)
        table = arrow.table(
            {"series": series, "step": step, "timestamp": self._moments(time), "value": value}
        )
        written = compute.and_(compute.not_equal(time, 0.0), compute.not_equal(series, _VOID))
        return table.filter(written)

    def _fields(self, slots: bytes, count: int, kind: Any) -> Any:
        """The slots as lists of numbers of a kind: a slot is four words of eight bytes."""
        arrow = self._arrow
        numbers = arrow.Array.from_buffers(kind, count * _FIELDS, [None, arrow.py_buffer(slots)])
        return arrow.FixedSizeListArray.from_arrays(numbers, _FIELDS)

    def _moments(self, time: Any) -> Any:
        """Seconds as microseconds, rounded as Python's own moments are."""
        arrow, compute = self._arrow, self._compute
        possible = compute.and_(compute.greater_equal(time, _FIRST), compute.less(time, _LAST))
        time = compute.if_else(possible, time, 0.0)
        seconds = compute.trunc(time)
        parts = compute.round(
            compute.multiply(compute.subtract(time, seconds), 1e6), round_mode="half_to_even"
        )
        whole = compute.multiply(compute.cast(seconds, arrow.int64()), 1_000_000)
        return compute.cast(
            compute.add(whole, compute.cast(parts, arrow.int64())), arrow.timestamp("us", "UTC")
        )

    def _by_series(self, table: Any) -> Iterator[tuple[int, Any]]:
        order = self._compute.sort_indices(table.column("series"))  # stable: points keep their order
        sorted_ = table.take(order).combine_chunks()
        series = sorted_.column("series").combine_chunks()
        runs, points, start = self._compute.run_end_encode(series), sorted_.drop_columns("series"), 0
        for number, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
            yield number, points.slice(start, end - start)
            start = end
