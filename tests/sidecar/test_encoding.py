import json
import os
from pathlib import Path
from threading import Thread

import pytest

from polyaxon_sdk.runs.eventlines import EventJournal
from polyaxon_sdk.runs.events import read
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.snapshots import Snapshot, pending, snapshot_path, write_snapshot
from polyaxon_sdk.runs.writer import this_process
from polyaxon_sdk.sidecar.drain import Drain
from polyaxon_sdk.sidecar.encoding import DAMAGED, Encoding, encode_snapshot
from polyaxon_sdk.types import Json
from tests.polling import eventually
from tests.sidecar.draining import HeldLease, crash, drain

FIELDS: dict[str, Json] = {
    "encoding": "png",
    "shape": [1, 1, 3],
    "layout": "HWC",
    "rescale": 1.0,
    "boxes": [],
}
TARGET = "assets/image/img_1.png"


def snap(folder: RunFolder, target: str = TARGET, data: bytes = b"rgb") -> Path:
    """Write a snapshot of one pixel."""
    path = snapshot_path(folder, target)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT)
    write_snapshot(descriptor, Snapshot(target, FIELDS, data))
    os.close(descriptor)
    return path


def log(folder: RunFolder, *snapshots: Path) -> EventJournal:
    """Log an event for each snapshot, and a text behind them."""
    journal = EventJournal(folder, this_process())
    for step, path in enumerate(snapshots):
        journal.append("image", "img", {"path": TARGET}, step=step, time=1.0, snapshot=path.name)
    journal.append("text", "after", "text", step=None, time=1.0)
    return journal


def images(folder: RunFolder) -> int:
    """How many rows of images there are."""
    path = folder.events / "image" / "img.plx"
    return len(read(path, "image")) if path.exists() else 0


def test_a_snapshot_becomes_an_asset(folder: RunFolder) -> None:
    path = snap(folder)
    assert encode_snapshot(folder, path)
    assert (folder.path / TARGET).read_bytes().startswith(b"\x89PNG")
    assert not path.exists()


def test_a_snapshot_that_another_one_encoded_is_done(folder: RunFolder) -> None:
    path = snap(folder)
    encode_snapshot(folder, path)
    assert encode_snapshot(folder, path)


def test_two_encode_the_same_asset(folder: RunFolder) -> None:
    path = snap(folder)
    threads = [Thread(target=encode_snapshot, args=(folder, path)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert os.listdir((folder.path / TARGET).parent) == ["img_1.png"]


def test_a_crash_between_asset_and_snapshot_is_made_good(folder: RunFolder) -> None:
    path = snap(folder)
    again = path.read_bytes()
    encode_snapshot(folder, path)
    path.write_bytes(again)
    log(folder, path)
    drain(folder)
    assert (images(folder), list(pending(folder))) == (1, [])


def test_a_snapshot_that_is_being_written_waits(folder: RunFolder) -> None:
    path = snap(folder)
    path.write_bytes(path.read_bytes()[:-1])
    assert not encode_snapshot(folder, path)
    assert path.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "shape"),
        ({**FIELDS, "layout": "XYZ"}, "XYZ has other axes"),
        ({**FIELDS, "shape": [2]}, "which is not HWC"),
        ({**FIELDS, "shape": [1, 2, 3]}, "there are 3 bytes"),
        ({**FIELDS, "boxes": 3}, "not iterable"),
        ({"encoding": "csv", "numbers": [0, 1, 1], "columns": [["a", "d", 3]]}, "has not 1 rows"),
        ({"encoding": "csv", "numbers": [0, 1, 1], "columns": [["a", "text", 0]]}, "Expecting value"),
        ({"encoding": "csv", "numbers": [0, 1]}, "not enough values"),
    ],
)
def test_a_snapshot_that_says_nonsense_is_damaged(
    folder: RunFolder, fields: dict[str, Json], words: str
) -> None:
    path = snap(folder)
    path.write_bytes(json.dumps({"target": TARGET, "size": 3, "fields": fields}).encode() + b"\nrgb")
    with pytest.raises(DAMAGED, match=words):
        encode_snapshot(folder, path)


def test_snapshots_are_encoded_beside(folder: RunFolder) -> None:
    encoding = Encoding(folder)
    encoding.start()
    snap(folder)
    assert eventually((folder.path / TARGET).exists)
    encoding.stop()
    assert list(pending(folder)) == []


def test_encoding_goes_on_behind_a_damaged_one(folder: RunFolder) -> None:
    snap(folder, "assets/image/bad.png", b"rg")
    encoding = Encoding(folder)
    encoding.start()
    snap(folder)
    assert eventually((folder.path / TARGET).exists)
    encoding.stop()


def test_a_row_waits_for_its_asset(folder: RunFolder) -> None:
    path = snap(folder)
    log(folder, path)
    draining = Drain(folder, HeldLease())
    draining.step(gone=False)
    assert (images(folder), (folder.events / "text").exists()) == (0, False)
    encode_snapshot(folder, path)
    draining.step(gone=False)
    assert (images(folder), (folder.events / "text").exists()) == (1, True)


def test_what_nobody_encoded_is_encoded_at_the_end(folder: RunFolder) -> None:
    log(folder, snap(folder))
    drain(folder)
    assert images(folder) == 1
    assert (folder.path / TARGET).exists()


def test_many_are_encoded_in_several_steps(folder: RunFolder) -> None:
    log(folder, *(snap(folder, f"assets/image/{index}.png") for index in range(20)))
    draining = Drain(folder, HeldLease())
    draining.step(gone=True)
    first = images(folder)
    drain(folder)
    assert (first, images(folder)) == (16, 20)


def test_a_crash_before_the_commit_doubles_nothing(folder: RunFolder) -> None:
    path = snap(folder)
    encode_snapshot(folder, path)
    log(folder, path)
    crash(folder)
    drain(folder)
    assert images(folder) == 1


def test_a_damaged_snapshot_is_told_and_holds_nothing_up(folder: RunFolder) -> None:
    path = snap(folder, data=b"rg")
    log(folder, path)
    draining = drain(folder)
    assert draining.take_troubles() == ["image 'img' is lost: its snapshot is damaged"]
    assert draining.take_troubles() == []
    assert (folder.events / "text").exists()


def test_a_snapshot_without_its_line_is_swept(folder: RunFolder) -> None:
    snap(folder)
    draining = drain(folder)
    draining.finish(draining.journals())
    assert list(pending(folder)) == []


def test_a_snapshot_of_a_process_that_still_logs_is_kept(folder: RunFolder) -> None:
    path = snap(folder)
    log(folder)
    draining = drain(folder)
    draining.finish([])
    assert list(pending(folder)) == [path]


def test_an_asset_stays_in_the_run(folder: RunFolder) -> None:
    path = snap(folder, "../../../evil.png")
    with pytest.raises(DAMAGED, match="leads out of the run"):
        encode_snapshot(folder, path)
