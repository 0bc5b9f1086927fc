import os
from asyncio import Event
from pathlib import Path

import pytest

from polyaxon_sdk.storage.file_store import FileStore
from polyaxon_sdk.storage.keys import Copy
from polyaxon_sdk.storage.retry import PassingStoreError, Retry
from polyaxon_sdk.storage.transfer import Outcome, Put, put_many, wait
from tests.disks.tmpfs import mounted

QUICK = Retry(first=0.001, longest=0.002)


class BusyStore(FileStore):
    """A store that fails so many times before it works."""

    def __init__(self, root: Path, failures: int) -> None:
        super().__init__(root)
        self.failures = failures
        self.asked = 0

    async def put_file(
        self, source: str, key: str, *, limit: int | None = None, after: Copy | None = None
    ) -> Copy:
        self.asked += 1
        if self.asked <= self.failures:
            raise PassingStoreError(f"store busy: {key}: slow down")
        return await super().put_file(source, key, limit=limit, after=after)


class ChokingStore(FileStore):
    """A store that never takes keys that begin with `bad`."""

    async def put_file(
        self, source: str, key: str, *, limit: int | None = None, after: Copy | None = None
    ) -> Copy:
        if key.startswith("bad"):
            raise PassingStoreError(f"store choking: {key}: slow down")
        return await super().put_file(source, key, limit=limit, after=after)


class BrokenStore(FileStore):
    """A store whose library raises what nobody foresees for keys that begin with `bad`."""

    async def put_file(
        self, source: str, key: str, *, limit: int | None = None, after: Copy | None = None
    ) -> Copy:
        if key.startswith("bad"):
            raise LookupError("no such\nthing")
        return await super().put_file(source, key, limit=limit, after=after)


class FrozenStore(FileStore):
    """A store that never answers."""

    async def put_file(
        self, source: str, key: str, *, limit: int | None = None, after: Copy | None = None
    ) -> Copy:
        await Event().wait()
        return await super().put_file(source, key, limit=limit, after=after)


def states(outcomes: list[Outcome]) -> list[str]:
    return [outcome.state for outcome in outcomes]


def test_many_files_arrive_in_the_order_they_were_given(store: FileStore, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(100)]
    for path in paths:
        path.write_text(path.name)
    outcomes = put_many(store, [Put(str(path), f"0f/{path.name}") for path in paths])
    assert [outcome.put.key for outcome in outcomes] == [f"0f/{path.name}" for path in paths]
    assert [store.local(f"0f/{path.name}").read_text() for path in paths] == [path.name for path in paths]


def test_nothing_to_store_is_nothing_done(store: FileStore) -> None:
    assert put_many(store, []) == []


def test_each_file_has_an_outcome_of_its_own(store: FileStore, source: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    puts = [
        Put(str(source), "a", limit=5),
        Put(str(source), "b", limit=11),
        Put(str(tmp_path / "nowhere"), "c"),
        Put(str(tmp_path / "fifo"), "d"),
        Put(str(source), "../e"),
        Put(str(source), "f" * 300),
    ]
    assert states(put_many(store, puts)) == ["stored", "changed", "gone", "unreadable", "refused", "refused"]


def test_outcomes_are_told_as_they_are_known(store: FileStore, source: Path) -> None:
    told: list[Outcome] = []
    outcomes = put_many(store, [Put(str(source), "a"), Put(str(source), "b")], each=told.append)
    assert sorted(told) == outcomes


def test_a_busy_store_is_tried_again(tmp_path: Path, source: Path) -> None:
    store = BusyStore(tmp_path / "store", failures=3)
    assert states(put_many(store, [Put(str(source), "a")], retry=QUICK)) == ["stored"]


def test_a_store_that_stays_busy_fails_with_its_reason(tmp_path: Path, source: Path) -> None:
    store = BusyStore(tmp_path / "store", failures=1000)
    (outcome,) = put_many(store, [Put(str(source), "a")], retry=QUICK)
    assert (outcome.state, outcome.error, store.asked) == ("failed", "store busy: a: slow down", 4)


def test_a_store_that_is_down_is_not_asked_for_every_file(tmp_path: Path, source: Path) -> None:
    store = BusyStore(tmp_path / "store", failures=100_000)
    outcomes = put_many(store, [Put(str(source), f"{number}") for number in range(500)], retry=QUICK)
    assert (set(states(outcomes)), store.asked < 100) == ({"failed"}, True)


def test_a_store_that_takes_some_files_is_asked_for_all(tmp_path: Path, source: Path) -> None:
    keys = [
        *(f"bad{number}" for number in range(7)),
        "good1",
        *(f"bad{number}" for number in range(7)),
        "good2",
    ]
    store = ChokingStore(tmp_path / "store")
    outcomes = put_many(store, [Put(str(source), key) for key in keys], workers=1, retry=QUICK)
    assert [outcome.put.key for outcome in outcomes if outcome.state == "stored"] == ["good1", "good2"]


def test_a_frozen_store_is_given_up(tmp_path: Path, source: Path) -> None:
    retry = QUICK._replace(patience=0.02, attempts=2)
    (outcome,) = put_many(FrozenStore(tmp_path / "store"), [Put(str(source), "a")], retry=retry)
    assert (outcome.state, outcome.error) == (
        "failed",
        f"store file://{tmp_path}/store: a: no answer within 0.02 s",
    )


def test_waiting_for_a_frozen_store_ends(tmp_path: Path, source: Path) -> None:
    with pytest.raises(PassingStoreError, match=r"no answer within 0\.05 s"):
        wait(FrozenStore(tmp_path / "store").put_file(str(source), "a"), within=0.05)


def test_what_is_not_done_in_time_is_late(tmp_path: Path, source: Path) -> None:
    puts = [Put(str(source), f"{number}") for number in range(20)]
    outcomes = put_many(FrozenStore(tmp_path / "store"), puts, within=0.05)
    assert (set(states(outcomes)), outcomes[0].error) == ({"late"}, "no time left of 0.05 s")


def test_a_store_without_space_refuses_what_is_too_large_and_takes_the_rest(
    small_disk: Path, source: Path, tmp_path: Path
) -> None:
    large = tmp_path / "large"
    large.write_bytes(bytes(2 << 20))
    outcomes = put_many(FileStore(small_disk), [Put(str(large), "large"), Put(str(source), "small")])
    assert states(outcomes) == ["refused", "stored"]


def test_a_store_that_has_space_again_takes_what_it_refused(tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.write_bytes(bytes(900 << 10))
    with mounted(tmp_path / "disk", "size=1m") as disk:
        (disk / "other").write_bytes(bytes(500 << 10))
        assert states(put_many(FileStore(disk), [Put(str(large), "a")])) == ["refused"]
        (disk / "other").unlink()
        assert states(put_many(FileStore(disk), [Put(str(large), "a")])) == ["stored"]


@pytest.mark.parametrize("workers", [1, 64])
def test_any_number_of_workers_does_the_same(store: FileStore, source: Path, workers: int) -> None:
    puts = [Put(str(source), f"{number:03}") for number in range(40)]
    assert set(states(put_many(store, puts, workers=workers))) == {"stored"}
    assert len(list(store.local("x").parent.iterdir())) == 40


def test_what_nobody_foresaw_concerns_one_file(tmp_path: Path, source: Path) -> None:
    store = BrokenStore(tmp_path / "store")
    outcomes = put_many(store, [Put(str(source), key) for key in ("bad", "good")], workers=1)
    assert states(outcomes) == ["refused", "stored"]
    assert outcomes[0].error == f"store {store.url}: bad: LookupError: no such thing"
