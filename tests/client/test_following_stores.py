"""Following runs of a store, while others ship them."""

import json
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.runs.drained import write_whole
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.sidecar.mark import mark_deleted
from polyaxon_sdk.sidecar.ship import Shipper
from polyaxon_sdk.storage.file_store import FileStore
from tests.index.test_mirror import MOMENT, team
from tests.polling import eventually

__all__ = ["team"]

pytestmark = pytest.mark.usefixtures("home")


class Shipping:
    """A run that goes on, and who ships it."""

    def __init__(self, elsewhere: Path, team: Path) -> None:
        self.folder = RunFolder(elsewhere / "runs" / new_uuid()).create()
        self._store = team
        self._record = RecordWriter(self.folder)
        self._shipper = Shipper(self.folder.path, str(team))
        self._lines: list[str] = []
        self._now = time.time()
        self.say("created", name="train", project="default")

    def say(self, kind: str, /, **fields: str) -> None:
        """Write a fact down."""
        self._record.append(kind, **fields)

    def ship(self, *lines: str, status: str = "running", is_over: bool = False) -> None:
        """Print lines, report a status, and ship both."""
        self.say("status", status=status)
        told = [{"timestamp": MOMENT, "container": "main", "value": line} for line in lines]
        self._lines += [json.dumps(line) + "\n" for line in told]
        self.folder.logs.mkdir(exist_ok=True)
        write_whole(self.folder.logs / "main.jsonl", "".join(self._lines).encode())
        lengths = {"plxlogs/main.jsonl": len("".join(self._lines))}
        self._now += 10  # marks are a second apart
        if is_over:
            self._shipper.finish(lengths, self._now, within=60)
        else:
            self._shipper.step(lengths, self._now)

    def reader(self) -> RunClient:
        """A client over the store."""
        return RunClient(run_uuid=self.folder.uuid, store=str(self._store))


@pytest.fixture
def shipping(tmp_path: Path, team: Path) -> Shipping:
    """A run that printed a line, and is shipped so far."""
    found = Shipping(tmp_path / "elsewhere", team)
    found.ship("one")
    return found


def test_lines_of_a_store_are_told_as_they_come_and_once(shipping: Shipping) -> None:
    watched = shipping.reader().watch_logs()
    first = next(watched).text
    shipping.ship("two", "three")
    second = next(watched).text
    shipping.ship("four", status="succeeded", is_over=True)
    assert [first, second, *(line.text for line in watched)] == ["one", "two", "three", "four"]


def test_lines_come_whole_though_another_reader_brings_the_end_first(shipping: Shipping) -> None:
    watched = shipping.reader().watch_logs()
    first = next(watched).text
    shipping.ship("two", "three", status="succeeded", is_over=True)
    assert shipping.reader().list().results[0].status == "succeeded"
    assert [first, *(line.text for line in watched)] == ["one", "two", "three"]


def test_lines_that_are_shipped_after_the_last_status_are_told(shipping: Shipping) -> None:
    watched = shipping.reader().watch_logs()
    first = next(watched).text
    shipping.ship("two", status="succeeded")
    second = next(watched).text
    shipping.ship("three", status="succeeded", is_over=True)
    assert [first, second, *(line.text for line in watched)] == ["one", "two", "three"]


def test_lines_of_a_run_of_which_nobody_says_that_all_is_there_end_too(shipping: Shipping) -> None:
    shipping.ship("two", status="failed")
    assert [line.text for line in shipping.reader().watch_logs()] == ["one", "two"]


def test_lines_of_a_run_of_which_nothing_is_known_any_more_end(shipping: Shipping) -> None:
    shipping.ship("two", status="unknown")
    assert [line.text for line in shipping.reader().watch_logs()] == ["one", "two"]
    assert [each.status for each in shipping.reader().watch_statuses()] == ["running", "unknown"]


def test_two_readers_of_one_store_are_told_the_same(shipping: Shipping) -> None:
    with ThreadPoolExecutor() as pool:
        found = [pool.submit(list, shipping.reader().watch_logs()) for _ in range(2)]
        shipping.ship("two")
        shipping.ship("three", status="succeeded", is_over=True)
        told = [[line.text for line in each.result(60)] for each in found]
    assert told == [["one", "two", "three"]] * 2


def test_statuses_of_a_store_are_told_as_they_come_and_once(shipping: Shipping) -> None:
    watched = shipping.reader().watch_statuses()
    first = next(watched).status
    shipping.ship(status="stopping")
    second = next(watched).status
    shipping.ship(status="stopped", is_over=True)
    assert [first, second, *(each.status for each in watched)] == ["running", "stopping", "stopped"]


def test_a_run_of_a_store_is_waited_for(shipping: Shipping) -> None:
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(shipping.reader().wait_for_condition, timeout=60)
        shipping.ship(status="failed", is_over=True)
        assert waiting.result(60).status == "failed"


def test_a_store_that_fails_meanwhile_is_told_once_and_asked_again(shipping: Shipping, team: Path) -> None:
    watched = shipping.reader().watch_logs()
    first = next(watched).text
    away = team.rename(team.with_name("away"))
    with ThreadPoolExecutor() as pool, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        rest = pool.submit(lambda: [line.text for line in watched])
        eventually(lambda: told)
        away.rename(team)
        shipping.ship("two", status="succeeded", is_over=True)
        assert [first, *rest.result(60)] == ["one", "two"]
    assert [str(each.message) for each in told] == [
        f"there is no store {team.as_uri()}: nothing was shipped there, or it isn't mounted; it is asked again"
    ]


def test_a_run_that_goes_out_of_the_store_is_told(shipping: Shipping, team: Path) -> None:
    watched = shipping.reader().watch_statuses()
    next(watched)
    (team / shipping.folder.uuid).rename(team.with_name("gone"))
    mark_deleted(FileStore(team), shipping.folder.uuid, time.time())
    with pytest.raises(FileNotFoundError, match="the store has the run no more"):
        list(watched)
