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
