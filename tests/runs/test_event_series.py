from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from polyaxon_sdk.runs.columns import read_columns
from polyaxon_sdk.runs.event_series import read_event_series
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.scalars import NO_STEP, RECORD
from tests.sidecar.draining import Logger, act, drain

ACTIONS = st.lists(st.sampled_from(["a", "b/c", "note", "drain", "step", "crash"]), max_size=25)


class Notes(Logger):
    """Logs points, and texts to the series `note`."""

    def log(self, name: str) -> None:
        if name != "note":
            super().log(name)
            return
        texts = self.logged.setdefault("note", [])
        self.events.append("text", "note", str(len(texts)), step=None, time=1.0)
        texts.append(float(len(texts)))


def seen(folder: RunFolder) -> dict[str, list[float]]:
    """The values of every series, as numbers."""
    return {
        series.name: [float(str(value)) for value in read_columns(series.read(), series.kind).values]
        for series in read_event_series(folder)
    }


@given(ACTIONS)
@settings(max_examples=40, deadline=None)
def test_each_event_of_each_kind_is_seen_once_at_any_time(actions: list[str]) -> None:
    with TemporaryDirectory() as path:
        folder = RunFolder(path).create()
        logger = Notes(folder)
        for action in actions:
            act(folder, logger, action)
            assert seen(folder) == logger.logged


@given(ACTIONS)
@settings(max_examples=40, deadline=None)
def test_what_is_read_is_what_the_files_hold_once_all_is_drained(actions: list[str]) -> None:
    with TemporaryDirectory() as path:
        folder = RunFolder(path).create()
        logger = Notes(folder)
        for action in actions:
            act(folder, logger, action)
        before = {series.path: series.read() for series in read_event_series(folder)}
        drain(folder)
        assert before == {name: (Path(path) / name).read_bytes() for name in before}


def test_one_kind_is_read_alone(folder: RunFolder) -> None:
    logger = Notes(folder)
    logger.log("loss")
    logger.log("note")
    assert [(series.kind, series.name) for series in read_event_series(folder, "text")] == [("text", "note")]


def test_series_come_by_kind_and_name(folder: RunFolder) -> None:
    logger = Notes(folder)
    for name in ("b", "note", "a"):
        logger.log(name)
    keys = [(series.kind, series.name) for series in read_event_series(folder)]
    assert keys == [("metric", "a"), ("metric", "b"), ("text", "note")]


def test_a_run_that_logged_nothing_has_no_series(folder: RunFolder) -> None:
    assert read_event_series(folder) == []


def test_a_folder_that_is_not_there_has_no_series(tmp_path: Path) -> None:
    assert read_event_series(RunFolder(tmp_path / "gone")) == []


def test_a_hole_that_is_filled_later_is_read_then(folder: RunFolder) -> None:
    logger = Notes(folder, mapped=True)
    logger.log("loss")
    free, *_ = logger.scalars.room
    hole = next(free)
    logger.log("loss")
    drain(folder)
    RECORD.pack_into(logger.scalars.room[1], hole, 0, NO_STEP, 7.0, 2.0)
    assert seen(folder) == {"loss": [0.0, 1.0, 7.0]}
