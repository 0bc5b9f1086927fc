"""What is built above stores, on each of the clouds: sharing, chunks, downloads in pieces, verifying, reading runs."""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.client.stored import StoredRun
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.index.mirror import Mirror
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.sidecar.ship import Shipper
from polyaxon_sdk.storage.chunked_store import ChunkedStore
from polyaxon_sdk.storage.lacking import lacking
from polyaxon_sdk.storage.manifest import Manifest
from polyaxon_sdk.storage.pieces import get_in_pieces
from polyaxon_sdk.storage.removal import remove_below
from polyaxon_sdk.storage.shared_store import SharedStore
from polyaxon_sdk.storage.source import checksum
from polyaxon_sdk.storage.store import Store, open_store
from polyaxon_sdk.storage.transfer import wait
from tests.clouds.fixtures import IS_FULL, SERVED, cloud_of
from tests.clouds.kinds import Cloud
from tests.clouds.proxy import faulty_proxy

__all__ = ["cloud_of"]

# Azure's client hands aiohttp a body of some MiB as bytes.
pytestmark = pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")

SIZE = 9 << 20
"""More than one part, and more than one piece."""


@pytest.fixture(params=SERVED if IS_FULL else SERVED[:1])
def store(
    request: pytest.FixtureRequest, cloud_of: Callable[[str], Cloud], monkeypatch: pytest.MonkeyPatch
) -> Store:
    """An empty store: of each kind in the long tests, else of one."""
    return cloud_of(request.param).open(monkeypatch)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A file of nine MiB."""
    path = tmp_path / "model.bin"
    path.write_bytes(random.Random(1).randbytes(SIZE))
    return path


def ship(folder: RunFolder, store: Store, **options: int | None) -> int:
    """Ship a run; how many bytes were sent."""
    return Shipper(folder.path, store.url, **options).finish({}, time.time(), within=60).bytes  # type: ignore[arg-type]  # handed on


def a_run(home: Path, model: Path) -> RunFolder:
    """A run that logged a model, where there is one."""
    folder = RunFolder(home / "runs" / new_uuid()).create()
    writer = RecordWriter(folder)
    writer.append("created", name="train", project="default")
    writer.append("status", status="succeeded")
    writer.close()
    if model.exists():
        (folder.outputs / "model.bin").write_bytes(model.read_bytes())
    return folder


def test_the_same_content_is_sent_once(store: Store, model: Path) -> None:
    shared = SharedStore(store)
    sent = [wait(shared.put_file(str(model), f"{run}/model.bin")).sent for run in "ab"]
    assert (sent[1], shared.origins) == (0, {"b/model.bin": "a/model.bin"})
    assert wait(store.get_bytes("b/model.bin")) == model.read_bytes()


def test_a_model_that_another_run_logged_ships_without_its_bytes(
    store: Store, model: Path, tmp_path: Path
) -> None:
    first, second = a_run(tmp_path, model), a_run(tmp_path, model)
    assert ship(first, store) > SIZE
    report = Shipper(second.path, store.url).finish({}, time.time(), within=60)
    assert report.bytes < SIZE // 10
    assert report.shared == {"outputs/model.bin": f"{first.uuid}/outputs/model.bin"}
    assert [each.state for each in StoredRun(second.uuid, None, store).verify()] == ["right"] * 2


def test_a_name_that_is_not_utf8_stays_here_and_the_others_arrive(store: Store, tmp_path: Path) -> None:
    folder = a_run(tmp_path, tmp_path / "nothing")
    for name in (b"gr\xf6\xdfe", "größe".encode()):
        Path(os.fsdecode(os.fsencode(folder.outputs) + b"/" + name)).write_bytes(b"hello")
    report = Shipper(folder.path, store.url).finish({}, time.time(), within=60)
    assert (report.is_complete, report.told) == (
        True,
        (r"outputs/gr\udcf6\udcdfe: stays here, its name is not UTF-8",),
    )
    names = [each.key for each in wait(store.list(f"{folder.uuid}/outputs"))]
    assert names == [f"{folder.uuid}/outputs/größe"]


def test_a_key_that_is_not_utf8_is_refused(store: Store) -> None:
    with pytest.raises(InputError, match=r"store .*: run/gr\\udcf6: this name is not UTF-8"):
        wait(store.put_bytes(b"hello", os.fsdecode(b"run/gr\xf6")))


def test_a_second_checkpoint_ships_what_is_new(store: Store, model: Path, tmp_path: Path) -> None:
    folder, data = a_run(tmp_path, model), model.read_bytes()
    ship(folder, store, chunk_from=1 << 20)
    (folder.outputs / "next.bin").write_bytes(data[: SIZE // 2] + b"new" + data[SIZE // 2 :])
    assert ship(folder, store, chunk_from=1 << 20) < SIZE // 6
    stored = StoredRun(folder.uuid, None, ChunkedStore(store))
    assert all(got.is_here for got in stored.download(["outputs"], tmp_path / "here"))
    assert checksum(str(tmp_path / "here/outputs/next.bin")) == checksum(str(folder.outputs / "next.bin"))


def test_of_a_checkpoint_that_changed_by_five_percent_about_five_percent_go_over_the_wire(
    cloud_of: Callable[[str], Cloud], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cloud, size = cloud_of("seaweedfs"), 32 << 20
    folder = a_run(tmp_path, tmp_path / "nothing")
    data = bytearray(random.Random(2).randbytes(size))
    with faulty_proxy(cloud.server.port) as proxy:
        for name, value in cloud.variables(proxy.port).items():
            monkeypatch.setenv(name, value)
        store = open_store(cloud.place())
        (folder.outputs / "first.bin").write_bytes(data)
        ship(folder, store, chunk_from=1 << 20)
        before = proxy.sent
        data[size // 3 : size // 3 + size // 20] = random.Random(3).randbytes(size // 20)
        (folder.outputs / "second.bin").write_bytes(data)
        ship(folder, store, chunk_from=1 << 20)
        sent = proxy.sent - before
        states = {each.state for each in StoredRun(folder.uuid, None, ChunkedStore(store)).verify()}
    assert before > size
    assert size // 20 < sent < size * 8 // 100
    assert states == {"right"}


def test_what_two_runs_share_stays_where_one_of_them_is_deleted(
    store: Store, model: Path, tmp_path: Path
) -> None:
    first, second = a_run(tmp_path, model), a_run(tmp_path, model)
    ship(first, store)
    assert ship(second, store) < SIZE // 10
    remove_below(store.url, first.uuid)
    assert [each.state for each in StoredRun(second.uuid, None, store).verify()] == ["right"] * 2
    third = a_run(tmp_path, model)
    ship(third, store)
    assert [each.state for each in StoredRun(third.uuid, None, store).verify()] == ["right"] * 2


@pytest.mark.parametrize(("chunk_from", "place"), [(None, "outputs/model.bin"), (1 << 20, ".chunks")])
def test_one_damaged_byte_of_what_is_shared_or_in_chunks_is_found(
    store: Store, model: Path, tmp_path: Path, chunk_from: int | None, place: str
) -> None:
    first, second = a_run(tmp_path, model), a_run(tmp_path, model)
    ship(first, store, chunk_from=chunk_from)
    ship(second, store, chunk_from=chunk_from)
    [stored] = [
        each for each in wait(store.list(second.uuid)) if each.key.startswith(f"{second.uuid}/{place}")
    ]
    data = bytearray(wait(store.get_bytes(stored.key)))
    data[SIZE // 2] ^= 1
    wait(store.put_bytes(bytes(data), stored.key))
    found = StoredRun(second.uuid, None, ChunkedStore(store)).verify()
    damaged = [each.expected.key for each in found if each.state == "damaged"]
    assert damaged == [f"{second.uuid}/outputs/model.bin"]
    assert {each.state for each in StoredRun(first.uuid, None, ChunkedStore(store)).verify()} == {"right"}


@pytest.mark.parametrize("is_there", [True, False], ids=["damaged", "gone"])
def test_chunks_that_are_not_as_they_were_are_shipped_again(
    store: Store, model: Path, tmp_path: Path, *, is_there: bool
) -> None:
    folder = a_run(tmp_path, model)
    ship(folder, store, chunk_from=1 << 20)
    [pack] = wait(store.list(f"{folder.uuid}/.chunks"))
    wait(store.put_bytes(bytes(SIZE), pack.key) if is_there else store.remove(pack.key))
    manifest = Manifest(folder.journal / "shipped.json", store.url)
    assert lacking(ChunkedStore(store), folder.uuid, manifest.files) == ["outputs/model.bin"]
    manifest.forget_all(["outputs/model.bin"])
    ship(folder, store, chunk_from=1 << 20)
    assert {each.state for each in StoredRun(folder.uuid, None, ChunkedStore(store)).verify()} == {"right"}


def test_chunks_that_no_file_needs_go(store: Store, model: Path, tmp_path: Path) -> None:
    folder = a_run(tmp_path, model)
    ship(folder, store, chunk_from=1 << 20)
    StoredRun(folder.uuid, None, ChunkedStore(store)).remove(["outputs/model.bin"])
    assert wait(store.list(f"{folder.uuid}/.chunks")) == ()


def test_a_file_that_is_called_as_recipes_are_is_a_file_as_any(
    store: Store, model: Path, tmp_path: Path
) -> None:
    folder = a_run(tmp_path, model)
    (folder.outputs / "x.plxchunks").write_text("hello")
    ship(folder, store)
    run = StoredRun(folder.uuid, None, ChunkedStore(store))
    assert "outputs/x.plxchunks" in [file.path for file in run.files()]
    assert {each.state for each in run.verify()} == {"right"}
    assert [file.path for file in run.remove(["outputs/x.plxchunks"])] == ["outputs/x.plxchunks"]


def test_a_download_goes_on_in_the_middle(store: Store, model: Path, tmp_path: Path) -> None:
    wait(store.put_file(str(model), "run/model.bin"))
    found = wait(get_in_pieces(store, "run/model.bin", tmp_path / "here", size=SIZE))
    assert found == checksum(str(model))


def test_one_damaged_byte_is_found(store: Store, model: Path, tmp_path: Path) -> None:
    folder = a_run(tmp_path, model)
    ship(folder, store)
    data = bytearray(model.read_bytes())
    data[SIZE // 2] ^= 1
    wait(store.put_bytes(bytes(data), f"{folder.uuid}/outputs/model.bin"))
    states = {each.expected.key: each.state for each in StoredRun(folder.uuid, None, store).verify()}
    assert states[f"{folder.uuid}/outputs/model.bin"] == "damaged"


def test_runs_are_found_and_read(store: Store, model: Path, tmp_path: Path) -> None:
    folder = a_run(tmp_path, model)
    ship(folder, store)
    mirror = Mirror(store, tmp_path / "mirror")
    mirror.refresh()
    mirror.bring(folder.uuid)
    assert read_run(RunFolder(tmp_path / "mirror" / "runs" / folder.uuid)).name == "train"


def test_runs_that_changed_since_are_read_again(store: Store, model: Path, tmp_path: Path) -> None:
    mirror, folder = Mirror(store, tmp_path / "mirror"), a_run(tmp_path, model)
    ship(folder, store)
    mirror.refresh()
    writer = RecordWriter(folder)
    writer.append("tags", values=["late"])
    writer.close()
    ship(folder, store)
    mirror.refresh()
    assert read_run(RunFolder(tmp_path / "mirror" / "runs" / folder.uuid)).tags == ["late"]
