"""Annotations of arrays and tables: numpy, pandas, polars; in JSON as lists, on a command line as a file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, cast, get_origin

from polyaxon_sdk.authoring.annotations.meaning import FileForm, Meaning, Read, refusing
from polyaxon_sdk.authoring.annotations.scalars import SCALARS
from polyaxon_sdk.authoring.vocabulary.artifacts import local_path
from polyaxon_sdk.exceptions import InputError

__all__ = ["read_array", "read_frame", "read_number"]

_PLAIN = frozenset({"bool", "float64", "int64"})
"""Types of items that lists in JSON give back by themselves."""

_NUMBERS = {"b": bool, "i": int, "u": int, "f": float}
"""What numpy's kinds of scalars are in JSON."""


def read_number(annotation: object, _: Read) -> Meaning | None:
    """A scalar of numpy, such as `numpy.float32`."""
    if (
        not isinstance(annotation, type)
        or not hasattr(annotation, "dtype")
        or not _is_of(annotation, "numpy")
    ):
        return None
    kind = cast("Any", annotation)  # whoever names it has numpy loaded
    known = _NUMBERS.get(import_module("numpy").dtype(kind).kind)
    if known is None:
        return None
    meaning = SCALARS[known]
    build = refusing(lambda value: kind(meaning.build(value)), meaning.words)
    return meaning._replace(
        build=build, spell=refusing(lambda value: meaning.spell(kind(value).item()), meaning.words)
    )


def read_array(annotation: object, _: Read) -> Meaning | None:
    """An array of numpy: nested lists, with its dtype where these don't tell; or the path of a `.npy` file."""
    kind = get_origin(annotation) or annotation
    if not _is_of(kind, "numpy") or getattr(kind, "__name__", "") != "ndarray":
        return None

    def build(value: object) -> object:
        numpy = import_module("numpy")
        if isinstance(value, str) and value[:1] not in ("[", "{"):
            return numpy.load(local_path(value), allow_pickle=False)
        found = _json(value)
        if isinstance(found, Mapping):
            return numpy.array(found["values"], dtype=found["dtype"])
        return numpy.array(found)

    def spell(value: object) -> object:
        array = cast("Any", value)
        if not isinstance(value, cast("type", kind)) or array.dtype.hasobject:
            raise TypeError
        values = array.tolist()
        return values if str(array.dtype) in _PLAIN else {"dtype": str(array.dtype), "values": values}

    def write(value: object, path: str) -> None:
        spell(value)
        import_module("numpy").save(path, value, allow_pickle=False)

    expected = "an array as lists of numbers, or the path of a .npy file"
    file = FileForm(".npy", write)
    return Meaning("any", refusing(build, expected), refusing(spell, expected), artifact="data", file=file)


def read_frame(annotation: object, _: Read) -> Meaning | None:
    """A table of pandas or polars: a list a column, or a mapping a row; or the path of a file."""
    if getattr(annotation, "__name__", "") != "DataFrame":
        return None
    library = next((name for name in ("pandas", "polars") if _is_of(annotation, name)), None)
    if library is None:
        return None

    def build(value: object) -> object:
        if isinstance(value, str) and value[:1] not in ("[", "{"):
            return _read_table(library, local_path(value))
        return _table(library, _json(value))

    def spell(value: object) -> object:
        if not isinstance(value, cast("type", annotation)):
            raise TypeError
        return _columns(library, cast("Any", value))

    def write(value: object, path: str) -> None:
        with open(path, "w", encoding="utf-8") as file:
            json.dump(spell(value), file)

    expected = "a table as a list a column, or the path of a .csv, .parquet or .json file"
    file = FileForm(".json", write)
    return Meaning("any", refusing(build, expected), refusing(spell, expected), artifact="data", file=file)


def _is_of(kind: object, library: str) -> bool:
    return str(getattr(kind, "__module__", "")).partition(".")[0] == library


def _json(value: object) -> object:
    return json.loads(value) if isinstance(value, str) else value


def _read_table(library: str, path: str) -> object:
    ending = os.path.splitext(path)[1].removeprefix(".")
    if ending not in {"csv", "json", "parquet"}:
        raise InputError(f"{path!r} is no table", expected="a .csv, .parquet or .json file")
    if ending == "json":
        with open(path, encoding="utf-8") as file:
            return _table(library, json.load(file))
    read: Callable[[str], object] = getattr(import_module(library), f"read_{ending}")
    return read(path)


def _columns(library: str, frame: Any) -> object:
    """A list a column; with the types of those that lists don't give back."""
    if library == "pandas" and list(frame.index) != list(range(len(frame))):
        raise InputError("a table with an index of its own", expected="frame.reset_index()")
    named = {str(name): frame[name] for name in frame.columns}
    columns = {name: _cells(column) for name, column in named.items()}
    kinds = {name: str(column.dtype) for name, column in named.items()}
    again = cast("Any", _table(library, columns))
    if all(str(again[name].dtype) == kind for name, kind in kinds.items()):
        return columns
    if library == "polars":
        told = f"columns of {', '.join(sorted(set(kinds.values())))}"
        raise InputError(told, expected="numbers, texts and truth values")
    return {"columns": columns, "dtypes": kinds}


def _cells(column: Any) -> list[object]:
    from polyaxon_sdk.polyflow.values import plain  # loaded by now

    return [plain(cell) for cell in column.to_list()]


def _table(library: str, value: object) -> object:
    table = import_module(library).DataFrame
    if isinstance(value, Mapping) and set(value) == {"columns", "dtypes"}:
        return table(value["columns"]).astype(value["dtypes"])
    return table(value)
