from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.offline import Arrival, bring_in, take_out
from polyaxon_sdk.runs.record import RecordWriter
from tests.sidecar.draining import drain

Status = Callable[[str], None]


@pytest.fixture
def say(folder: RunFolder) -> Status:
    """Report a status of the run."""
    writer = RecordWriter(folder)
    return lambda status: writer.append("status", status=status)


def test_a_run_is_waited_for_until_it_is_done(folder: RunFolder, say: Status) -> None:
    say("running")
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(RunClient(run_uuid=folder.uuid).wait_for_condition)
        say("failed")
        assert waiting.result(20).status == "failed"


def test_a_status_is_waited_for(folder: RunFolder, say: Status) -> None:
    say("running")
    assert RunClient(run_uuid=folder.uuid).wait_for_condition("running", timeout=20).status == "running"


def test_a_wait_ends_in_time(folder: RunFolder, say: Status) -> None:
    say("running")
    with pytest.raises(TimeoutError, match="is still running after 0 s"):
        RunClient(run_uuid=folder.uuid).wait_for_condition(timeout=0)


def test_statuses_are_told_as_they_come_and_once(folder: RunFolder, say: Status) -> None:
    say("created")
    watched = RunClient(run_uuid=folder.uuid).watch_statuses()
    first = next(watched).status
    say("running")
    second = next(watched).status
    say("succeeded")
    assert [first, second, *(each.status for each in watched)] == ["created", "running", "succeeded"]


def test_lines_are_told_as_they_come_and_once(folder: RunFolder, say: Status) -> None:
    say("running")
    console = folder.journal / "main.out"
    console.write_text("one\ntw")
    watched = RunClient(run_uuid=folder.uuid).watch_logs()
    first = next(watched).text
    console.write_text("one\ntwo\nthree\nfour")
    second = next(watched).text
    say("succeeded")
    assert [first, second, *(line.text for line in watched)] == ["one", "two", "three", "four"]


def test_lines_that_are_drained_meanwhile_are_told_once(folder: RunFolder, say: Status) -> None:
    say("running")
    (folder.journal / "main.out").write_text("one\ntwo\n")
    watched = RunClient(run_uuid=folder.uuid).watch_logs()
    first = next(watched).text
    say("succeeded")
    draining = drain(folder)
    draining.finish(draining.journals())
    assert [first, *(line.text for line in watched)] == ["one", "two"]


def test_one_replica_is_followed_alone(folder: RunFolder, say: Status) -> None:
    for replica in ("main", "worker"):
        (folder.journal / f"{replica}.out").write_text(f"{replica} here\n")
    say("succeeded")
    watched = RunClient(run_uuid=folder.uuid).watch_logs("worker")
    assert [(line.replica, line.text) for line in watched] == [("worker", "worker here")]


def test_a_status_that_there_is_none_of_is_named_with_the_nearest(folder: RunFolder) -> None:
    with pytest.raises(InputError, match="there is no status 'succeded', did you mean 'succeeded'"):
        RunClient(run_uuid=folder.uuid).wait_for_condition("succeded", timeout=0.0)


def test_a_copy_of_a_run_that_went_on_elsewhere_tells_what_came_with_it(
    folder: RunFolder, say: Status, tmp_path: Path, home: Path
) -> None:
    say("running")
    folder.logs.mkdir()
    (folder.logs / "main.jsonl").write_text('{"timestamp": "2026-01-01T00:00:00+00:00", "value": "hello"}\n')
    copy = RunClient(run_uuid=bring_in(take_out(folder, tmp_path), home, Arrival(is_new=True)).uuid)
    assert [each.status for each in copy.watch_statuses()] == ["running", "unknown"]
    assert [line.text for line in copy.watch_logs()] == ["hello"]
