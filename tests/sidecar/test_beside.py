import json
from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import LeaseLostError
from polyaxon_sdk.runs.clock import Clock
from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter, read_facts
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.runs.status import Condition
from polyaxon_sdk.settings import load
from polyaxon_sdk.sidecar.beside import Beside
from polyaxon_sdk.types import Json
from tests.sidecar.draining import HeldLease, Logger, LostLease, crash

QUIET: dict[str, Json] = {"track_code": False, "track_env": False, "collect_resources": False}
GONE: dict[str, Json] = {"replica": "main", "pid": 1, "start": 1}

Work = Callable[[], list[Condition] | None]


@pytest.fixture
def record(folder: RunFolder) -> RecordWriter:
    """The record of a run whose process is gone, written by this one."""
    record = RecordWriter(folder)
    record.append("created", name="digits", **QUIET)
    record.append("process", **GONE)
    record.append("status", status="running")
    return record


@pytest.fixture
def work(folder: RunFolder) -> Work:
    """Work beside the run until it is finished."""
    return lambda: Beside(folder, HeldLease(), load()).run()


def test_a_run_that_is_done_is_drained_summarised_and_finished(
    folder: RunFolder, record: RecordWriter, work: Work
) -> None:
    logger = Logger(folder)
    logger.log("val loss")
    record.append("status", status="succeeded")
    record.append("left")
    leave(folder, logger)
    assert work() == read_run(folder).conditions
    assert read_drained(folder).is_finished
    assert read_run(folder).outputs == {"val loss": 0.0}
    assert [path.name for path in folder.journal.iterdir()] == ["drained.json"]


def test_the_record_names_series_that_are_no_scalars(
    folder: RunFolder, record: RecordWriter, work: Work
) -> None:
    logger = Logger(folder)
    logger.events.append("text", "notes/a", "hello", step=1, time=1.0)
    record.append("status", status="succeeded")
    record.append("left")
    leave(folder, logger)
    work()
    assert read_run(folder).other_series == {"events/text/notes__a.plx": "text/notes/a"}


def test_a_run_that_is_to_stay_here_is_not_shipped(
    folder: RunFolder, record: RecordWriter, work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_ARTIFACTS_STORE", (tmp_path / "store").as_uri())
    record.append("created", collect_artifacts=False, **QUIET)
    record.append("status", status="succeeded")
    work()
    assert (read_drained(folder).is_finished, (tmp_path / "store").exists()) == (True, False)


def leave(folder: RunFolder, logger: Logger) -> None:
    """Say that the writer of these journals is through."""
    writer = RecordWriter(folder)
    writer.restart(logger.writer)
    writer.append("left")


def test_the_views_tell_the_run_in_polyaxons_form(
    folder: RunFolder, record: RecordWriter, work: Work
) -> None:
    logger = Logger(folder)
    logger.log("val loss")
    leave(folder, logger)
    record.append("status", status="succeeded")
    work()
    run, (lineage,) = (json.loads(path.read_text()) for path in (folder.run_view, folder.lineages_view))
    assert (run["name"], run["status"], run["meta_info"]) == ("digits", "succeeded", {"has_metrics": True})
    assert (lineage["path"], lineage["summary"]["metric"]["50%"]) == ("events/metric/val-loss.plx", 0.0)


def test_a_run_whose_runner_is_gone_succeeded_where_its_script_had_ended_its_tracking(
    folder: RunFolder, record: RecordWriter, work: Work
) -> None:
    leave(folder, Logger(folder))
    work()
    assert read_run(folder).conditions[-1][:2] == ("succeeded", "RunnerGone")


def test_a_leave_of_an_earlier_attempt_says_nothing_of_this_one(
    folder: RunFolder, record: RecordWriter, work: Work
) -> None:
    leave(folder, Logger(folder))
    record.append("status", status="resuming")
    work()
    assert read_run(folder).conditions[-1][:2] == ("failed", "ProcessGone")


def test_a_run_whose_process_is_gone_without_a_word_failed(
    folder: RunFolder, record: RecordWriter, work: Work
) -> None:
    work()
    assert read_run(folder).conditions[-1][:2] == ("failed", "ProcessGone")


def test_a_run_is_closed_once_though_its_process_was_ahead_of_time(
    folder: RunFolder, record: RecordWriter
) -> None:
    beside = Beside(folder, HeldLease(), load())
    tomorrow = RecordWriter(folder, Clock(now=lambda: 2 * 10**18))
    tomorrow.append("status", status="failed")
    tomorrow.append("status", status="resuming")
    beside.run()
    assert [each.status for each in read_run(folder).conditions] == [
        "running",
        "failed",
        "resuming",
        "failed",
    ]
    assert len([fact for fact in read_facts(folder) if fact.fields.get("reason") == "ProcessGone"]) == 1


def test_what_a_crashed_sidecar_left_is_finished_by_the_next(
    folder: RunFolder, record: RecordWriter, work: Work
) -> None:
    logger = Logger(folder)
    logger.log("loss")
    leave(folder, logger)
    crash(folder)
    work()
    assert [point.value for point in read_series(folder)["loss"]] == [0.0]


def test_a_lease_that_is_lost_ends_the_work(folder: RunFolder, record: RecordWriter) -> None:
    Logger(folder).log("loss")
    with pytest.raises(LeaseLostError, match="lost"):
        Beside(folder, LostLease(), load()).run()


def test_a_folder_that_is_gone_ends_the_work(folder: RunFolder, record: RecordWriter) -> None:
    record.append("joined")
    beside = Beside(folder, HeldLease(), load())
    folder.journal.rename(folder.path / "moved")
    with pytest.raises(FileNotFoundError, match="gone"):
        beside.run()


def test_journals_of_a_writer_that_lives_stay(folder: RunFolder, record: RecordWriter, work: Work) -> None:
    elsewhere = Logger(folder, host="elsewhere/1")
    elsewhere.log("loss")
    record.append("status", status="succeeded")
    work()
    elsewhere.log("loss")
    assert [point.value for point in read_series(folder)["loss"]] == [0.0, 1.0]


def test_a_store_that_cannot_be_reached_leaves_the_run_unfinished(
    folder: RunFolder, record: RecordWriter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: Work
) -> None:
    monkeypatch.setenv("POLYAXON_ARTIFACTS_STORE", "nowhere://store")
    record.append("status", status="succeeded")
    work()
    assert not read_drained(folder).is_finished
    assert any("nowhere" in problem for problem in read_run(folder).problems)


def test_numbers_that_cannot_be_read_are_told_once_and_the_run_ships_with_the_defaults(
    folder: RunFolder, record: RecordWriter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: Work
) -> None:
    wrong = {
        "ARTIFACTS_STORE": str(tmp_path),
        "SHIP_BANDWIDTH": "5MB",
        "SHIP_REQUESTS": "0",
        "SHIP_CHUNKS": "-1",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(f"POLYAXON_{name}", value)
    record.append("status", status="succeeded")
    work()
    work()
    assert read_run(folder).problems == [
        "POLYAXON_SHIP_BANDWIDTH: '5MB' is no number, expected a number of bytes a second; it counts as 0",
        "POLYAXON_SHIP_CHUNKS: -1 is less than 0, expected a number of MiB; it counts as 0",
        "POLYAXON_SHIP_REQUESTS: 0 is less than 1, expected a number of requests; it counts as 32",
    ]
    assert (tmp_path / folder.uuid / "run.plx.json").is_file()
