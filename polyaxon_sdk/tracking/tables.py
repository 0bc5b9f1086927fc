"""Tables of pandas, polars and pyarrow, as assets and their events (semantics 5.4; its defect T4 is not ours)."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.tracking.assets import keep_bytes, keep_raw
from polyaxon_sdk.tracking.given import text_given
from polyaxon_sdk.tracking.interface import Place
from polyaxon_sdk.tracking.series import Series
from polyaxon_sdk.tracking.sheets import sheet_of
from polyaxon_sdk.types import Json

__all__ = ["log_table"]

Write = Callable[[Any, BytesIO], object]


def log_table(place: Place, series: Series, table: object, content_type: str) -> None:
    """Keep a table as `csv`, `html` or `parquet`, written by the library that it is of.

    A large one of pandas becomes CSV in the sidecar, the same bytes.

    Raises:
        InputError: another type.
        TypeError: no table. What the library raises passes through.
        OSError: the disk is full or broken.
    """
    wanted = (
        text_given(content_type, "content_type", expected="csv, html or parquet")
        .lower()
        .rpartition("/")[2]
        .lstrip(".")
    )
    table = _whole(table)
    kind = type(table).__module__.partition(".")[0]
    writers = _WRITERS.get(kind)
    if writers is None and hasattr(table, "to_csv"):
        writers = _WRITERS["pandas"]
    if writers is None:
        raise TypeError(f"{type(table).__name__} is no table of pandas, polars or pyarrow")
    if wanted not in writers:
        hint = did_you_mean(wanted, writers)
        raise InputError(
            f"{wanted!r} is no type of table", path="content_type", expected=" or ".join(writers), hint=hint
        )
    value: dict[str, Json] = {"path": None, "content_type": wanted}
    if wanted == "csv" and kind == "pandas" and (raw := sheet_of(table)) is not None:
        fields: dict[str, Json] = {"encoding": "csv", **raw.sheet._asdict()}
        keep_raw(place, series, ".csv", raw.data, fields=fields, value=value)
        return
    keep_bytes(place, series, f".{wanted}", _written(table, writers[wanted]), value)


def _whole(table: Any) -> Any:
    """A table; of a column of pandas or polars, one with that column alone."""
    if hasattr(table, "columns") or not callable(getattr(table, "to_frame", None)):
        return table
    return table.to_frame("values" if table.name in {None, ""} else table.name)


def _written(table: object, write: Write) -> bytes:
    """A table as it is now, in memory: its library's writing must not wait for the run's disk."""
    made = BytesIO()
    write(table, made)
    return made.getvalue()


def _html(table: Any, file: BytesIO) -> None:
    """A table of polars or pyarrow as HTML; they have no word for it, or one that leaves rows out."""
    rows = table.to_dicts() if hasattr(table, "to_dicts") else table.to_pylist()
    names = list(table.columns if hasattr(table, "to_dicts") else table.column_names)
    lines = [_row("th", names), *(_row("td", [row[name] for name in names]) for row in rows)]
    file.write(("<table>\n" + "\n".join(lines) + "\n</table>\n").encode())


def _row(cell: str, values: list[object]) -> str:
    from html import escape  # a list of two thousand names comes with it

    shown = ("" if value is None else escape(str(value)) for value in values)
    return "<tr>" + "".join(f"<{cell}>{text}</{cell}>" for text in shown) + "</tr>"


def _arrow_csv(table: Any, file: BytesIO) -> None:
    from pyarrow.csv import write_csv  # a part of what the table is of

    write_csv(table, file)


def _arrow_parquet(table: Any, file: BytesIO) -> None:
    from pyarrow.parquet import write_table  # a part of what the table is of

    write_table(table, file)


_WRITERS: dict[str, dict[str, Write]] = {
    "pandas": {
        "csv": lambda table, file: file.write(table.to_csv().encode()),
        "html": lambda table, file: file.write(table.to_html().encode()),
        "parquet": lambda table, file: file.write(table.to_parquet()),
    },
    "polars": {
        "csv": lambda table, file: table.write_csv(file),
        "html": _html,
        "parquet": lambda table, file: table.write_parquet(file),
    },
    "pyarrow": {"csv": _arrow_csv, "html": _html, "parquet": _arrow_parquet},
}
