import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.snapshots import pending
from polyaxon_sdk.sidecar.writing_csv import csv_of
from polyaxon_sdk.tracking.run import Run
from polyaxon_sdk.tracking.sheets import sheet_of
from tests.tracking.logged import asset_of, value_in

ROWS = 5_000
TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
CELLS = st.one_of(
    st.lists(st.floats(), min_size=2, max_size=2),
    st.lists(st.integers(-(2**63), 2**63 - 1), min_size=2, max_size=2),
    st.lists(st.booleans(), min_size=2, max_size=2),
    st.lists(TEXTS, min_size=2, max_size=2),
)


def large(**columns: object) -> pd.DataFrame:
    """A table that is worth it."""
    return pd.DataFrame({"loss": np.linspace(0, 1, ROWS), "step": range(ROWS), **columns})


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(TEXTS, CELLS, min_size=1, max_size=3))
def test_a_raw_table_becomes_what_pandas_writes(cells: dict[str, list[object]]) -> None:
    table = pd.DataFrame({name: values * (ROWS + 1) for name, values in cells.items()})
    raw = sheet_of(table)
    assert raw is not None
    assert csv_of(*raw) == table.to_csv().encode()


def test_a_large_table_is_written_by_the_sidecar(run: Run, folder: RunFolder) -> None:
    table = large(name=["a"] * ROWS)
    run.log_dataframe(table, "table", step=1)
    assert [path.name for path in pending(folder)] == ["dataframe__table_1.csv.snapshot"]
    assert asset_of(folder, value_in(folder, "dataframe", "table")).read_bytes() == table.to_csv().encode()


def test_a_table_is_kept_as_it_was_when_it_was_logged(run: Run, folder: RunFolder) -> None:
    table = large()
    expected = table.to_csv().encode()
    run.log_dataframe(table, "table")
    table.loc[:, "loss"] = 7.0
    assert asset_of(folder, value_in(folder, "dataframe", "table")).read_bytes() == expected


@pytest.mark.parametrize(
    "table",
    [
        large().iloc[:10],
        large().set_index("step"),
        large().rename(columns={"loss": 1}),
        large(when=pd.Timestamp("2026-01-01")),
        large(small=np.float32(0.1)),
        large(mixed=["a", *[1] * (ROWS - 1)]),
        large(torn=pd.Series(["\ud800"] * ROWS, dtype="object")),
        large(odd=pd.array([1, None] * (ROWS // 2), dtype="Int64")),
        pd.DataFrame(index=range(20_000)),
        pd.DataFrame(np.zeros((1_500_000, 3)), columns=list("abc")),
    ],
    ids=["small", "index", "label", "time", "single", "mixed", "surrogate", "nullable", "none", "huge"],
)
def test_another_table_is_left_to_its_library(table: pd.DataFrame) -> None:
    assert sheet_of(table) is None


def test_rows_may_be_numbered_otherwise() -> None:
    table = large().iloc[::-1]
    raw = sheet_of(table)
    assert raw is not None
    assert csv_of(*raw) == table.to_csv().encode()
