import os
from pathlib import Path
from threading import Event, Thread

import fsspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyaxon_sdk.exceptions import InputError, StoreError
from polyaxon_sdk.storage.file_store import FileStore
from polyaxon_sdk.storage.keys import Copy, Stored
from polyaxon_sdk.storage.retry import PassingStoreError
from polyaxon_sdk.storage.source import SourceError, checksum
from polyaxon_sdk.storage.transfer import wait

PARTS = st.text(st.characters(blacklist_characters="/\0", codec="utf-8"), min_size=1, max_size=20).filter(
    lambda part: part not in {".", ".."}
)


def keys(store: FileStore, prefix: str = "", *, after: str = "") -> list[str]:
    return [stored.key for stored in wait(store.list(prefix, after=after))]


def test_a_file_is_stored_with_its_size_time_and_checksum(store: FileStore, source: Path) -> None:
    copy = wait(store.put_file(str(source), "0f/outputs/a.bin"))
    assert store.local("0f/outputs/a.bin").read_bytes() == b"0123456789"
    assert copy == Copy(10, source.stat().st_mtime_ns, checksum(str(source)))


def test_only_the_limit_is_stored(store: FileStore, source: Path) -> None:
    assert wait(store.put_file(str(source), "a", limit=4)).size == 4
    assert store.local("a").read_bytes() == b"0123"


def test_a_large_file_arrives_byte_for_byte(store: FileStore, tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.write_bytes(os.urandom(9 << 20))
    wait(store.put_file(str(large), "large"))
    assert store.local("large").read_bytes() == large.read_bytes()


@settings(deadline=None)
@given(parts=st.lists(PARTS, min_size=1, max_size=4), data=st.binary(max_size=100))
def test_bytes_come_back_under_any_name(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str], data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    store = FileStore(folder / "store")
    wait(store.put_bytes(data, "/".join(parts)))
    wait(store.get_file("/".join(parts), str(folder / "back")))
    assert (folder / "back").read_bytes() == data


def test_fsspec_reads_what_is_stored_at_the_same_url(store: FileStore) -> None:
    wait(store.put_bytes(b"hello", "0f/a.txt"))
    with fsspec.open(f"{store.url}/0f/a.txt") as file:
        assert file.read() == b"hello"


def test_a_reader_never_sees_half_a_file(store: FileStore, tmp_path: Path) -> None:
    files = [tmp_path / name for name in "ab"]
    for file in files:
        file.write_bytes(file.name.encode() * (2 << 20))
    wait(store.put_file(str(files[0]), "key"))
    done, seen = Event(), set[bytes]()

    def read() -> None:
        while not done.is_set():
            data = store.local("key").read_bytes()
            seen.add(data[:1] + data[-1:] + str(len(data)).encode())

    reader = Thread(target=read)
    reader.start()
    for turn in range(20):
        wait(store.put_file(str(files[turn % 2]), "key"))
    done.set()
    reader.join()
    assert seen <= {b"aa2097152", b"bb2097152"}


def test_listing_is_sorted_and_leaves_drafts_out(store: FileStore) -> None:
    for key in ("b", "a/c", "a/.plx-0123456789abcdef.part", "a/b/d"):
        wait(store.put_bytes(b"", key))
    assert keys(store) == ["a/b/d", "a/c", "b"]


def test_listing_goes_on_behind_a_key(store: FileStore) -> None:
    for key in ("changes/1", "changes/2", "changes/3", "other/4"):
        wait(store.put_bytes(b"", key))
    assert keys(store, "changes", after="changes/1") == ["changes/2", "changes/3"]


def test_a_store_that_is_not_there_yet_holds_nothing(store: FileStore) -> None:
    assert (keys(store), wait(store.stat("a"))) == ([], None)


def test_an_object_has_a_size_and_a_time(store: FileStore) -> None:
    wait(store.put_bytes(b"abc", "a/b"))
    assert wait(store.stat("a/b")) == Stored("a/b", 3, store.local("a/b").stat().st_mtime_ns)


@pytest.mark.parametrize("key", ["a", "a/b/c", "nothing"])
def test_a_folder_or_nothing_is_no_object(store: FileStore, key: str) -> None:
    wait(store.put_bytes(b"", "a/b"))
    assert wait(store.stat(key)) is None


def test_removing_twice_is_no_error(store: FileStore) -> None:
    wait(store.put_bytes(b"", "a"))
    wait(store.remove("a"))
    wait(store.remove("a"))
    assert keys(store) == []


def test_sweeping_takes_away_what_a_killed_put_left(store: FileStore) -> None:
    for key in ("0f/.plx-0123456789abcdef.part", "0f/a", "1f/.plx-0123456789abcdef.part"):
        wait(store.put_bytes(b"", key))
    assert wait(store.sweep("0f")) == 1
    assert sorted(path.name for path in store.local("x").parent.rglob("*") if path.is_file()) == [
        ".plx-0123456789abcdef.part",
        "a",
    ]


def test_getting_what_is_not_there_is_an_error_of_the_store(store: FileStore, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="0f/a: No such file"):
        wait(store.get_file("0f/a", str(tmp_path / "a")))


def test_a_target_that_can_not_be_written_is_told_and_not_the_store(
    store: FileStore, locked_disk: Path
) -> None:
    wait(store.put_bytes(b"data", "0f/a"))
    with pytest.raises(SourceError, match=f"^{locked_disk}/here/a: Read-only file system$"):
        wait(store.get_file("0f/a", str(locked_disk / "here" / "a")))


def test_a_changed_source_stores_nothing(store: FileStore, source: Path) -> None:
    with pytest.raises(SourceError, match="ends 1 bytes early"):
        wait(store.put_file(str(source), "a", limit=11))
    assert keys(store) == []


@pytest.mark.parametrize("key", ["../a", "/etc/a", "a/../../b"])
def test_a_key_never_leads_out_of_the_store(store: FileStore, source: Path, key: str) -> None:
    with pytest.raises(InputError, match="is not inside the store"):
        wait(store.put_file(str(source), key))


def test_a_link_never_leads_out_of_the_store(store: FileStore, source: Path, tmp_path: Path) -> None:
    wait(store.put_bytes(b"", "a"))
    (tmp_path / "elsewhere").mkdir()
    store.local("0f").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="a link leads out of the store"):
        wait(store.put_file(str(source), "0f/a"))


def test_a_missing_mount_is_not_made(source: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no folder .*/mnt \(is it mounted\?\)"):
        wait(FileStore(tmp_path / "mnt" / "team").put_file(str(source), "a"))
    assert not (tmp_path / "mnt").exists()


def test_a_read_only_store_is_told(locked_disk: Path, source: Path) -> None:
    with pytest.raises(StoreError, match="a: Read-only file system") as caught:
        wait(FileStore(locked_disk / "store").put_file(str(source), "a"))
    assert not isinstance(caught.value, PassingStoreError)


@pytest.mark.parametrize("size", [900 << 10, 2 << 20], ids=["while writing", "before writing"])
def test_a_full_store_is_told_and_keeps_no_draft(small_disk: Path, tmp_path: Path, size: int) -> None:
    large = tmp_path / "large"
    large.write_bytes(bytes(size))
    (small_disk / "other").write_bytes(bytes(500 << 10))
    with pytest.raises(StoreError, match="a: No space left on device"):
        wait(FileStore(small_disk).put_file(str(large), "a"))
    assert [path.name for path in small_disk.iterdir()] == ["other"]


def test_a_file_in_the_place_of_the_store_is_told(source: Path) -> None:
    with pytest.raises(StoreError, match="a: File exists") as caught:
        wait(FileStore(source).put_bytes(b"", "a"))
    assert not isinstance(caught.value, PassingStoreError)
