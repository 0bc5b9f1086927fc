"""What a store keeps for nobody is found, and taken away."""

import os
import time
from pathlib import Path

import pytest

from polyaxon_sdk.client.sweeping import store_waste, sweep_store
from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.storage.catalog import catalog_key

HOUR, DAY = 3600 * 10**9, 86_400 * 10**9
GONE, HERE = "0" * 32, "1" * 32


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with one run."""
    put(tmp_path / "store" / HERE / "run.plx.json")
    return tmp_path / "store"


def put(path: Path, *, age: int = 0) -> Path:
    """A file that was written so many nanoseconds ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"12345")
    written = time.time_ns() - age
    os.utime(path, ns=(written, written))
    return path


def mark(store: Path, uuid: str, age: int) -> Path:
    return put(store / "changes" / f"{time.time_ns() - age:020d}-{uuid}-ab")


def found(store: Path) -> list[str]:
    return [each.key.removeprefix(f"{store}/") for each in store_waste(str(store), time.time_ns())]


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no store .*typo"):
        store_waste(str(tmp_path / "typo"), time.time_ns())


def test_a_store_in_order_keeps_all(store: Path) -> None:
    mark(store, HERE, 400 * DAY)
    mark(store, GONE, 10 * DAY)
    put(store / catalog_key(HERE), age=9 * DAY)
    assert found(store) == []


def test_marks_before_the_last_one_of_a_run_go(store: Path) -> None:
    old, _ = mark(store, HERE, 3 * HOUR), mark(store, HERE, 2 * HOUR)
    assert found(store) == [f"changes/{old.name}"]


def test_a_mark_stays_as_long_as_a_listing_may_miss_the_next(store: Path) -> None:
    mark(store, HERE, 3 * HOUR)
    mark(store, HERE, HOUR // 2)
    assert found(store) == []


def test_the_mark_of_a_run_that_was_deleted_long_ago_goes(store: Path) -> None:
    old = mark(store, GONE, 100 * DAY)
    assert found(store) == [f"changes/{old.name}"]


def test_notes_of_runs_that_are_gone_go(store: Path) -> None:
    put(store / catalog_key(GONE), age=2 * DAY)
    assert found(store) == [catalog_key(GONE)]


def test_drafts_go_once_they_are_old(store: Path) -> None:
    old = put(store / HERE / f".plx-{'a' * 16}.part", age=2 * DAY)
    put(store / HERE / f".plx-{'b' * 16}.part")
    assert found(store) == [f"{HERE}/{old.name}"]


def test_what_is_found_is_taken_away_and_nothing_else(store: Path) -> None:
    put(store / catalog_key(GONE), age=2 * DAY)
    put(store / HERE / f".plx-{'a' * 16}.part", age=2 * DAY)
    assert sweep_store(str(store), store_waste(str(store), time.time_ns())) == 10
    assert (found(store), (store / HERE / "run.plx.json").exists()) == ([], True)
