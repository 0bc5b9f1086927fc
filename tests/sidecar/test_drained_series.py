import pytest

from polyaxon_sdk.runs.events import read
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import Entry
from polyaxon_sdk.sidecar.drained_files import DrainedFiles
from polyaxon_sdk.sidecar.drained_series import DrainedSeries
from tests.sidecar.draining import Logger, drain, drained_values

NOTE = Entry("text", "a note", 0, 1.0, "so")


def point(name: str, step: int, value: float) -> Entry:
    """A point of a metric."""
    return Entry("metric", name, step, 1.0, value)


@pytest.fixture
def files(folder: RunFolder) -> DrainedFiles:
    """The files of a run that nothing is drained of."""
    return DrainedFiles(folder, {})


@pytest.fixture
def series(folder: RunFolder, files: DrainedFiles) -> DrainedSeries:
    """The series of that run."""
    return DrainedSeries(folder, {}, files)


def test_a_series_is_told_of_by_the_name_it_was_logged_under(series: DrainedSeries) -> None:
    series.add_points([point("val loss", 0, 2.0), point("val loss", 1, 1.0)])
    summary = series.summaries()["val-loss"]
    assert (summary["name"], summary["path"]) == ("val loss", "events/metric/val-loss.plx")
    assert (summary["count"], summary["last"]) == (2, 1.0)


def test_names_of_one_file_name_get_files_of_their_own(folder: RunFolder) -> None:
    logger = Logger(folder)
    for name in ("val loss", "val-loss", "損失", "精度"):
        logger.log(name)
    drain(folder)
    assert drained_values(folder, logger.logged) == logger.logged
    assert len(list(folder.events.rglob("*.plx"))) == 4


def test_what_is_no_point_has_no_summary(series: DrainedSeries) -> None:
    series.add_events([NOTE])
    series.add_points([point("loss", 0, 2.0)])
    assert list(series.summaries()) == ["loss"]
    assert series.others() == {"events/text/a-note.plx": "text/a note"}


def test_it_is_changed_by_points_until_the_summaries_are_asked_for(series: DrainedSeries) -> None:
    changed = [series.is_changed]
    series.add_events([NOTE])
    changed.append(series.is_changed)
    series.add_points([point("loss", 0, 2.0)])
    changed.append(series.is_changed)
    series.summaries()
    assert [*changed, series.is_changed] == [False, False, True, False]


def test_names_that_are_new_are_added_to_those_given(folder: RunFolder, files: DrainedFiles) -> None:
    names = {"events/metric/a-b.plx": "metric/a b"}
    (folder.events / "metric").mkdir(parents=True)
    (folder.events / "metric" / "a-b.plx").touch()
    series = DrainedSeries(folder, names, files)
    series.add_points([point("a b", 0, 1.0), point("loss", 0, 1.0)])
    assert names == {"events/metric/a-b.plx": "metric/a b", "events/metric/loss.plx": "metric/loss"}


def test_what_is_not_committed_is_not_read_again(
    series: DrainedSeries, files: DrainedFiles, folder: RunFolder
) -> None:
    series.add_points([point("loss", 0, 2.0)])
    files.commit(files.write())
    series.add_points([point("loss", 1, 7.0)])
    files.write()
    series.read_again()
    assert [event.value for event in read(folder.events / "metric" / "loss.plx", "metric")] == [2.0, 7.0]
    assert series.summaries()["loss"]["max"] == 2.0


@pytest.mark.parametrize("final", [False, True])
def test_a_take_over_knows_the_summaries_of_before(folder: RunFolder, final: bool) -> None:
    logger = Logger(folder)
    logger.log("val loss")
    drain(folder)
    logger.log("val loss")
    summary = drain(folder).series.summaries(final=final)["val-loss"]
    assert (summary["name"], summary["count"], summary["last"]) == ("val loss", 2, 1.0)
    assert ("50%" in summary) is final
