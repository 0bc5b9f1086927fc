"""Schedules whose agent goes on while the clock is set forward and back, and over nights in which the hour changes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from polyaxon_sdk.runner.agent.agent import Agent
from polyaxon_sdk.runner.agent.wall_clock import WallClock
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings
from tests.polling import eventually
from tests.runner.agent.conftest import Begin, beats, children

HOUR, DAY = 3600.0, 86400.0
BERLIN = ZoneInfo("Europe/Berlin")
CLOCK = """
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t which, struct timespec *now) {
    int failed = syscall(SYS_clock_gettime, which, now);
    FILE *file = which == CLOCK_REALTIME ? fopen(getenv("OFFSET"), "r") : NULL;
    long offset = 0;
    if (file && fscanf(file, "%ld", &offset) == 1) now->tv_sec += offset;
    if (file) fclose(file);
    return failed;
}
"""
"""The clock on the wall, put forward by what a file says (libfaketime breaks waits that go by the other clock)."""


class Hands:
    """A clock on the wall, and one that nobody sets."""

    def __init__(self, wall: float) -> None:
        self.wall = wall
        self.steady = 0.0

    def pass_by(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds


def test_a_clock_that_is_set_is_told_and_one_that_goes_is_not() -> None:
    hands = Hands(1000.0)
    clock = WallClock(lambda: hands.wall, lambda: hands.steady)
    hands.pass_by(HOUR)
    assert clock.change() is None
    hands.wall -= 2 * HOUR
    assert (clock.change(), clock.change()) == ("the clock was put back by 2:00:00", None)
    hands.wall += 3 * DAY
    assert clock.change() == "the clock was put forward by 3 days, 0:00:00"


@pytest.mark.parametrize("seconds", [2.0, -2.0])
def test_a_clock_that_is_put_right_is_not_worth_a_word(seconds: float) -> None:
    hands = Hands(1000.0)
    clock = WallClock(lambda: hands.wall, lambda: hands.steady)
    hands.wall += seconds
    assert clock.change() is None


class Watched:
    """An agent that goes on, at the times that a test lets its clock show."""

    def __init__(self, settings: Settings, wall: float) -> None:
        self.hands = Hands(wall)
        self.told: list[str] = []
        hands = self.hands
        self.agent = Agent(
            settings, clock=lambda: hands.wall, tell=self.told.append, steady=lambda: hands.steady
        )

    def look_at(self, *walls: float) -> None:
        """Look once at each of these times; the clock is set to them."""
        for wall in walls:
            self.hands.wall = wall
            self.agent.look()


@pytest.mark.system
def test_hours_that_a_clock_jumps_over_are_made_up_for_once_and_none_comes_twice(
    begin: Begin, settings: Settings, tmp_path: Path
) -> None:
    schedule = begin()
    at = schedule.created_at or 0.0
    watched = Watched(settings, at)
    watched.look_at(at + HOUR + 1, at + 3 * DAY + 1, at + 3 * DAY - 1800, at + 3 * DAY + 2)
    watched.look_at(at + 1.5 * HOUR, at + 2 * HOUR - 1)  # the days before were wrong
    assert len(children(settings, schedule)) == 2
    watched.look_at(at + 2 * HOUR + 1, at + 3 * HOUR + 1)
    wanted = [at + HOUR, at + 3 * DAY, at + 2 * HOUR, at + 3 * HOUR]
    assert sorted(beats(tmp_path, 4)) == pytest.approx(sorted(wanted), abs=1e-3)
    assert "the clock was put back by 2 days, 22:30:02" in watched.told


@pytest.mark.system
@pytest.mark.parametrize(
    ("line", "day", "wanted"),
    [
        ("30 2 * * *", datetime(2027, 3, 28), ["01:00"]),
        ("30 2 * * *", datetime(2027, 10, 31), ["00:30"]),
        ("30 * * * *", datetime(2027, 3, 28), ["00:30", "01:30"]),
        ("30 * * * *", datetime(2027, 10, 31), ["00:30", "01:30"]),
    ],
)
def test_a_night_in_which_the_hour_changes_has_its_runs(
    begin: Begin, settings: Settings, tmp_path: Path, line: str, day: datetime, wanted: list[str]
) -> None:
    """The times are those of UTC: the hour is changed at one o'clock."""
    schedule = begin(kind="cron", cron=line)
    there = Settings(
        {**settings.texts, "timezone": "Europe/Berlin", "missed_ticks": "skip"}, settings.sources
    )
    start = day.replace(hour=0, minute=10, tzinfo=UTC).timestamp()
    watched = Watched(there, start)
    watched.look_at(*(start + 300 * each + 1 for each in range(22)))
    found = [datetime.fromtimestamp(each, UTC).strftime("%H:%M") for each in beats(tmp_path, len(wanted))]
    assert (sorted(found), len(children(settings, schedule))) == (wanted, len(wanted))


@pytest.fixture
def set_to(tmp_path: Path) -> Path:
    """What says by how many seconds the clock of a process is put forward."""
    file = tmp_path / "offset"
    file.write_text("0")
    return file


@pytest.fixture
def real(settings: Settings, tmp_path: Path, set_to: Path) -> Iterator[Path]:
    """What `polyaxon agent` tells, whose clock goes by `set_to`."""
    if shutil.which("cc") is None:
        assert os.environ.get("POLYAXON_TEST_REQUIRE") != "all", "no C compiler is installed"
        pytest.skip("no C compiler is installed")
    (tmp_path / "clock.c").write_text(CLOCK)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", "clock.so", "clock.c"], cwd=tmp_path, check=True)
    faked = {"LD_PRELOAD": str(tmp_path / "clock.so"), "OFFSET": str(set_to), "PYTHONUNBUFFERED": "1"}
    words = [sys.executable, "-m", "polyaxon_sdk", "agent"]
    told = tmp_path / "told"
    with (
        told.open("w") as file,
        subprocess.Popen(words, env={**os.environ, **faked}, stdout=file) as agent,
    ):
        yield told
        agent.kill()


@pytest.mark.system
def test_an_agent_lives_through_a_clock_that_is_set(
    begin: Begin, settings: Settings, tmp_path: Path, set_to: Path, real: Path
) -> None:
    schedule = begin()
    at = schedule.created_at or 0.0

    def put(offset: float, *, started: int, told: str) -> None:
        """Set the clock, and wait until the agent has told of it, and has started so many runs."""
        (tmp_path / "next").write_text(f"{offset:.0f}")
        (tmp_path / "next").replace(set_to)
        eventually(lambda: told in real.read_text() and real.read_text().count(" started\n") >= started)

    put(0, started=0, told="is kept")
    put(HOUR + 60, started=1, told="put forward by 1:01:00")
    put(3 * DAY, started=2, told="put forward by 2 days, 22:59:00")
    put(1.5 * HOUR, started=2, told="put back by 2 days, 22:30:00")
    folder = RunFolder(settings.runs / schedule.uuid)
    coming = datetime.fromtimestamp(at + 2 * HOUR, UTC).isoformat()[:19]
    eventually(lambda: str(read_run(folder).meta["next_run_at"]).startswith(coming))
    put(2 * HOUR + 60, started=3, told="put forward by 0:31:00")
    wanted = [at + HOUR, at + 3 * DAY, at + 2 * HOUR]
    assert sorted(beats(tmp_path, 3)) == pytest.approx(sorted(wanted), abs=1e-3)
    assert len(children(settings, schedule)) == 3
