import os
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.storage.chunked_store import ChunkedStore
from polyaxon_sdk.storage.download import Get, get_many
from polyaxon_sdk.storage.file_store import FileStore
from polyaxon_sdk.storage.keys import Copy
from polyaxon_sdk.storage.recipe import Recipe, Segment
from polyaxon_sdk.storage.transfer import wait
from polyaxon_sdk.storage.verifying import Expected, verify_many

SIZE = 3 << 20


@pytest.fixture
def chunked(store: FileStore) -> ChunkedStore:
    """A store that takes files from one MiB on in chunks."""
    return ChunkedStore(store, 1 << 20)


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    """A file of three MiB."""
    return written(tmp_path / "checkpoint.bin", SIZE)


def written(path: Path, size: int) -> Path:
    """A file of so many bytes, the same each time."""
    path.write_bytes(random.Random(1).randbytes(size))
    return path


def put(store: ChunkedStore, path: Path, name: str = "a") -> Copy:
    return wait(store.put_file(str(path), f"run/outputs/{name}"))


def change(path: Path, share: float) -> Path:
    """The same file with a part of it replaced by one that is a little longer."""
    data = path.read_bytes()
    size, changed = len(data), int(share * len(data))
    new = random.Random(2).randbytes(changed + 7)
    path.write_bytes(data[: size // 3] + new + data[size // 3 + changed :])
    return path


def test_a_file_in_chunks_is_read_as_it_was(chunked: ChunkedStore, checkpoint: Path, tmp_path: Path) -> None:
    copy = put(chunked, checkpoint)
    got = wait(chunked.get_file("run/outputs/a", str(tmp_path / "here")))
    assert (got.checksum, (tmp_path / "here").read_bytes() == checkpoint.read_bytes()) == (
        copy.checksum,
        True,
    )


def test_five_percent_changed_send_about_five_percent(chunked: ChunkedStore, tmp_path: Path) -> None:
    large = written(tmp_path / "large.bin", 16 << 20)
    assert put(chunked, large, "a").sent == 16 << 20
    sent = put(chunked, change(large, 0.05), "b").sent
    assert sent is not None
    assert 0.05 <= sent / (16 << 20) <= 0.09


def test_another_process_knows_the_chunks_too(
    store: FileStore, chunked: ChunkedStore, checkpoint: Path
) -> None:
    put(chunked, checkpoint, "a")
    assert put(ChunkedStore(store, 1 << 20), checkpoint, "b").sent == 0


def test_a_changed_file_is_read_as_it_is_now(chunked: ChunkedStore, checkpoint: Path, tmp_path: Path) -> None:
    put(chunked, checkpoint)
    put(chunked, change(checkpoint, 0.05))
    wait(chunked.get_file("run/outputs/a", str(tmp_path / "here")))
    assert (tmp_path / "here").read_bytes() == checkpoint.read_bytes()


def test_any_part_of_it_is_read(chunked: ChunkedStore, checkpoint: Path) -> None:
    put(chunked, checkpoint)
    data, start, end = checkpoint.read_bytes(), SIZE // 3, SIZE // 2
    assert wait(chunked.get_bytes("run/outputs/a", start=start, end=end)) == data[start:end]


def test_it_is_listed_as_one_file_of_its_size(chunked: ChunkedStore, checkpoint: Path) -> None:
    put(chunked, checkpoint)
    wait(chunked.put_bytes(b"small", "run/outputs/b"))
    listed = [(each.key, each.size) for each in wait(chunked.list("run"))]
    assert listed == [("run/outputs/a", SIZE), ("run/outputs/b", 5)]


def test_who_stores_nothing_in_chunks_reads_them(
    store: FileStore, chunked: ChunkedStore, checkpoint: Path, tmp_path: Path
) -> None:
    put(chunked, checkpoint)
    (got,) = get_many(ChunkedStore(store), [Get("run/outputs/a", tmp_path / "here", SIZE)])
    assert (got.state, (tmp_path / "here").read_bytes() == checkpoint.read_bytes()) == ("copied", True)


def test_a_small_file_is_stored_whole(store: FileStore, chunked: ChunkedStore, source: Path) -> None:
    put(chunked, source)
    assert wait(store.get_bytes("run/outputs/a")) == source.read_bytes()


def test_a_file_that_was_whole_is_in_chunks_now(
    store: FileStore, chunked: ChunkedStore, checkpoint: Path
) -> None:
    wait(store.put_bytes(b"old", "run/outputs/a"))
    put(chunked, checkpoint)
    stored = wait(chunked.stat("run/outputs/a"))
    assert stored is not None
    assert stored.size == SIZE


def test_a_file_in_chunks_that_got_small_is_whole_now(chunked: ChunkedStore, checkpoint: Path) -> None:
    put(chunked, checkpoint)
    checkpoint.write_bytes(b"small")
    put(chunked, checkpoint)
    assert wait(chunked.get_bytes("run/outputs/a")) == b"small"
    assert [each.key for each in wait(chunked.list("run"))] == ["run/outputs/a"]


def test_a_file_that_was_taken_away_is_gone(chunked: ChunkedStore, checkpoint: Path) -> None:
    put(chunked, checkpoint)
    wait(chunked.remove("run/outputs/a"))
    assert (wait(chunked.stat("run/outputs/a")), wait(chunked.list("run"))) == (None, ())


def test_one_damaged_byte_of_a_chunk_is_found(
    store: FileStore, chunked: ChunkedStore, checkpoint: Path
) -> None:
    copy = put(chunked, checkpoint)
    (pack,) = store.local("run/.chunks").iterdir()
    with pack.open("r+b") as file:
        file.seek(SIZE // 2)
        file.write(bytes([checkpoint.read_bytes()[SIZE // 2] ^ 1]))
    (found,) = verify_many(chunked, [Expected("run/outputs/a", copy.size, copy.checksum)])
    assert found.state == "damaged"


def test_a_damaged_recipe_is_told(store: FileStore, chunked: ChunkedStore, checkpoint: Path) -> None:
    put(chunked, checkpoint)
    store.local("run/outputs/a.plxchunks").write_bytes(b"[1, 2")
    os.utime(store.local("run/outputs/a.plxchunks"), (1, 1))
    with pytest.raises(StoreError, match=r"a.plxchunks: damaged"):
        wait(chunked.get_bytes("run/outputs/a"))


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 9)), max_size=8), st.data())
def test_ranges_give_the_bytes_that_were_asked_for(
    chunks: list[tuple[str, int]], data: st.DataObject
) -> None:
    packs, segments, whole = {"a": b"", "b": b""}, [], b""
    for number, (pack, size) in enumerate(chunks):
        content = bytes([number]) * size
        segments.append(Segment(pack, len(packs[pack]), size, ""))
        packs[pack] += content
        whole += content
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole) + 2))
    found = Recipe(len(whole), "", tuple(segments)).ranges(start, end)
    assert b"".join(packs[pack][first:last] for pack, first, last in found) == whole[start:end]
