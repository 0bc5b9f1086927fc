from hashlib import sha256
from pathlib import Path
from threading import Event

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.storage.download import Get, get_many, landing
from polyaxon_sdk.storage.file_store import FileStore
from polyaxon_sdk.storage.retry import Retry
from polyaxon_sdk.storage.transfer import wait

ONCE = Retry(attempts=1)


def checksum(data: bytes) -> str:
    return f"sha256:{sha256(data).hexdigest()}"


def test_objects_come_here_in_their_order(store: FileStore, tmp_path: Path) -> None:
    for name in "abc":
        wait(store.put_bytes(name.encode(), f"run/{name}"))
    gets = [Get(f"run/{name}", tmp_path / "here" / name, 1) for name in "abc"]
    assert [got.state for got in get_many(store, gets)] == ["copied"] * 3
    assert [(tmp_path / "here" / name).read_text() for name in "abc"] == ["a", "b", "c"]


def test_what_is_here_already_is_left_alone(store: FileStore, tmp_path: Path) -> None:
    wait(store.put_bytes(b"new", "a"))
    (tmp_path / "a").write_bytes(b"old")
    (got,) = get_many(store, [Get("a", tmp_path / "a", 3, checksum(b"old"))])
    assert (got.state, (tmp_path / "a").read_bytes()) == ("there", b"old")


def test_other_bytes_than_were_stored_are_damaged(store: FileStore, tmp_path: Path) -> None:
    wait(store.put_bytes(b"abd", "a"))
    (got,) = get_many(store, [Get("a", tmp_path / "a", 3, checksum(b"abc"))], retry=ONCE)
    assert (got.state, got.error) == ("damaged", f"store {store.url}: a: not the bytes that were stored")
    assert not (tmp_path / "a").exists()


def test_one_that_is_not_there_fails_alone(store: FileStore, tmp_path: Path) -> None:
    wait(store.put_bytes(b"b", "b"))
    gets = [Get(name, tmp_path / name, 1) for name in "ab"]
    assert [got.state for got in get_many(store, gets, retry=ONCE)] == ["failed", "copied"]


def test_nothing_is_begun_once_it_is_given_up(store: FileStore, tmp_path: Path) -> None:
    wait(store.put_bytes(b"a", "a"))
    (given_up := Event()).set()
    (got,) = get_many(store, [Get("a", tmp_path / "a", 1)], given_up=given_up)
    assert (got.state, (tmp_path / "a").exists()) == ("late", False)


def test_each_is_told_as_it_is_known(store: FileStore, tmp_path: Path) -> None:
    wait(store.put_bytes(b"a", "a"))
    told: list[str] = []
    get_many(store, [Get("a", tmp_path / "a", 1)], each=lambda got: told.append(got.state))
    assert told == ["copied"]


@pytest.mark.parametrize("relative", ["../a", "/a", "a/../../b", "a//b"])
def test_a_path_out_of_the_target_is_refused(tmp_path: Path, relative: str) -> None:
    with pytest.raises(InputError, match="is not inside the store"):
        landing(tmp_path, relative)


def test_a_link_that_leads_out_of_the_target_is_refused(tmp_path: Path) -> None:
    (tmp_path / "away").mkdir()
    (target := tmp_path / "target").mkdir()
    (target / "outputs").symlink_to(tmp_path / "away")
    with pytest.raises(InputError, match="'outputs/a' leads out of"):
        landing(target, "outputs/a")
