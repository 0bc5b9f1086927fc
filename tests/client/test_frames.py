from datetime import UTC, datetime
from math import isnan

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.client.frames import Library
from polyaxon_sdk.exceptions import MissingExtraError
from polyaxon_sdk.runs.folder import RunFolder
from tests.required import required
from tests.scripts import Scripts

arrow = required("pyarrow")
pandas = required("pandas")
polars = required("polars")

COLUMNS = ["run", "name", "step", "timestamp", "value"]
WITHOUT_ARROW = """
import sys
sys.modules["pyarrow"] = None
from polyaxon_sdk.client import RunClient
frame = RunClient(run_uuid={uuid!r}).get_metrics_as_tidy_df(library={library!r})
{show}
"""
SHOW = {
    "pandas": "print(frame.to_csv(), *map(str, frame.dtypes))",
    "polars": "print(frame.write_csv(), *map(str, frame.dtypes))",
}


def test_pandas_is_the_library_where_it_is_there(trained: RunClient) -> None:
    frame = trained.get_metrics_as_tidy_df()
    assert (type(frame), list(frame.columns), len(frame)) == (pandas.DataFrame, COLUMNS, 11)


def test_polars_is_the_library_where_it_is_named(trained: RunClient) -> None:
    frame = trained.get_metrics_as_tidy_df(library="polars")
    assert (type(frame), frame.columns, frame.height) == (polars.DataFrame, COLUMNS, 11)


def test_a_tidy_frame_holds_each_point(trained: RunClient) -> None:
    frame = trained.get_metrics_as_tidy_df("loss")
    rows = list(frame[["run", "name", "step", "value"]].itertuples(index=False, name=None))
    assert rows == [(trained.run_uuid, "loss", step, 1 / (step + 1)) for step in range(5)]


def test_a_step_that_was_not_given_stays_missing(trained: RunClient) -> None:
    assert trained.get_metrics_as_tidy_df("free")["step"].isna().tolist() == [True]


def test_timestamps_are_moments(trained: RunClient) -> None:
    (moment,) = trained.get_metrics_as_tidy_df("free", library="polars")["timestamp"]
    (text,) = trained.get_metrics("free")["free"]["timestamp"]
    assert moment == datetime.fromisoformat(str(text)).astimezone(UTC)


def test_a_wide_frame_has_a_row_a_step(trained: RunClient) -> None:
    frame = trained.get_metrics_as_wide_df(library="polars")
    assert (frame.columns, frame["step"].to_list()) == (
        ["step", "free", "loss", "val loss/x"],
        [0, 1, 2, 3, 4],
    )
    assert frame["free"].to_list() == [1.5, None, None, None, None]


def test_both_libraries_make_the_same_wide_frame(trained: RunClient) -> None:
    wide = trained.get_metrics_as_wide_df("loss")
    assert wide["loss"].tolist() == trained.get_metrics_as_wide_df("loss", library="polars")["loss"].to_list()


@pytest.mark.system
@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_without_arrow_a_tidy_frame_is_the_same(trained: RunClient, library: Library) -> None:
    words = {"uuid": trained.run_uuid, "library": library, "show": SHOW[library]}
    hidden = WITHOUT_ARROW.format(**words)
    shown = hidden.replace('sys.modules["pyarrow"] = None', "")
    bare, whole = (Scripts(trained.folder.home).run(text) for text in (hidden, shown))
    assert (bare.err, bare.out) == ("", whole.out)


def test_a_library_that_is_not_there_is_told_with_how_to_get_it(trained: RunClient) -> None:
    hidden = WITHOUT_ARROW.format(uuid=trained.run_uuid, library="polars", show="").replace(
        "pyarrow", "polars"
    )
    told = Scripts(trained.folder.home).run(hidden).err
    assert f"{MissingExtraError.__name__}: polars is not installed: pip install 'polars'" in told


def test_an_arrow_table_holds_each_point(trained: RunClient) -> None:
    table = trained.to_arrow(["loss", "free"])
    assert table.schema.names == COLUMNS
    assert table.column("value").to_pylist() == [1.5, *(1 / (step + 1) for step in range(5))]
    assert table.column("step").to_pylist() == [None, 0, 1, 2, 3, 4]


def test_nan_is_a_value_and_not_missing(trained: RunClient) -> None:
    column = trained.to_arrow("val loss/x").column("value")
    assert (column.null_count, [isnan(value) for value in column.to_pylist()]) == (0, [False, *[True] * 4])


def test_a_run_without_points_is_an_empty_table(folder: RunFolder) -> None:
    table = RunClient(run_uuid=folder.uuid).to_arrow()
    assert (table.num_rows, table.schema.names) == (0, COLUMNS)
    assert table.schema.field("timestamp").type == arrow.timestamp("us", "UTC")
