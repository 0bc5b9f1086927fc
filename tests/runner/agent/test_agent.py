"""Schedules that are kept: real runs, at times that a clock of the test shows."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import sleep

import pytest

from polyaxon_sdk.exceptions import InputError, PolyaxonError
from polyaxon_sdk.runner.agent.agent import Agent, alone
from polyaxon_sdk.runner.agent.kept import Kept
from polyaxon_sdk.runner.stop import stop
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.abandoned import close_abandoned
from tests.polling import eventually
from tests.runner.agent.conftest import Begin, beats, children

pytestmark = pytest.mark.system

TRIALS = int(os.environ.get("POLYAXON_TEST_TRIALS", "1"))

FLOW = """
kind: component
name: flow
run:
  kind: dag
  operations:
  - name: step
    component:
      run:
        kind: job
        container: {command: [sh, -c], args: ["echo 1 >> ran; while [ ! -e go ]; do sleep 0.05; done"]}
"""


def look(settings: Settings, at: float) -> list[str]:
    """What an agent does that begins now, and looks at a clock once."""
    told: list[str] = []
    Agent(settings, clock=lambda: at, tell=told.append).look()
    return told


def settled(settings: Settings, schedule: RunState) -> list[RunState]:
    """Its runs, once they are over."""
    eventually(lambda: all(state.is_done for state in children(settings, schedule)))
    return children(settings, schedule)


def test_a_schedule_waits_for_an_agent(begin: Begin, settings: Settings) -> None:
    schedule = begin()
    assert (schedule.kind, schedule.runtime, schedule.status) == ("schedule", "interval", "on_schedule")
    assert not close_abandoned(RunFolder(settings.runs / schedule.uuid), (schedule.created_at or 0) + 10**6)
    assert children(settings, schedule) == []


def test_each_tick_gets_one_run_whoever_looks(begin: Begin, settings: Settings, tmp_path: Path) -> None:
    schedule = begin(maxRuns=2)
    created = schedule.created_at or 0.0
    for after in (10, 3601, 3602, 3603, 7201):
        look(settings, created + after)
    assert beats(tmp_path, 2) == pytest.approx([created + 3600, created + 7200], abs=1e-3)
    assert [state.status for state in settled(settings, schedule)] == ["succeeded"] * 2
    assert [edge.uuid for state in children(settings, schedule) for edge in state.upstream] == [
        schedule.uuid
    ] * 2
    look(settings, created + 7202)
    ended = read_run(RunFolder(settings.runs / schedule.uuid))
    assert (ended.status, ended.conditions[-1].message) == ("succeeded", "2 runs; none is to come")


@pytest.mark.parametrize(("missed", "count"), [("skip", 0), ("last", 1), ("all", 3)])
def test_what_was_missed_is_made_up_for_as_configured(
    begin: Begin, settings: Settings, monkeypatch: pytest.MonkeyPatch, missed: str, count: int
) -> None:
    schedule = begin()
    texts = {**settings.texts, "missed_ticks": missed}
    other = Settings(texts, settings.sources)
    look(other, (schedule.created_at or 0.0) + 3 * 3600 + 600)
    assert len(settled(settings, schedule)) == count


def test_a_run_that_was_noted_and_never_began_is_started_again(
    begin: Begin, settings: Settings, tmp_path: Path
) -> None:
    schedule = begin()
    tick = (schedule.created_at or 0.0) + 3600
    record = RecordWriter(RunFolder(settings.runs / schedule.uuid))
    record.append("began", key="killed here", tick=tick, run="0" * 32)
    record.close()
    look(settings, tick + 1)
    assert beats(tmp_path, 1) == pytest.approx([tick], abs=1e-3)
    assert [state.uuid for state in settled(settings, schedule)] == ["0" * 32]


def test_a_run_that_was_deleted_is_not_started_again(begin: Begin, settings: Settings) -> None:
    schedule = begin("true", dependsOnPast=True)
    created = schedule.created_at or 0.0
    look(settings, created + 3601)
    [run] = settled(settings, schedule)
    shutil.rmtree(settings.runs / run.uuid, ignore_errors=True)
    look(settings, created + 3602)
    assert children(settings, schedule) == []
    look(settings, created + 7201)
    assert len(settled(settings, schedule)) == 1


def test_a_schedule_that_was_deleted_starts_nothing(begin: Begin, settings: Settings) -> None:
    schedule = begin("true")
    folder = RunFolder(settings.runs / schedule.uuid)
    kept = Kept(folder, settings)
    shutil.rmtree(folder.path)
    assert [*kept.look((schedule.created_at or 0.0) + 3601)] == []
    assert [*settings.runs.iterdir()] == []


@pytest.mark.parametrize("seed", range(TRIALS))
def test_an_agent_that_is_killed_at_any_moment_loses_and_doubles_no_tick(
    begin: Begin, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("POLYAXON_MISSED_TICKS", "all")
    random, count = Random(seed), 4
    schedule = begin(frequency=1, maxRuns=count)
    folder = RunFolder(settings.runs / schedule.uuid)
    words = [sys.executable, "-m", "polyaxon_sdk", "agent"]
    for kills in range(4):
        with subprocess.Popen(words, stdout=subprocess.DEVNULL, start_new_session=True) as agent:
            if kills < 3:
                sleep(random.uniform(0.5, 2.5))  # what is tried is the moment
            else:
                eventually(lambda: read_run(folder).is_done, timeout=120)
            agent.kill()
    created = schedule.created_at or 0.0
    wanted = [created + at for at in range(1, count + 1)]
    assert sorted(beats(tmp_path, count)) == pytest.approx(wanted, abs=1e-3)


def test_one_after_the_other_waits(begin: Begin, settings: Settings, tmp_path: Path) -> None:
    schedule = begin("while [ ! -e go ]; do sleep 0.05; done", dependsOnPast=True)
    created = schedule.created_at or 0.0
    look(settings, created + 3601)
    look(settings, created + 7201)
    assert len(children(settings, schedule)) == 1
    (tmp_path / "go").touch()
    settled(settings, schedule)
    look(settings, created + 7300)
    assert len(settled(settings, schedule)) == 2


def test_stopping_it_stops_its_runs(begin: Begin, settings: Settings) -> None:
    schedule = begin("sleep 600")
    created = schedule.created_at or 0.0
    look(settings, created + 3601)
    eventually(lambda: [state.status for state in children(settings, schedule)] == ["running"])
    assert stop(RunFolder(settings.runs / schedule.uuid)).status == "stopped"
    assert [state.status for state in children(settings, schedule)] == ["stopped"]
    look(settings, created + 7201)
    assert len(children(settings, schedule)) == 1


def test_a_run_that_cannot_start_is_seen_and_the_schedule_goes_on(begin: Begin, settings: Settings) -> None:
    schedule = begin("true", frequency=60)
    source = RunFolder(settings.runs / schedule.uuid).source
    source.write_text(source.read_text().replace('"sh"', '"no-such-program"'))
    told = look(settings, (schedule.created_at or 0.0) + 61)
    assert "no program 'no-such-program'" in told[-1]
    assert [state.status for state in settled(settings, schedule)] == ["failed"]


@pytest.mark.parametrize(
    "fields",
    [{"kind": "cron", "cron": "61 2 * * *"}, {"frequency": 0}, {"maxRuns": -1}, {"endAt": "2020-01-01"}],
)
def test_a_schedule_that_names_no_time_to_come_is_refused_before_it_is_made(
    begin: Begin, settings: Settings, fields: dict[str, object]
) -> None:
    with pytest.raises(InputError, match=r"^schedule\.\w+: "):
        begin(**fields)
    assert not settings.runs.exists() or [*settings.runs.iterdir()] == []


def test_a_schedule_that_names_no_time_fails_and_the_others_are_kept(
    begin: Begin, settings: Settings, tmp_path: Path
) -> None:
    wrong, right = begin(), begin()
    file = RunFolder(settings.runs / wrong.uuid).operation
    file.write_text(file.read_text().replace("3600", "0"))
    told = look(settings, (right.created_at or 0.0) + 3601)
    beats(tmp_path, 1)
    assert "beat is refused: schedule.frequency: 0 is not allowed" in "\n".join(told)
    state = read_run(RunFolder(settings.runs / wrong.uuid))
    assert (state.status, state.conditions[-1].reason) == ("failed", "Schedule")


def test_what_nobody_foresaw_of_a_schedule_leaves_the_others_kept(
    begin: Begin, settings: Settings, tmp_path: Path
) -> None:
    wrong, right = begin(), begin()
    record = RecordWriter(RunFolder(settings.runs / wrong.uuid))
    record.append("began", key="no such day", tick=1e300, run="0" * 32)
    record.close()
    told = look(settings, (right.created_at or 0.0) + 3601)
    beats(tmp_path, 1)
    assert f"{wrong.uuid[:12]} is kept no longer: OverflowError" in "\n".join(told)


def test_a_time_that_is_a_template_is_the_one_that_was_filled_in(
    begin: Begin, settings: Settings, tmp_path: Path
) -> None:
    schedule = begin(frequency="PT{{ pace }}S")
    look(settings, (schedule.created_at or 0.0) + 7201)
    assert beats(tmp_path, 1) == pytest.approx([(schedule.created_at or 0.0) + 7200], abs=1e-3)


def test_an_agent_that_is_asked_to_end_starts_no_more_and_the_next_one_goes_on(
    begin: Begin, settings: Settings, tmp_path: Path
) -> None:
    schedule = begin(frequency=1, maxRuns=3)
    at, told = (schedule.created_at or 0.0) + 4, list[str]()
    every = Settings({**settings.texts, "missed_ticks": "all"}, settings.sources)

    def is_stopping() -> bool:
        return any(line.endswith("started") for line in told)

    Agent(every, clock=lambda: at, tell=told.append, is_stopping=is_stopping).look()
    assert len(children(settings, schedule)) == 1
    look(every, at)
    assert len(beats(tmp_path, 3)) == 3


def test_what_is_masked_cannot_wait(begin: Begin) -> None:
    with pytest.raises(InputError, match="masked where it is written down: api_token"):
        begin(token="hunter2hunter2")


def test_a_time_zone_that_is_none_is_told(begin: Begin, settings: Settings) -> None:
    schedule = begin()
    other = Settings({**settings.texts, "timezone": "Europe/Nowhere"}, settings.sources)
    with pytest.raises(InputError, match="no time zone 'Europe/Nowhere'"):
        Kept(RunFolder(settings.runs / schedule.uuid), other)


def test_there_is_one_agent_a_home(settings: Settings) -> None:
    with alone(settings.home):
        words = [sys.executable, "-m", "polyaxon_sdk", "agent"]
        second = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
        assert (second.returncode, f"process {os.getpid()}" in second.stderr) == (1, True)
        with pytest.raises(PolyaxonError, match="keeps the schedules"), alone(settings.home):
            pass


def test_an_agent_goes_on_with_a_pipeline_whose_runner_was_killed(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TRACK_CODE", "TRACK_ENV", "COLLECT_RESOURCES"):
        monkeypatch.setenv(f"POLYAXON_{name}", "false")
    (tmp_path / "flow.yml").write_text(FLOW)
    words = [sys.executable, "-m", "polyaxon_sdk", "run", "-f", "flow.yml"]
    runner = subprocess.Popen(words, stdout=subprocess.DEVNULL, start_new_session=True)
    eventually((tmp_path / "ran").exists)
    (folder,) = [
        RunFolder(path) for path in settings.runs.iterdir() if read_run(RunFolder(path)).kind == "dag"
    ]
    runner.send_signal(signal.SIGKILL)
    runner.wait()
    (tmp_path / "go").touch()
    now = datetime.now(UTC).timestamp
    assert eventually(lambda: any("goes on" in line for line in look(settings, now())))
    assert eventually(lambda: read_run(folder).status == "succeeded")
