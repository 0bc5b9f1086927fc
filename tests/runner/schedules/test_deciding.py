"""What schedules do at each look at the clock, against a model."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyaxon_sdk.polyflow import V1CronSchedule, V1IntervalSchedule
from polyaxon_sdk.runner.schedules.deciding import LATE, Done, Missed, decide
from polyaxon_sdk.runner.schedules.ticks import Ticks

CREATED = datetime(2026, 3, 1, tzinfo=UTC).timestamp()


def ticks_of(frequency: float, end: float | None = None) -> Ticks:
    end_at = None if end is None else datetime.fromtimestamp(CREATED + end, UTC).isoformat()
    return Ticks(V1IntervalSchedule(frequency=frequency, end_at=end_at), created=CREATED, zone=UTC)


class Life:
    """A schedule that is looked at again and again; what it started, in seconds since it was made."""

    def __init__(
        self, ticks: Ticks, *, missed: Missed, most: int | None = None, in_turn: bool = False
    ) -> None:
        self.ticks, self.missed, self.most, self.in_turn = ticks, missed, most, in_turn
        self.done = Done(frozenset(), CREATED)
        self.started: list[float] = []
        self.is_over = False

    def look(self, at: float, *, is_running: bool = False) -> list[float]:
        if self.is_over:
            return []
        done = self.done._replace(is_running=is_running)
        missed, most, in_turn = self.missed, self.most, self.in_turn
        step = decide(self.ticks, done, CREATED + at, missed=missed, most=most, in_turn=in_turn)
        seen = self.done.seen if step.seen is None else step.seen
        self.done = Done(self.done.runs | set(step.runs), seen)
        self.is_over = step.is_over
        found = [tick - CREATED for tick in step.runs]
        self.started += found
        return found


GAPS = st.lists(st.integers(1, 400), min_size=1, max_size=30)


@given(
    frequency=st.integers(5, 120),
    gaps=GAPS,
    most=st.none() | st.integers(1, 20),
    end=st.none() | st.integers(1, 5000),
)
@settings(max_examples=50, deadline=None)
def test_where_all_are_made_up_for_each_tick_gets_one_run(
    frequency: int, gaps: list[int], most: int | None, end: int | None
) -> None:
    life = Life(ticks_of(frequency, end), missed="all", most=most)
    now = 0
    for gap in gaps:
        now += gap
        life.look(now)
    upto = now if end is None else min(now, end - 1)
    wanted = [float(tick) for tick in range(frequency, upto + 1, frequency)]
    assert life.started == wanted[:most]
    assert life.is_over == (
        (most is not None and len(wanted) >= most) or (end is not None and wanted_all(frequency, end, now))
    )


def wanted_all(frequency: int, end: int, now: int) -> bool:
    """Whether no tick before the end is to come."""
    return not any(tick > now for tick in range(frequency, end, frequency))


@given(frequency=st.integers(6, 120), gaps=GAPS, missed=st.sampled_from(["last", "skip"]))
@settings(max_examples=50, deadline=None)
def test_of_what_was_missed_the_last_one_gets_a_run_at_most(
    frequency: int, gaps: list[int], missed: Missed
) -> None:
    life = Life(ticks_of(frequency), missed=missed)
    now = seen = 0
    wanted: list[float] = []
    for gap in gaps:
        now += gap
        life.look(now)
        passed = [tick for tick in range(frequency, now + 1, frequency) if tick > seen]
        wanted += [float(tick) for tick in passed[-1:] if missed == "last" or now - tick <= LATE]
        seen = max([seen, *passed])
    assert life.started == wanted


@given(
    looks=st.lists(st.integers(-5000, 20000), min_size=1, max_size=40),
    missed=st.sampled_from(["skip", "last", "all"]),
    frequency=st.integers(5, 600),
)
@settings(max_examples=50, deadline=None)
def test_no_tick_gets_two_runs_whatever_the_clock_does(
    looks: list[int], missed: Missed, frequency: int
) -> None:
    life = Life(ticks_of(frequency), missed=missed)
    for now in looks:
        life.look(now)
    assert len(set(life.started)) == len(life.started)
    assert all(tick % frequency == 0 and tick <= max(looks) for tick in life.started)


def test_a_clock_that_was_wrong_for_years_stops_nothing() -> None:
    life = Life(ticks_of(60), missed="last")
    assert life.look(60) == [60]
    assert life.look(10**8) == [10**8 // 60 * 60]
    assert life.look(125) == []
    assert life.look(180) == [180]


@pytest.mark.parametrize(
    ("line", "day", "count"),
    [
        ("30 2 * * *", datetime(2026, 3, 29), 1),
        ("30 2 * * *", datetime(2026, 10, 25), 1),
        ("30 * * * *", datetime(2026, 3, 29), 1),
        ("30 * * * *", datetime(2026, 10, 25), 3),
    ],
)
@pytest.mark.system  # it takes a second
def test_a_night_in_which_the_hour_changes_has_its_runs_once(line: str, day: datetime, count: int) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    begin = day.replace(hour=1, minute=50, tzinfo=berlin).timestamp()
    end = day.replace(hour=3, minute=35, tzinfo=berlin).timestamp()
    life = Life(Ticks(V1CronSchedule(cron=line), created=CREATED, zone=berlin), missed="skip")
    life.done = Done(frozenset(), begin)
    for now in range(round(begin), round(end), 58):
        life.look(now - CREATED)
    assert len(life.started) == len(set(life.started)) == count


def test_a_clock_that_goes_back_a_little_repeats_nothing() -> None:
    life = Life(ticks_of(60), missed="last")
    assert [life.look(at) for at in (120, 61, 119, 121, 180)] == [[120], [], [], [], [180]]


def test_one_after_the_other_waits_for_the_last_run() -> None:
    life = Life(ticks_of(60), missed="last", in_turn=True)
    assert life.look(60) == [60]
    assert [life.look(at, is_running=True) for at in (120, 180)] == [[], []]
    assert life.look(190) == [180]


def test_one_after_the_other_makes_up_for_all_in_turn() -> None:
    life = Life(ticks_of(60), missed="all", in_turn=True)
    assert [life.look(200), life.look(201), life.look(202), life.look(203)] == [[60], [120], [180], []]


@pytest.mark.parametrize("missed", ["skip", "last", "all"])
def test_quick_ticks_each_get_a_run_while_somebody_looks(missed: Missed) -> None:
    life = Life(ticks_of(0.5), missed=missed)
    for now in range(1, 11):
        life.look(now)
    assert len(life.started) == 20
