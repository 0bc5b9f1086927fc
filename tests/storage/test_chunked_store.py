import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.storage.chunked_store import ChunkedStore
from polyaxon_sdk.storage.download import Get, get_many
from polyaxon_sdk.storage.file_store import FileStore
from polyaxon_sdk.storage.keys import Copy, Stored
from polyaxon_sdk.storage.layered_store import LayeredStore
from polyaxon_sdk.storage.packs import Packs
from polyaxon_sdk.storage.recipe import Recipe, Segment
from polyaxon_sdk.storage.retry import PassingStoreError
from polyaxon_sdk.storage.source import SourceError
from polyaxon_sdk.storage.transfer import wait
from polyaxon_sdk.storage.verifying import Expected, verify_many
from tests.storage.checking_store import CheckingStore

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
    recipe = store.local("run/outputs/a.plxchunks")
    recipe.write_bytes(recipe.read_bytes()[:200])
    with pytest.raises(StoreError, match=r"a.plxchunks: damaged"):
        wait(chunked.get_bytes("run/outputs/a"))
    assert [(each.key, each.size) for each in wait(chunked.list("run"))] == [("run/outputs/a", 0)]


@pytest.mark.parametrize("content", [b"hello", b""])
def test_a_person_s_file_may_be_called_as_recipes_are(chunked: ChunkedStore, content: bytes) -> None:
    wait(chunked.put_bytes(content, "run/uploads/x.plxchunks"))
    listed = [(each.key, each.size) for each in wait(chunked.list("run"))]
    assert listed == [("run/uploads/x.plxchunks", len(content))]
    wait(chunked.remove("run/uploads/x"))
    assert wait(chunked.get_bytes("run/uploads/x.plxchunks")) == content
    wait(chunked.remove("run/uploads/x.plxchunks"))
    assert wait(chunked.list("run")) == ()


def test_a_file_beside_one_that_is_called_as_its_recipe_is_stored_whole(
    store: FileStore, chunked: ChunkedStore, checkpoint: Path
) -> None:
    wait(chunked.put_bytes(b"hello", "run/outputs/a.plxchunks"))
    put(chunked, checkpoint)
    assert wait(store.get_bytes("run/outputs/a")) == checkpoint.read_bytes()
    assert wait(store.get_bytes("run/outputs/a.plxchunks")) == b"hello"


def test_a_file_is_not_stored_in_the_place_of_a_recipe(
    chunked: ChunkedStore, checkpoint: Path, source: Path
) -> None:
    put(chunked, checkpoint)
    with pytest.raises(SourceError, match=r"another file is stored in chunks as .*\.plxchunks"):
        put(chunked, source, "a.plxchunks")
    assert wait(chunked.get_bytes("run/outputs/a")) == checkpoint.read_bytes()


def test_a_recipe_of_an_earlier_version_is_read(
    store: FileStore, chunked: ChunkedStore, checkpoint: Path
) -> None:
    put(chunked, checkpoint)
    recipe = store.local("run/outputs/a.plxchunks")
    recipe.write_text(json.dumps(json.loads(recipe.read_bytes())[:3], separators=(",", ":")))
    again = ChunkedStore(store, 1 << 20)
    assert wait(again.get_bytes("run/outputs/a")) == checkpoint.read_bytes()
    assert (wait(again.free("run")), put(again, checkpoint, "b").sent) == (0, 0)


def test_what_lost_its_pack_is_listed_with_what_is_there(
    store: FileStore, chunked: ChunkedStore, checkpoint: Path
) -> None:
    put(chunked, checkpoint)
    for pack in store.local("run/.chunks").iterdir():
        pack.unlink()
    assert [(each.key, each.size) for each in wait(chunked.list("run"))] == [("run/outputs/a", 0)]


def flip(store: FileStore) -> None:
    """Damage one byte of the only pack."""
    (pack,) = store.local("run/.chunks").iterdir()
    data = pack.read_bytes()
    pack.write_bytes(data[:9] + bytes([data[9] ^ 1]) + data[10:])


def test_chunks_of_a_damaged_pack_are_not_used_again(
    store: FileStore, chunked: ChunkedStore, checkpoint: Path
) -> None:
    put(chunked, checkpoint)
    flip(store)
    assert put(chunked, checkpoint, "b").sent == SIZE
    assert wait(chunked.get_bytes("run/outputs/b")) == checkpoint.read_bytes()


def test_chunks_of_a_pack_that_is_gone_are_not_used_again(
    store: FileStore, chunked: ChunkedStore, checkpoint: Path
) -> None:
    put(chunked, checkpoint)
    for pack in store.local("run/.chunks").iterdir():
        pack.unlink()
    assert put(chunked, checkpoint, "b").sent == SIZE


def test_a_store_that_tells_of_its_bytes_tells_of_those_of_packs(store: FileStore, checkpoint: Path) -> None:
    copy = put(chunked := ChunkedStore(CheckingStore(store), 1 << 20), checkpoint)
    assert wait(chunked.checksum("run/outputs/a")) == copy.stored != ""
    flip(store)
    assert wait(chunked.checksum("run/outputs/a")) != copy.stored
    assert put(ChunkedStore(CheckingStore(store), 1 << 20), checkpoint, "b").sent == SIZE


def test_packs_that_no_file_needs_are_freed(
    chunked: ChunkedStore, checkpoint: Path, store: FileStore
) -> None:
    put(chunked, checkpoint, "a")
    put(chunked, change(checkpoint, 0.5), "b")
    wait(chunked.remove("run/outputs/a"))
    assert wait(chunked.free("run")) == 0
    assert wait(chunked.get_bytes("run/outputs/b")) == checkpoint.read_bytes()
    wait(chunked.remove("run/outputs/b"))
    assert (wait(chunked.free("run")), list(store.local("run/.chunks").iterdir())) == (2, [])


@pytest.mark.parametrize("kept", [slice(0, 200), slice(1, None)], ids=["cut off", "without its head"])
def test_nothing_is_freed_where_a_recipe_can_not_be_read(
    store: FileStore, chunked: ChunkedStore, checkpoint: Path, kept: slice
) -> None:
    put(chunked, checkpoint)
    recipe = store.local("run/outputs/a.plxchunks")
    recipe.write_bytes(recipe.read_bytes()[kept])
    assert wait(chunked.free("run")) == 0


def test_a_pack_that_is_about_to_be_freed_is_not_used(
    store: FileStore, chunked: ChunkedStore, checkpoint: Path
) -> None:
    put(chunked, checkpoint)
    wait(Packs(store).announce("run", {}))
    assert put(chunked, checkpoint, "b").sent == SIZE
    assert wait(chunked.get_bytes("run/outputs/b")) == checkpoint.read_bytes()


def test_a_pack_that_was_named_since_it_was_announced_stays(store: FileStore, checkpoint: Path) -> None:
    packs = Packs(store)
    key, pack = wait(packs.put(str(checkpoint), "run", "0f"))
    announced = wait(packs.announce("run", {}))
    assert wait(packs.free(announced, {key: pack})) == 0
    assert [each.key for each in wait(store.list("run"))] == [key]


class Coarse(LayeredStore):
    """Has a clock that stands still."""

    async def list(self, prefix: str = "", *, after: str = "") -> tuple[Stored, ...]:
        return tuple(each._replace(mtime_ns=0) for each in await super().list(prefix, after=after))


def test_what_a_recipe_names_that_took_another_s_place_at_once_stays(store: FileStore, source: Path) -> None:
    one, other = ChunkedStore(Coarse(store), 1), ChunkedStore(store, 1)
    put(other, source)
    wait(one.list("run"))
    source.write_bytes(source.read_bytes()[::-1])
    put(other, source)
    assert (wait(one.free("run")), wait(other.get_bytes("run/outputs/a"))) == (0, source.read_bytes())


class Freeing(LayeredStore):
    """Another one frees what no recipe names while a recipe is being written."""

    async def put_bytes(self, data: bytes, key: str) -> Copy:
        await ChunkedStore(self._below).free("run")
        return await super().put_bytes(data, key)


def test_a_file_whose_chunks_were_freed_meanwhile_does_not_count(store: FileStore, checkpoint: Path) -> None:
    with pytest.raises(PassingStoreError, match="taken away meanwhile"):
        put(ChunkedStore(Freeing(store), 1 << 20), checkpoint)


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
