from collections import Counter
from pathlib import Path

import pytest

from tests.cli.conftest import Polyaxon
from tests.cli.test_ops import AddRun, add_run
from tests.index.test_mirror import mark, ship, team
from tests.required import required
from tests.sidecar.draining import Logger

__all__ = ["add_run", "team"]

parquet = required("pyarrow.parquet")


@pytest.fixture
def runs(add_run: AddRun) -> list[str]:
    """The uuids of two runs of two projects, each with two points of two series."""
    folders = [add_run("first", "digits"), add_run("second", "letters")]
    for folder in folders:
        logger = Logger(folder)
        for name in ("loss", "loss", "accuracy", "accuracy"):
            logger.log(name)
    return [folder.uuid for folder in folders]


def exported(folder: Path) -> list[tuple[str, str, float]]:
    """The run, name and value of each point in `points.parquet`."""
    rows = parquet.read_table(folder / "points.parquet").to_pylist()
    return [(row["run"], row["name"], row["value"]) for row in rows]


def test_all_points_of_the_named_runs_are_exported(polyaxon: Polyaxon, runs: list[str], folder: Path) -> None:
    told = polyaxon("ops", "export", "-uid", runs[1], "--uid", runs[0][:12], "--parquet", "points.parquet")
    assert (told.code, told.out) == (0, "8 points of 2 runs are in points.parquet\n")
    assert exported(folder) == [
        (run, name, value)
        for run in (runs[1], runs[0])
        for name in ("accuracy", "loss")
        for value in (0.0, 1.0)
    ]


def test_the_last_run_is_exported_by_default(polyaxon: Polyaxon, runs: list[str], folder: Path) -> None:
    told = polyaxon("ops", "export", "--parquet", "points.parquet", "--names", "loss")
    assert told.out == "2 points of 1 run are in points.parquet\n"
    assert exported(folder) == [(runs[1], "loss", 0.0), (runs[1], "loss", 1.0)]


def test_a_run_that_is_named_twice_is_exported_once(polyaxon: Polyaxon, runs: list[str]) -> None:
    told = polyaxon("ops", "export", "-uid", runs[0], "-uid", runs[0][:12], "--parquet", "points.parquet")
    assert told.out == "4 points of 1 run are in points.parquet\n"


@pytest.mark.parametrize(("words", "count"), [((), 8), (("-p", "digits"), 4)])
def test_every_run_is_exported(
    polyaxon: Polyaxon, runs: list[str], folder: Path, words: tuple[str, ...], count: int
) -> None:
    polyaxon("ops", "export", "--all", *words, "--parquet", "points.parquet")
    assert len(exported(folder)) == count


def test_every_point_of_every_run_that_a_query_finds_is_exported(
    polyaxon: Polyaxon, add_run: AddRun, runs: list[str], folder: Path
) -> None:
    counts = {}
    for count in range(200, 230):
        run = add_run(f"fold-{count}", "letters")
        logger, counts[run.uuid] = Logger(run, mapped=True), count
        for _ in range(count):
            logger.log("loss")
    told = polyaxon("ops", "export", "-p", "letters", "-q", "name:%fold%", "--parquet", "points.parquet")
    assert told.out == f"{sum(counts.values())} points of 30 runs are in points.parquet\n"
    assert Counter(run for run, _, _ in exported(folder)) == counts


def test_all_runs_and_some_contradict(polyaxon: Polyaxon, runs: list[str]) -> None:
    told = polyaxon("ops", "export", "-a", "-uid", runs[0], "--parquet", "points.parquet")
    assert (told.code, told.err) == (2, "Error: --all and --uid each name runs: give one of them\n")


def test_runs_go_into_an_archive_and_into_another_home(
    polyaxon: Polyaxon, runs: list[str], folder: Path, tmp_path: Path
) -> None:
    told = polyaxon("ops", "export", "-q", "project:digits", "--archive", "runs.tar.gz")
    assert told.out == f"1 run, {(folder / 'runs.tar.gz').stat().st_size} bytes, in runs.tar.gz\n"
    elsewhere = {"POLYAXON_HOME": str(tmp_path / "elsewhere")}
    told = polyaxon("ops", "import", "runs.tar.gz", "-p", "letters", **elsewhere)
    assert told.out == f"{runs[0][:12]} is here now\n"
    assert polyaxon("ops", "import", "runs.tar.gz", **elsewhere).out == f"{runs[0][:12]} was here already\n"
    assert "letters" in polyaxon("ops", "ls", **elsewhere).out


@pytest.mark.parametrize("words", [(), ("--archive", "a.zip", "--parquet", "b.parquet")])
def test_an_export_goes_to_one_file(polyaxon: Polyaxon, runs: list[str], words: tuple[str, ...]) -> None:
    told = polyaxon("ops", "export", *words)
    assert (told.code, told.err) == (2, "Error: give one of --archive and --parquet: the file to write\n")


def test_a_file_that_can_not_be_written_takes_one_line(polyaxon: Polyaxon, runs: list[str]) -> None:
    told = polyaxon("ops", "export", "--parquet", "none/points.parquet")
    assert (told.code, told.err.count("\n"), "none" in told.err) == (1, 1, True)


def test_an_archive_is_written_over_where_that_is_asked_for(
    polyaxon: Polyaxon, runs: list[str], folder: Path
) -> None:
    (folder / "runs.zip").write_bytes(b"kept")
    refused = polyaxon("ops", "export", "--archive", "runs.zip")
    kept = (folder / "runs.zip").read_bytes()
    done = polyaxon("ops", "export", "--archive", "runs.zip", "--force")
    assert (refused.code, kept, done.code) == (2, b"kept", 0)
    assert (
        refused.err
        == "Error: runs.zip is there already, expected another name, or --force to write over it\n"
    )


def test_one_damaged_run_stops_no_archive_of_all(polyaxon: Polyaxon, runs: list[str], home: Path) -> None:
    (home / "runs" / runs[0] / "journal" / "drained.json").write_text("{")
    told = polyaxon("ops", "export", "--all", "--archive", "runs.zip")
    assert (told.code, told.out.startswith("1 run, ")) == (1, True)
    assert told.err.startswith(f"Warning: run {runs[0][:12]} is left out: damaged: ")


def test_a_file_that_is_there_is_written_over_only_where_that_is_asked(
    polyaxon: Polyaxon, runs: list[str], folder: Path
) -> None:
    (folder / "points.parquet").write_text("mine")
    refused = polyaxon("ops", "export", "--parquet", "points.parquet")
    assert (refused.code, "points.parquet is there already" in refused.err) == (2, True)
    assert (folder / "points.parquet").read_text() == "mine"
    assert polyaxon("ops", "export", "--parquet", "points.parquet", "--force").code == 0
    assert len(exported(folder)) == 4


def test_runs_of_a_store_are_exported_with_their_points(
    polyaxon: Polyaxon, team: Path, folder: Path, runs: list[str]
) -> None:
    ship(team, "good")
    bad = ship(team, "bad")
    (bad.path / "events" / "metric" / "loss.plx").write_bytes(b"garbage")
    mark(team, bad)
    told = polyaxon("ops", "export", "--store", str(team), "--all", "--parquet", "points.parquet")
    assert told.out == "1 point of 2 runs are in points.parquet\n"
    assert told.err.startswith(f"damaged: {bad.uuid[:12]}: events/metric/loss.plx: it holds no events; ")


def test_what_of_an_archived_run_is_damaged_is_told_and_known_where_it_is_brought(
    polyaxon: Polyaxon, runs: list[str], home: Path, tmp_path: Path
) -> None:
    run = runs[0][:12]
    (home / "runs" / runs[0] / "operation.plx.json").write_text("{")
    told = polyaxon("ops", "export", "-a", "--archive", "a.zip")
    assert (told.code, told.err.startswith(f"damaged: {run}: operation.plx.json: it is no JSON; ")) == (
        0,
        True,
    )
    elsewhere = {"POLYAXON_HOME": str(tmp_path / "elsewhere")}
    polyaxon("ops", "import", "a.zip", **elsewhere)
    assert (
        polyaxon("ops", "get", "-uid", run, **elsewhere).err == "damaged: operation.plx.json: it is no JSON\n"
    )
