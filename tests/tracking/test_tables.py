from enum import StrEnum
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.tracking.run import Run
from tests.tracking.logged import asset_of, problem_of, row_in, value_in

COLUMNS = {"name": ["<a>", "b|c"], "loss": [0.5, 0.25]}
TABLES = {"pandas": pd.DataFrame(COLUMNS), "polars": pl.DataFrame(COLUMNS), "pyarrow": pa.table(COLUMNS)}


class Kind(StrEnum):
    """As a script may name it."""

    CSV = "csv"


def kept(run: Run, folder: RunFolder, library: str, content_type: str) -> Path:
    """The file that a table of this library becomes."""
    run.log_dataframe(TABLES[library], "table", content_type)
    return asset_of(folder, value_in(folder, "dataframe", "table"))


def test_a_table_is_an_event_as_polyaxon_writes_it(run: Run, folder: RunFolder) -> None:
    run.log_dataframe(TABLES["pandas"], "table", step=1)
    expected = '{"path":"assets/dataframe/table_1.csv","content_type":"csv"}'
    assert row_in(folder, "dataframe", "table") == expected


@pytest.mark.parametrize("content_type", ["csv", "CSV", ".csv", "text/csv", Kind.CSV])
def test_a_type_is_named_in_many_ways(run: Run, folder: RunFolder, content_type: str) -> None:
    assert kept(run, folder, "pandas", content_type).name == "table.csv"


@pytest.mark.parametrize("library", TABLES)
def test_csv_reads_back(run: Run, folder: RunFolder, library: str) -> None:
    found = pd.read_csv(kept(run, folder, library, "csv"))[["name", "loss"]]
    assert found.to_dict("list") == COLUMNS


@pytest.mark.parametrize("library", TABLES)
def test_parquet_reads_back(run: Run, folder: RunFolder, library: str) -> None:
    assert pd.read_parquet(kept(run, folder, library, "parquet")).to_dict("list") == COLUMNS


@pytest.mark.parametrize("library", TABLES)
def test_html_shows_every_cell_as_text(run: Run, folder: RunFolder, library: str) -> None:
    html = kept(run, folder, library, "html").read_text(encoding="utf-8")
    assert all(f">{cell}<" in html for cell in ("name", "loss", "&lt;a&gt;", "b|c", "0.25"))


@pytest.mark.parametrize(
    ("table", "content_type", "words"),
    [
        ({"a": [1]}, "csv", "dict is no table of pandas, polars or pyarrow"),
        (
            TABLES["polars"],
            "xlsx",
            "content_type: 'xlsx' is no type of table, expected csv or html or parquet",
        ),
        (pd.DataFrame({1: [object()]}), "parquet", "table 'table' is left out: "),
    ],
)
def test_what_is_no_table_is_left_out_with_a_line(
    run: Run, folder: RunFolder, table: object, content_type: str, words: str
) -> None:
    run.log_dataframe(table, "table", content_type)
    assert words in problem_of(folder)
    assert not list(folder.path.glob("assets/dataframe/*"))
