"""The metrics of a run as data frames, of the library that is wanted or there."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from types import ModuleType
from typing import Any, Literal, TypeAlias

from polyaxon_sdk.client.arrow import to_table
from polyaxon_sdk.client.events import EventColumns, Names, columns_of
from polyaxon_sdk.client.extras import INSTALL, load_extra
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.types import Json

__all__ = ["Library", "tidy_frame", "wide_frame"]

Library: TypeAlias = Literal["pandas", "polars"]


def tidy_frame(folder: RunFolder, names: Names, library: Library | None) -> Any:  # a frame of either library
    """One row a point: run, name, step, timestamp, value.

    Raises:
        MissingExtraError: the library, or where None is named each one, is not installed.
        OSError: the run can't be read.
    """
    module = _library(library)
    if find_spec("pyarrow") is not None:
        return _from_arrow(module, folder, names)
    columns = _tidy(folder, columns_of(folder, "metric", names))
    frame = module.DataFrame(columns)
    if module.__name__ == "pandas":
        moments = module.to_datetime(frame["timestamp"], format="ISO8601", utc=True).astype(
            "datetime64[us, UTC]"
        )
        return frame.assign(
            step=frame["step"].astype("Int64"), timestamp=moments, value=frame["value"].astype(float)
        )
    types = {"run": module.String, "name": module.String, "step": module.Int64, "value": module.Float64}
    moments = module.col("timestamp").cast(module.String).str.to_datetime(time_unit="us", time_zone="UTC")
    return frame.cast(types).with_columns(moments)


def wide_frame(folder: RunFolder, names: Names, library: Library | None) -> Any:  # a frame of either library
    """One row a step, one column a metric; where a metric has several values for a step, the last.

    A point without a step counts as its number in the series.

    Raises:
        MissingExtraError: the library, or where None is named each one, is not installed.
        OSError: the run can't be read.
    """
    module = _library(library)
    found = columns_of(folder, "metric", names)
    by_step = {name: _by_step(columns) for name, columns in found.items()}
    steps = sorted({step for values in by_step.values() for step in values})
    wide = {name: [values.get(step) for step in steps] for name, values in by_step.items()}
    return module.DataFrame({"step": steps, **wide})


def _library(wanted: Library | None) -> ModuleType:
    name: str = wanted or next(
        (name for name in ("pandas", "polars") if find_spec(name) is not None), "pandas"
    )
    return load_extra(name, name)


def _from_arrow(module: ModuleType, folder: RunFolder, names: Names) -> Any:
    arrow = load_extra("pyarrow", INSTALL)
    table = to_table([folder], names)
    words = {place: table.column(place).cast(arrow.string()) for place in (0, 1)}
    for place, word in words.items():
        table = table.set_column(place, table.schema.names[place], word)
    if module.__name__ == "polars":
        return module.from_arrow(table)
    return table.to_pandas(types_mapper={arrow.int64(): module.Int64Dtype()}.get)


def _tidy(folder: RunFolder, found: Mapping[str, EventColumns]) -> EventColumns:
    tidy: EventColumns = {"run": [], "name": [], "step": [], "timestamp": [], "value": []}
    for name, columns in found.items():
        count = len(columns["step"])
        tidy["run"] += [folder.uuid] * count
        tidy["name"] += [name] * count
        tidy["step"] += columns["step"]
        tidy["timestamp"] += columns["timestamp"]
        tidy["value"] += columns["metric"]
    return tidy


def _by_step(columns: EventColumns) -> dict[int, Json]:
    numbered = enumerate(zip(columns["step"], columns["metric"], strict=True))
    return {step if isinstance(step, int) else number: value for number, (step, value) in numbered}
