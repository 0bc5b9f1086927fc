"""Shipping large files in chunks, and reading them again."""

import random
import time
from pathlib import Path

import pytest

from polyaxon_sdk.client.stored import StoredRun
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.sidecar.ship import Shipper
from polyaxon_sdk.sidecar.shipment import ShipReport
from polyaxon_sdk.storage.chunked_store import ChunkedStore
from polyaxon_sdk.storage.file_store import FileStore
from polyaxon_sdk.storage.lacking import lacking
from polyaxon_sdk.storage.manifest import Manifest

SIZE = 4 << 20
DATA = random.Random(3).randbytes(SIZE)


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    """A run with a checkpoint."""
    folder = RunFolder(tmp_path / "home" / "runs" / new_uuid()).create()
    (folder.outputs / "first.bin").write_bytes(DATA)
    return folder


def ship(run: RunFolder, store: Path) -> ShipReport:
    shipper = Shipper(run.path, str(store), chunk_from=1 << 20)
    return shipper.finish({}, time.time(), within=60)


def test_a_second_checkpoint_ships_what_is_new(run: RunFolder, tmp_path: Path) -> None:
    ship(run, tmp_path / "store")
    (run.outputs / "second.bin").write_bytes(DATA[: SIZE // 2] + b"inserted" + DATA[SIZE // 2 :])
    assert ship(run, tmp_path / "store").bytes < SIZE // 3


def test_a_run_in_chunks_is_downloaded_and_verified(run: RunFolder, tmp_path: Path) -> None:
    ship(run, tmp_path / "store")
    stored = StoredRun(run.uuid, None, ChunkedStore(FileStore(tmp_path / "store")))
    assert [got.state for got in stored.download(["outputs"], tmp_path / "here")] == ["copied"]
    assert (tmp_path / "here" / "outputs" / "first.bin").read_bytes() == DATA
    assert [each.state for each in stored.verify()] == ["right"]


def test_a_killed_shipper_s_chunks_are_used_by_the_next(run: RunFolder, tmp_path: Path) -> None:
    ship(run, tmp_path / "store")
    (run.journal / "shipped.json").unlink()
    assert ship(run, tmp_path / "store").bytes == 0


def stored(run: RunFolder, store: Path) -> StoredRun:
    """The run as its home and the store have it."""
    return StoredRun(run.uuid, run, ChunkedStore(FileStore(store)))


def packs(run: RunFolder, store: Path) -> list[Path]:
    return list((store / run.uuid / ".chunks").iterdir())


def lost(run: RunFolder, store: Path) -> list[str]:
    """What the store lacks, read again."""
    manifest = Manifest(run.journal / "shipped.json", FileStore(store).url)
    found = lacking(ChunkedStore(FileStore(store)), run.uuid, manifest.files, reads=True)
    manifest.forget_all(found)
    return found


def test_a_damaged_pack_is_found_and_mended(run: RunFolder, tmp_path: Path) -> None:
    ship(run, tmp_path / "store")
    (pack,) = packs(run, tmp_path / "store")
    pack.write_bytes(pack.read_bytes()[:-1] + bytes([pack.read_bytes()[-1] ^ 1]))
    assert lost(run, tmp_path / "store") == ["outputs/first.bin"]
    ship(run, tmp_path / "store")
    assert [each.state for each in stored(run, tmp_path / "store").verify()] == ["right"]


def test_packs_that_are_gone_are_found_and_mended(run: RunFolder, tmp_path: Path) -> None:
    ship(run, tmp_path / "store")
    packs(run, tmp_path / "store")[0].unlink()
    assert lost(run, tmp_path / "store") == ["outputs/first.bin"]
    ship(run, tmp_path / "store")
    assert [each.state for each in stored(run, tmp_path / "store").verify()] == ["right"]


def test_chunks_go_with_the_last_file_that_needs_them(run: RunFolder, tmp_path: Path) -> None:
    ship(run, tmp_path / "store")
    stored(run, tmp_path / "store").remove(["outputs/first.bin"])
    assert packs(run, tmp_path / "store") == []


def test_chunks_of_what_others_take_out_of_a_folder_go_with_the_next_shipment(
    run: RunFolder, tmp_path: Path
) -> None:
    ship(run, tmp_path / "store")
    StoredRun(run.uuid, None, ChunkedStore(FileStore(tmp_path / "store"))).remove(["outputs/first.bin"])
    assert len(packs(run, tmp_path / "store")) == 1
    (run.outputs / "first.bin").unlink()
    ship(run, tmp_path / "store")
    assert packs(run, tmp_path / "store") == []


def test_chunks_of_checkpoints_that_are_mirrored_do_not_grow(run: RunFolder, tmp_path: Path) -> None:
    shipper = Shipper(run.path, str(tmp_path / "store"), chunk_from=1 << 20)
    shipper.mirrored = ["outputs"]
    shipper.finish({}, time.time(), within=60)
    (run.outputs / "second.bin").write_bytes(DATA[::-1])
    (run.outputs / "first.bin").unlink()
    shipper.finish({}, time.time(), within=60)
    assert sum(pack.stat().st_size for pack in packs(run, tmp_path / "store")) == SIZE
