from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.client.arrow import to_table, write_parquet
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.series import read_series
from tests.scripts import Scripts
from tests.sidecar.draining import Logger, drain

arrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

POINTS = st.lists(
    st.tuples(st.none() | st.integers(-(2**63) + 1, 2**63 - 1), st.floats(0, 4e9), st.floats(allow_nan=False))
)


@given(POINTS, POINTS)
@settings(deadline=None)
def test_each_point_is_in_the_table_once(
    drained: list[tuple[int | None, float, float]], waiting: list[tuple[int | None, float, float]]
) -> None:
    with TemporaryDirectory() as path:
        folder = RunFolder(path).create()
        logger = Logger(folder)
        logger.events.name_series(0, "loss")
        for points in (drained, waiting):
            for step, time, value in points:
                logger.scalars.append(0, step, max(time, 1e-6), value)
            if points is drained:
                drain(folder)
        table = to_table([folder])
        points_ = read_series(folder).get("loss", [])
        assert table.column("step").to_pylist() == [point.step for point in points_]
        assert table.column("value").to_pylist() == [point.value for point in points_]


def test_a_parquet_file_holds_the_points_of_all_runs(folder: RunFolder, tmp_path: Path) -> None:
    other = RunFolder(folder.path.with_name("0" * 32)).create()
    for run in (folder, other):
        logger = Logger(run)
        for name in ("loss", "größe", "loss"):
            logger.log(name)
    assert write_parquet([folder, other], tmp_path / "points.parquet") == 6
    table = parquet.read_table(tmp_path / "points.parquet")
    assert table.select(["run", "name", "value"]).to_pylist() == [
        {"run": run.uuid, "name": name, "value": value}
        for run in (folder, other)
        for name, value in (("größe", 0.0), ("loss", 0.0), ("loss", 1.0))
    ]


def test_no_points_make_an_empty_file(folder: RunFolder, tmp_path: Path) -> None:
    assert write_parquet([folder], tmp_path / "points.parquet") == 0
    assert parquet.read_table(tmp_path / "points.parquet").num_rows == 0


def test_a_file_that_can_not_be_written_leaves_no_draft(folder: RunFolder, tmp_path: Path) -> None:
    (tmp_path / "points.parquet").mkdir()
    with pytest.raises(OSError, match=r"points\.parquet"):
        write_parquet([folder], tmp_path / "points.parquet")
    assert list(tmp_path.glob(".*")) == []


def test_a_damaged_file_is_read_as_far_as_it_can_be(trained: RunClient, tmp_path: Path) -> None:
    file = trained.folder.path / "events/metric/loss.plx"
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b"|0.5\n", b"|x.5\n"))
    values = trained.to_arrow("loss").column("value").to_pylist()
    file.write_bytes(whole)
    assert values == [1.0, 1 / 3, 0.25, 0.2]


def test_a_damaged_file_harms_no_other(trained: RunClient) -> None:
    file = trained.folder.path / "events/metric/loss.plx"
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b"|0.5\n", b"|x.5\n"))
    names = trained.to_arrow().column("name").to_pylist()
    file.write_bytes(whole)
    assert names == ["free", *["loss"] * 4, *["val loss/x"] * 5]


def test_a_long_series_is_whole(folder: RunFolder) -> None:
    count = 100_000
    logger = Logger(folder)
    for _ in range(count):
        logger.log("loss")
    drain(folder)
    logger.log("loss")
    table = to_table([folder])
    assert table.column("step").to_pylist() == list(range(count + 1))
    assert table.column("value").to_pylist() == logger.logged["loss"]


def test_without_arrow_the_line_that_installs_it_is_told(trained: RunClient) -> None:
    text = "import sys; sys.modules['pyarrow'] = None; from polyaxon_sdk.client import RunClient; {}"
    told = Scripts(trained.folder.home).run(
        text.format(f"RunClient(run_uuid={trained.run_uuid!r}).to_arrow()")
    )
    assert "pyarrow is not installed: pip install 'polyaxon-sdk[parquet]'" in told.err
