"""What every store does alike, on each of them."""

import os
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

import pytest

from polyaxon_sdk.exceptions import InputError, StoreError
from polyaxon_sdk.storage.keys import Stored
from polyaxon_sdk.storage.source import SourceError
from polyaxon_sdk.storage.store import Store, open_store
from polyaxon_sdk.storage.transfer import Put, put_many, wait
from tests.clouds.fixtures import SERVED, cloud_of, mounted_nfs
from tests.clouds.kinds import Cloud

__all__ = ["cloud_of", "mounted_nfs"]

MIB = 1 << 20
NFS = pytest.param("nfs", marks=pytest.mark.system)
ODD = ["a b", "ä€😀", "100%25", "a+b=c&d", "what?", "#1", "'quoted'", "~a@b!", "(x)", "a,b;c"]


@pytest.fixture(params=["file", "memory", NFS, *SERVED])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store of each kind that nothing was put into."""
    name = request.param
    if name == "file":
        return open_store(str(tmp_path / "store"))
    if name == "memory":
        return open_store(f"memory://{token_hex(8)}")
    if name == "nfs":
        return open_store(str(request.getfixturevalue("mounted_nfs") / token_hex(4)))
    cloud: Cloud = request.getfixturevalue("cloud_of")(name)
    return cloud.open(monkeypatch)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file of more than two parts."""
    path = tmp_path / "large.bin"
    path.write_bytes(os.urandom(17 * MIB + 7))
    return path


def keys(store: Store, prefix: str = "", *, after: str = "") -> list[str]:
    return [stored.key for stored in wait(store.list(prefix, after=after))]


def content(store: Store, key: str) -> str:
    return sha256(wait(store.get_bytes(key))).hexdigest()


def grow(path: Path, size: int) -> None:
    with path.open("ab") as file:
        file.write(os.urandom(size))


def test_what_is_put_comes_back(store: Store, source: Path, tmp_path: Path) -> None:
    wait(store.put_file(str(source), "0f/outputs/a.bin"))
    wait(store.get_file("0f/outputs/a.bin", str(tmp_path / "deep" / "back")))
    assert (tmp_path / "deep" / "back").read_bytes() == b"0123456789"


def test_a_copy_says_what_was_taken(store: Store, source: Path) -> None:
    copy = wait(store.put_file(str(source), "a"))
    expected = (10, source.stat().st_mtime_ns, f"sha256:{sha256(b'0123456789').hexdigest()}")
    assert copy[:3] == expected


def test_the_store_keeps_the_checksum_that_the_copy_told(store: Store, source: Path) -> None:
    copy = wait(store.put_file(str(source), "a"))
    assert wait(store.checksum("a")) == copy.stored


def test_only_the_limit_is_stored(store: Store, source: Path) -> None:
    wait(store.put_file(str(source), "a", limit=4))
    assert wait(store.get_bytes("a")) == b"0123"


def test_nothing_is_something(store: Store, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    wait(store.put_file(str(tmp_path / "empty"), "a"))
    wait(store.put_bytes(b"", "b"))
    assert [wait(store.get_bytes(key)) for key in "ab"] == [b"", b""]


def test_a_large_file_arrives_byte_for_byte(store: Store, large: Path, tmp_path: Path) -> None:
    copy = wait(store.put_file(str(large), "large"))
    wait(store.get_file("large", str(tmp_path / "back")))
    assert (tmp_path / "back").read_bytes() == large.read_bytes()
    assert wait(store.checksum("large")) == copy.stored


def test_what_is_put_again_is_replaced(store: Store, large: Path) -> None:
    wait(store.put_file(str(large), "a"))
    wait(store.put_bytes(b"new", "a"))
    assert wait(store.get_bytes("a")) == b"new"


@pytest.mark.parametrize("sizes", [(100, 50), (6 * MIB, 100), (6 * MIB, 9 * MIB)], ids=str)
def test_a_file_that_grew_is_whole(store: Store, tmp_path: Path, sizes: tuple[int, int]) -> None:
    path = tmp_path / "grows"
    grow(path, sizes[0])
    begun = wait(store.put_file(str(path), "a", limit=sizes[0]))
    grow(path, sizes[1])
    wait(store.put_file(str(path), "a", limit=sum(sizes), after=begun))
    assert content(store, "a") == sha256(path.read_bytes()).hexdigest()


def test_of_a_file_that_grew_only_the_rest_is_sent_where_that_can_be(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "grows"
    grow(path, 6 * MIB)
    begun = wait(store.put_file(str(path), "a", limit=6 * MIB))
    grow(path, 1000)
    copy = wait(store.put_file(str(path), "a", limit=6 * MIB + 1000, after=begun))
    assert copy.sent == (None if store.appends_from is None else 1000)


def test_a_file_that_was_rewritten_is_not_taken_for_one_that_grew(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "rewritten"
    grow(path, 6 * MIB)
    begun = wait(store.put_file(str(path), "a", limit=6 * MIB))
    path.write_bytes(os.urandom(7 * MIB))
    wait(store.put_file(str(path), "a", limit=7 * MIB, after=begun))
    assert content(store, "a") == sha256(path.read_bytes()).hexdigest()


def test_a_file_that_shrank_is_whole(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "rewritten"
    grow(path, 7 * MIB)
    begun = wait(store.put_file(str(path), "a", limit=7 * MIB))
    wait(store.put_file(str(path), "a", limit=6 * MIB, after=begun))
    assert content(store, "a") == sha256(path.read_bytes()[: 6 * MIB]).hexdigest()


@pytest.mark.parametrize("name", ODD)
def test_names_may_be_odd(store: Store, name: str) -> None:
    wait(store.put_bytes(b"x", f"0f/{name}/{name}.txt"))
    assert keys(store, f"0f/{name}") == [f"0f/{name}/{name}.txt"]
    assert wait(store.get_bytes(f"0f/{name}/{name}.txt")) == b"x"


def test_bytes_may_be_asked_for_by_their_place(store: Store) -> None:
    wait(store.put_bytes(b"0123456789", "a"))
    places = [(0, 3), (4, 20), (9, None), (10, None), (30, 40)]
    assert [wait(store.get_bytes("a", start=start, end=end)) for start, end in places] == [
        b"012",
        b"456789",
        b"9",
        b"",
        b"",
    ]


def test_listing_is_sorted_and_goes_below_folders_only(store: Store) -> None:
    for key in ("0f/b", "0f/a/c", "0f.txt", "0f/a/b/d", "1f/e"):
        wait(store.put_bytes(b"", key))
    assert keys(store, "0f") == ["0f/a/b/d", "0f/a/c", "0f/b"]


def test_listing_goes_on_behind_a_key(store: Store) -> None:
    for key in ("changes/1", "changes/2", "changes/3", "other/4"):
        wait(store.put_bytes(b"", key))
    assert keys(store, "changes", after="changes/1") == ["changes/2", "changes/3"]


def test_the_folders_at_its_top_are_known(store: Store) -> None:
    for key in ("b/c/d", "b/e", "a/f", "g", "ab/h"):
        wait(store.put_bytes(b"x", key))
    assert wait(store.folders()) == ("a", "ab", "b")


def test_a_store_that_is_not_there_yet_holds_nothing(store: Store) -> None:
    assert (keys(store, "0f"), wait(store.stat("a"))) == ([], None)


def test_an_object_has_its_size(store: Store) -> None:
    wait(store.put_bytes(b"abc", "a/b"))
    found = wait(store.stat("a/b"))
    assert found is not None
    assert found[:2] == Stored("a/b", 3, 0)[:2]


def test_a_listing_tells_what_asking_tells(store: Store) -> None:
    wait(store.put_bytes(b"abc", "a/b"))
    (listed,) = wait(store.list("a"))
    asked = wait(store.stat("a/b"))
    assert asked is not None
    assert (listed.key, listed.size) == (asked.key, asked.size)
    assert abs(listed.mtime_ns - asked.mtime_ns) < 1e9  # some tell whole seconds in one of the two


@pytest.mark.parametrize("key", ["a", "a/b/c", "nothing"])
def test_a_folder_or_nothing_is_no_object(store: Store, key: str) -> None:
    wait(store.put_bytes(b"", "a/b"))
    assert wait(store.stat(key)) is None


def test_removing_twice_is_no_error(store: Store) -> None:
    wait(store.put_bytes(b"", "0f/a"))
    wait(store.remove("0f/a"))
    wait(store.remove("0f/a"))
    assert keys(store, "0f") == []


def test_an_object_is_copied_within_the_store(store: Store, large: Path) -> None:
    wait(store.put_file(str(large), "0f/a"))
    copied = wait(store.copy("0f/a", "1f/b"))
    assert (copied.key, copied.size) == ("1f/b", large.stat().st_size)
    assert content(store, "1f/b") == sha256(large.read_bytes()).hexdigest()


def test_reading_what_is_not_there_is_an_error_of_the_store(store: Store) -> None:
    wait(store.put_bytes(b"", "0f/b"))
    with pytest.raises(StoreError, match="0f/a"):
        wait(store.get_bytes("0f/a"))


def test_getting_what_is_not_there_is_an_error_of_the_store(store: Store, tmp_path: Path) -> None:
    wait(store.put_bytes(b"", "0f/b"))
    with pytest.raises(StoreError, match="0f/a"):
        wait(store.get_file("0f/a", str(tmp_path / "a")))
    assert not (tmp_path / "a").exists()


def test_copying_what_is_not_there_is_an_error_of_the_store(store: Store) -> None:
    wait(store.put_bytes(b"", "0f/b"))
    with pytest.raises(StoreError, match="0f/a"):
        wait(store.copy("0f/a", "0f/c"))


def test_a_source_that_is_too_short_stores_nothing(store: Store, source: Path, large: Path) -> None:
    with pytest.raises(SourceError, match="ends 1 bytes early"):
        wait(store.put_file(str(source), "0f/a", limit=11))
    with pytest.raises(SourceError, match="ends 1 bytes early"):
        wait(store.put_file(str(large), "0f/b", limit=17 * MIB + 8))
    assert keys(store, "0f") == []


@pytest.mark.parametrize("key", ["../a", "/etc/a", "a/../../b"])
def test_a_key_never_leads_out_of_the_store(store: Store, source: Path, key: str) -> None:
    with pytest.raises(InputError, match="is not inside the store"):
        wait(store.put_file(str(source), key))


def test_many_small_files_arrive(store: Store, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(60)]
    for path in paths:
        path.write_text(path.name)
    outcomes = put_many(store, [Put(str(path), f"0f/{path.name}") for path in paths])
    assert {outcome.state for outcome in outcomes} == {"stored"}
    assert keys(store, "0f") == sorted(f"0f/{path.name}" for path in paths)


def test_sweeping_leaves_objects_alone(store: Store, source: Path) -> None:
    wait(store.put_file(str(source), "0f/a"))
    wait(store.sweep("0f"))
    assert keys(store, "0f") == ["0f/a"]
