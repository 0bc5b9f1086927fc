from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.client.arrow import to_table, write_parquet
from polyaxon_sdk.client.events import columns_of
from polyaxon_sdk.runs.folder import RunFolder
from tests.required import required
from tests.scripts import Scripts
from tests.sidecar.draining import Logger, drain, one_after_another

arrow = required("pyarrow")
parquet = required("pyarrow.parquet")

STEPS = st.none() | st.integers(-(2**63) + 1, 2**63 - 1)
TIMES = st.floats(-1e11, 1e12).filter(bool) | st.floats(1.7e9, 1.8e9)
POINTS = st.lists(st.tuples(st.sampled_from("ab"), STEPS, TIMES, st.floats(allow_nan=False)))


@given(POINTS, POINTS)
@settings(deadline=None)
def test_each_point_is_in_the_table_once(
    drained: list[tuple[str, int | None, float, float]], waiting: list[tuple[str, int | None, float, float]]
) -> None:
    with TemporaryDirectory() as path:
        folder = RunFolder(path).create()
        logger = Logger(folder)
        for number, name in enumerate("ab"):
            logger.events.name_series(number, name)
        for points in (drained, waiting):
            for name, step, time, value in points:
                logger.scalars.append("ab".index(name), step, time, value)
            if points is drained:
                drain(folder)
        rows = [tuple(row.values()) for row in to_table([folder]).drop_columns("run").to_pylist()]
        shown = [
            (name, step, moment.isoformat(" ", "microseconds"), value) for name, step, moment, value in rows
        ]
        assert shown == [
            (name, *row)
            for name, columns in columns_of(folder, "metric").items()
            for row in zip(columns["step"], columns["timestamp"], columns["metric"], strict=True)
        ]


def test_points_of_several_writers_are_all_there(folder: RunFolder) -> None:
    loggers = [Logger(folder), Logger(folder)]
    for logger in loggers:
        for name in ("loss", "loss", "accuracy"):
            logger.log(name)
    table = to_table([folder])
    assert table.column("name").to_pylist() == ["accuracy"] * 2 + ["loss"] * 4
    assert table.column("value").to_pylist() == [0.0, 0.0, 0.0, 1.0, 0.0, 1.0]


def test_points_of_several_writers_are_in_the_order_of_their_times(folder: RunFolder) -> None:
    one_after_another(folder)
    assert to_table([folder]).column("value").to_pylist() == [0.0, 1.0, 2.0, 3.0]


def test_a_slot_that_is_not_written_yet_is_no_point(folder: RunFolder) -> None:
    logger = Logger(folder, mapped=True)
    logger.log("loss")
    free, *_ = logger.scalars.room
    next(free)
    logger.log("loss")
    assert to_table([folder]).column("value").to_pylist() == [0.0, 1.0]


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


@pytest.mark.system
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
