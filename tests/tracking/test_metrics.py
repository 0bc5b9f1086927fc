import os
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from math import inf, nan
from multiprocessing import get_context
from threading import Thread
from typing import Any

import numpy as np
import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import scalar_files
from polyaxon_sdk.runs.scalars import HEADER_SIZE
from polyaxon_sdk.runs.series import Point, read_series
from polyaxon_sdk.runs.slots import read_batch
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.tracking.run import Run


class Unspeakable:
    """A value whose every method raises."""

    def __float__(self) -> float:
        raise RuntimeError("no float")

    def __str__(self) -> str:
        raise RuntimeError("no text")


@pytest.fixture
def points(folder: RunFolder) -> Callable[[], list[Point]]:
    """The points of the series `loss` so far."""
    return lambda: read_series(folder).get("loss", [])


Points = Callable[[], list[Point]]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (0.25, 0.25),
        (1, 1.0),
        (True, 1.0),
        (nan, nan),
        (inf, inf),
        (-inf, -inf),
        (np.float32(0.5), 0.5),
        (np.int64(7), 7.0),
        (np.array(2.5), 2.5),
        (np.bool_(True), 1.0),
        (Decimal("0.1"), 0.1),
        (Fraction(1, 4), 0.25),
    ],
    ids=repr,
)
def test_whatever_is_a_number_is_kept(run: Run, points: Points, value: float, kept: float) -> None:
    run.log_metric("loss", value)
    run.log_metric("loss", value)
    assert [point.value for point in points()] == pytest.approx([kept, kept], nan_ok=True)


@pytest.mark.parametrize(
    "value",
    [None, "0.5", "high", b"1", [0.5], {}, 1j, 10**400, 10**5000, np.array([1.0, 2.0]), Unspeakable()],
    ids=["None", "digits", "text", "bytes", "list", "dict", "complex", "large", "huge", "array", "odd"],
)
def test_what_is_no_number_is_left_out_and_said_once(
    run: Run, points: Points, capsys: pytest.CaptureFixture[str], value: float
) -> None:
    for number in (1.0, value, value, 2.0):
        run.log_metric("loss", number)
    assert [point.value for point in points()] == [1.0, 2.0]
    assert capsys.readouterr().err.count("metric 'loss' is left out") == 1


def test_what_is_no_number_keeps_no_reader_waiting(run: Run, folder: RunFolder) -> None:
    for number in (1.0, Unspeakable(), 2.0):
        run.log_metric("loss", number)
    (path,) = scalar_files(folder)
    assert [scalar.value for scalar in read_batch(path, HEADER_SIZE, patient=True).scalars] == [1.0, 2.0]


def test_the_run_says_what_was_left_out(run: Run, folder: RunFolder) -> None:
    run.log_metric("loss", "high")  # type: ignore[arg-type]  # a person's mistake
    assert read_run(folder).problems == ["metric 'loss' is left out: str 'high' is no number"]


@pytest.mark.parametrize(
    ("step", "kept"),
    [
        (None, None),
        (0, 0),
        (-5, -5),
        (True, 1),
        (np.int64(3), 3),
        (3.0, 3),
        (np.float32(4.0), 4),
        (2**63 - 1, 2**63 - 1),
        (2**63, None),
        (1.5, None),
        (nan, None),
        (inf, None),
        ("3", None),
    ],
    ids=repr,
)
def test_a_step_is_a_whole_number_or_left_out(run: Run, points: Points, step: int, kept: int | None) -> None:
    run.log_metric("loss", 0.5, step=step)
    assert [point.step for point in points()] == [kept]


@pytest.mark.parametrize(
    ("timestamp", "kept"),
    [(1.5, 1.5), (0, 0.0), (datetime(1970, 1, 2, tzinfo=UTC), 86400.0), (np.float64(3.5), 3.5), (-7.0, -7.0)],
)
def test_a_timestamp_is_kept(run: Run, points: Points, timestamp: float, kept: float) -> None:
    run.log_metric("loss", 0.5, timestamp=timestamp)
    assert points()[0].time == pytest.approx(kept)


@pytest.mark.parametrize(
    "timestamp", [None, "noon", datetime.min, Unspeakable()], ids=["now", "text", "year 1", "odd"]
)
def test_what_is_no_time_is_now(run: Run, points: Points, timestamp: float) -> None:
    run.log_metric("loss", 0.5, timestamp=timestamp)
    assert points()[0].time > 1_700_000_000


@pytest.mark.parametrize("timestamp", [1.7e12, nan, inf, "2026-01-01"], ids=["ms", "nan", "inf", "text"])
def test_a_wrong_timestamp_is_said_once_and_is_now(
    run: Run, points: Points, folder: RunFolder, timestamp: float
) -> None:
    for step in range(2):
        run.log_metric("loss", 0.5, step=step, timestamp=timestamp)
        run.log_metrics(step, timestamp, loss=0.5)
        run.log_text("note", "a", step=step, timestamp=timestamp)
    assert all(1_700_000_000 < point.time < 1e11 for point in points())
    told = [problem.partition(":")[0] for problem in read_run(folder).problems]
    assert told == ["metric 'loss' gets the time of now", "text 'note' gets the time of now"]


def test_a_step_of_an_event_that_is_none_is_said(run: Run, folder: RunFolder) -> None:
    run.log_text("note", "a", step=2**63)
    (problem,) = read_run(folder).problems
    assert problem.endswith(
        "is kept without its step: int '9223372036854775808' is no whole number of 64 bits"
    )


@pytest.mark.parametrize("name", ["損失", "a/../../b", "", "x" * 100_000, "\ud800", "a\nb|c", "\0"])
def test_any_name_is_a_series(run: Run, folder: RunFolder, name: str) -> None:
    run.log_metric(name, 0.5)
    run.log_metric(name, 1.5)
    assert [point.value for point in read_series(folder)[name]] == [0.5, 1.5]


@pytest.mark.parametrize("name", [5, None, ["loss"]])
def test_a_name_that_is_no_text_is_taken_as_one(run: Run, folder: RunFolder, name: str) -> None:
    run.log_metric(name, 0.5)
    assert list(read_series(folder)) == [str(name)]


def test_several_metrics_share_their_step_and_time(run: Run, folder: RunFolder) -> None:
    run.log_metrics(step=3, loss=0.5, accuracy=0.75)
    series = read_series(folder)
    assert series["loss"][0][:2] == series["accuracy"][0][:2]
    assert (series["loss"][0].step, series["accuracy"][0].value) == (3, 0.75)


@pytest.mark.parametrize(
    ("given", "named", "kept"),
    [
        ((), {}, (None, 0.5)),
        ((3,), {}, (3, 0.5)),
        ((), {"step": 3}, (3, 0.5)),
        ((3, 5.0), {"loss": 0.75}, (3, 0.75)),
    ],
    ids=["alone", "placed", "named", "both"],
)
def test_several_metrics_are_taken_as_a_mapping(
    run: Run,
    folder: RunFolder,
    given: tuple[Any, ...],
    named: dict[str, Any],
    kept: tuple[int | None, float],
) -> None:
    run.log_metrics({"loss": 0.5, "step": 1.0, "val/loss": 2}, *given, **named)
    series = read_series(folder)
    assert (series["loss"][0].step, series["loss"][0].value) == kept
    assert series.keys() == {"loss", "step", "val/loss"}


def test_a_step_that_is_given_twice_is_a_mistake(run: Run) -> None:
    with pytest.raises(TypeError, match="multiple values for argument 'step'"):
        run.log_metrics(3, step=4, loss=0.5)  # type: ignore[call-overload]  # a person's mistake


@pytest.mark.parametrize(
    ("step", "timestamp"),
    [(1, None), (np.int64(1), 5.0), ("odd", 0), (1.5, Unspeakable()), (2**70, np.array([1.0, 2.0]))],
    ids=["plain", "numpy", "texts", "odd", "large"],
)
def test_several_metrics_are_kept_whatever_their_step_and_time(
    run: Run, folder: RunFolder, step: int, timestamp: float
) -> None:
    for _ in range(2):
        run.log_metrics(step, timestamp, loss=0.5, accuracy=np.float32(0.75), rate=1)
    assert {name: [point.value for point in points] for name, points in read_series(folder).items()} == {
        "loss": [0.5, 0.5],
        "accuracy": [0.75, 0.75],
        "rate": [1.0, 1.0],
    }


def test_one_of_several_metrics_that_is_no_number_costs_itself_alone(run: Run, folder: RunFolder) -> None:
    run.log_metrics(loss=0.5, name="high", accuracy=0.75)  # type: ignore[call-overload]  # a person's mistake
    assert read_series(folder).keys() == {"loss", "accuracy"}


@pytest.mark.system
def test_more_metrics_in_a_call_than_a_segment_holds_are_all_kept(run: Run, folder: RunFolder) -> None:
    names = [f"metric-{number}" for number in range(50)]
    for step in range(1000):
        run.log_metrics(step=step, **dict.fromkeys(names, 0.5))
    steps = {tuple(point.step for point in points) for points in read_series(folder).values()}
    assert (len(read_series(folder)), steps) == (50, {tuple(range(1000))})


def test_a_clock_that_jumps_back_does_not_reorder_a_series(run: Run, points: Points) -> None:
    for step, time in enumerate([5.0, 1.0, 9.0, 2.0]):
        run.log_metric("loss", 0.5, step=step, timestamp=time)
    assert [point.step for point in points()] == [0, 1, 2, 3]


def test_threads_log_into_one_series_without_losing_points(run: Run, points: Points) -> None:
    def log(first: int) -> None:
        for step in range(first, first + 20_000):
            run.log_metric("loss", 0.5, step=step)

    threads = [Thread(target=log, args=(20_000 * number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(point.step or 0 for point in points()) == list(range(80_000))


def log_as_child(run: Run, first: int) -> None:
    run.restart()
    for step in range(first, first + 1000):
        run.log_metric("loss", 0.5, step=step)


@pytest.mark.system
def test_forked_children_log_into_the_same_series(run: Run, points: Points) -> None:
    run.log_metric("loss", 0.5, step=0)
    context = get_context("fork")
    children = [context.Process(target=log_as_child, args=(run, first)) for first in (1, 1001)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    run.log_metric("loss", 0.5, step=2001)
    assert sorted(point.step or 0 for point in points()) == list(range(2002))


def test_a_value_that_logs_while_it_is_read_loses_and_doubles_nothing(run: Run, points: Points) -> None:
    class Logging:
        def __float__(self) -> float:
            run.log_metric("loss", 2.0)
            return 1.0

    run.log_metric("loss", 0.0)
    run.log_metric("loss", Logging())
    assert sorted(point.value for point in points()) == [0.0, 1.0, 2.0]


def test_a_child_of_a_run_that_was_not_logged_to_has_a_journal_of_its_own(
    run: Run, folder: RunFolder
) -> None:
    if (pid := os.fork()) == 0:
        log_as_child(run, 0)
        os._exit(0)
    os.waitpid(pid, 0)
    assert len(list(folder.journal.glob("*.plxj"))) == 1
