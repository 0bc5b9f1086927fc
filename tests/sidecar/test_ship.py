import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.changes import read_changes
from polyaxon_sdk.sidecar.pace import Rates
from polyaxon_sdk.sidecar.ship import Shipper
from polyaxon_sdk.sidecar.shipment import ShipReport
from polyaxon_sdk.storage.limits import Limits
from polyaxon_sdk.storage.retry import Retry
from polyaxon_sdk.storage.source import checksum
from tests.disks.tmpfs import locked_disk, mounted, small_disk

__all__ = ["locked_disk", "small_disk"]

UUID = "0123456789abcdef0123456789abcdef"
EVENTS = "events/metric/loss.plx"
SLOWLY = 1 << 20
"""Bytes a second at which a shipper is caught in the middle, however slow or fast the machine is."""
NOW = time.time() + 3600  # whatever a test writes has lain still for long
QUICK = Retry(first=0.001, longest=0.002)
NAMES = st.text(st.characters(blacklist_characters="/\0", codec="utf-8"), min_size=1, max_size=12).filter(
    lambda name: name not in {".", ".."}
)
TREES = st.dictionaries(
    st.lists(NAMES, min_size=1, max_size=3).map(tuple), st.binary(max_size=200), max_size=8
)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run with outputs, a record, views, and an event file whose last row is torn."""
    folder = tmp_path / "home" / "runs" / UUID
    write(folder, "journal/w.plxj", b"not to be shipped")
    write(folder, "outputs/model.bin", os.urandom(5_000))
    write(folder, "record/w.jsonl", b"\nfact")
    write(folder, EVENTS, b"step|timestamp|metric\n0||0.5\n1||0.2")
    write(folder, "lineages.plx.json", b"[]")
    write(folder, "run.plx.json", b'{"status": "running"}')
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def write_tree(folder: Path, files: Mapping[tuple[str, ...], bytes]) -> None:
    """Write files whose paths can't be folders of others: folders end in `~`, files in `!`."""
    for parts, data in files.items():
        write(folder, "/".join([*(f"{part}~" for part in parts[:-1]), f"{parts[-1]}!"]), data)


def tree(folder: Path, *, without: tuple[str, ...] = ("journal", "events")) -> dict[str, str]:
    """The checksum of each file, without some folders at the top."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return {name: checksum(str(folder / name)) for name in names if name.partition("/")[0] not in without}


def finish(run: Path, store: Path | str, lengths: Mapping[str, int] | None = None) -> ShipReport:
    return Shipper(run, str(store), retry=QUICK).finish(lengths or {}, NOW, within=10)


def lengths_of(run: Path) -> dict[str, int]:
    return {EVENTS: (run / EVENTS).stat().st_size}


def test_after_the_end_the_store_has_what_the_run_has(run: Path, store: Path) -> None:
    report = finish(run, store, lengths_of(run))
    assert tree(store / UUID, without=()) == tree(run, without=("journal",))
    assert report == ShipReport(files=5, bytes=5_000 + 5 + 35 + 2 + 21)


@settings(max_examples=40, deadline=None)
@given(before=TREES, after=TREES)
def test_any_tree_arrives_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory,
    before: dict[tuple[str, ...], bytes],
    after: dict[tuple[str, ...], bytes],
) -> None:
    place = tmp_path_factory.mktemp("any")
    run, store = place / "runs" / UUID, place / "store"
    shipper = Shipper(run, str(store), retry=QUICK)
    write_tree(run / "outputs", before)
    shipper.step({}, NOW)
    write_tree(run / "outputs", after)
    report = shipper.step({}, NOW + 100)
    assert (tree(store / UUID), report.is_complete) == (tree(run), True)


def test_what_did_not_change_is_not_shipped_again(run: Path, store: Path) -> None:
    shipper = Shipper(run, str(store))
    assert shipper.step(lengths_of(run), NOW).files == 5
    assert shipper.step(lengths_of(run), NOW + 100) == ShipReport()


def test_a_later_shipper_knows_what_is_there(run: Path, store: Path) -> None:
    finish(run, store)
    assert finish(run, store).files == 0


def test_only_what_changed_is_shipped(run: Path, store: Path) -> None:
    finish(run, store)
    write(run, "outputs/model.bin", b"better")
    assert (finish(run, store).files, tree(store / UUID)) == (1, tree(run))


def test_a_file_that_was_touched_is_looked_at_and_not_shipped(run: Path, store: Path) -> None:
    finish(run, store)
    os.utime(run / "outputs/model.bin", (0, 0))
    assert finish(run, store).files == 0


def test_a_change_that_size_and_time_hide_at_the_end_is_found_by_the_next(run: Path, store: Path) -> None:
    path = run / "outputs/model.bin"
    Shipper(run, str(store)).finish({}, time.time(), within=10)
    changed = path.stat().st_mtime_ns
    path.write_bytes(bytes(5_000))
    os.utime(path, ns=(changed, changed))
    finish(run, store)
    assert tree(store / UUID) == tree(run)


def test_a_series_is_shipped_up_to_what_is_drained(run: Path, store: Path) -> None:
    finish(run, store, {EVENTS: 28})
    assert (store / UUID / EVENTS).read_bytes() == b"step|timestamp|metric\n0||0.5"


def test_a_series_that_is_not_drained_is_not_shipped(run: Path, store: Path) -> None:
    finish(run, store, {})
    assert not (store / UUID / EVENTS).exists()


def test_the_run_s_view_arrives_last(run: Path, store: Path) -> None:
    finish(run, store, lengths_of(run))
    arrived = sorted(
        (path for path in (store / UUID).rglob("*") if path.is_file()), key=lambda p: p.stat().st_mtime_ns
    )
    assert [path.name for path in arrived[-2:]] == ["lineages.plx.json", "run.plx.json"]


def test_a_file_deleted_here_stays_in_the_store(run: Path, store: Path) -> None:
    finish(run, store)
    (run / "outputs/model.bin").unlink()
    finish(run, store)
    assert "outputs/model.bin" in tree(store / UUID)


def test_an_output_deleted_here_goes_from_the_store_of_a_run_that_says_mirror(run: Path, store: Path) -> None:
    shipper = Shipper(run, str(store), retry=QUICK)
    shipper.mirrored = ["outputs"]
    shipper.finish({}, NOW, within=10)
    (run / "outputs/model.bin").unlink()
    shipper.finish({}, NOW, within=10)
    assert tree(store / UUID) == tree(run)


def test_of_what_is_deleted_here_only_what_is_mirrored_goes_from_the_store(run: Path, store: Path) -> None:
    (run / "outputs/model.bin.old").write_bytes(b"old")
    shipper = Shipper(run, str(store), retry=QUICK)
    shipper.mirrored = ["outputs/model.bin"]
    shipper.finish({}, NOW, within=10)
    (run / "outputs/model.bin").unlink()
    (run / "outputs/model.bin.old").unlink()
    shipper.finish({}, NOW, within=10)
    assert {"outputs/model.bin", "outputs/model.bin.old"} & set(tree(store / UUID)) == {
        "outputs/model.bin.old"
    }


def test_what_is_no_output_stays_in_the_store_of_a_run_that_says_mirror(run: Path, store: Path) -> None:
    shipper = Shipper(run, str(store), retry=QUICK)
    shipper.mirrored = ["outputs"]
    shipper.finish({}, NOW, within=10)
    (run / "record/w.jsonl").unlink()
    shipper.finish({}, NOW, within=10)
    assert "record/w.jsonl" in tree(store / UUID)


def test_a_growing_file_does_not_cost_its_square(run: Path, store: Path) -> None:
    shipper, shipped = Shipper(run, str(store), rates=Rates(growing=100)), 0
    for minute in range(200):
        with (run / "record/w.jsonl").open("ab") as file:
            file.write(bytes(10_000))
        shipped += shipper.step({}, NOW + minute).bytes
    assert shipped < 4 * 2_000_000
    shipper.finish({}, NOW + 200, within=10)
    assert tree(store / UUID) == tree(run)


def test_a_link_out_of_the_run_is_told_once_and_not_shipped(run: Path, store: Path) -> None:
    (run / "outputs/secret").symlink_to("/etc/passwd")
    shipper = Shipper(run, str(store))
    told = [shipper.step({}, NOW + number).told for number in range(3)]
    assert told == [("outputs/secret: a link that leads to no file of this run",), (), ()]
    assert "outputs/secret" not in tree(store / UUID)


def test_a_shipment_leaves_a_mark_for_readers(run: Path, store: Path) -> None:
    finish(run, store)
    assert [uuid for _, uuid, _ in read_changes(store)] == [UUID]


def test_nothing_shipped_is_nothing_marked(run: Path, store: Path) -> None:
    finish(run, store)
    before = read_changes(store)
    finish(run, store)
    assert read_changes(store) == before


@pytest.mark.parametrize("data", [b"", b"{", b"\xff" * 10])
def test_a_damaged_manifest_ships_again(run: Path, store: Path, data: bytes) -> None:
    finish(run, store)
    write(run, "journal/shipped.json", data)
    assert (finish(run, store).files, tree(store / UUID).keys()) == (4, tree(run).keys())


def test_another_store_gets_everything_too(run: Path, tmp_path: Path) -> None:
    finish(run, tmp_path / "first")
    finish(run, tmp_path / "second")
    assert tree(tmp_path / "first" / UUID) == tree(tmp_path / "second" / UUID)


def test_a_run_that_lies_in_the_store_is_left_alone(run: Path) -> None:
    before = tree(run, without=())
    assert (finish(run, run.parent), tree(run, without=())) == (ShipReport(), before)


def test_a_store_inside_the_run_is_refused(run: Path) -> None:
    with pytest.raises(InputError, match="lies inside the run"):
        Shipper(run, str(run / "outputs" / "store"))


def test_a_run_that_was_deleted_is_told_and_not_made_again(run: Path, store: Path) -> None:
    shipper = Shipper(run, str(store))
    subprocess.run(["rm", "-r", run], check=True)
    assert shipper.step({}, NOW).told == (f"{run}: No such file or directory",)
    assert not run.exists()


def test_a_store_that_can_not_be_written_is_told_once(run: Path, locked_disk: Path) -> None:
    shipper = Shipper(run, str(locked_disk), retry=QUICK)
    reports = [shipper.step({}, NOW + 1000 * number) for number in range(3)]
    assert [len(report.told) for report in reports] == [1, 0, 0]
    assert (reports[0].told[0].endswith(": Read-only file system"), reports[2].failed) == (True, 4)


def test_at_the_end_a_person_hears_at_once_what_is_wrong(run: Path, locked_disk: Path) -> None:
    heard: list[ShipReport] = []
    report = Shipper(run, str(locked_disk), retry=QUICK).finish({}, NOW, within=10, tell=heard.append)
    assert (heard[0].told, len(heard[0].told)) == (report.told, 1)


def test_a_store_in_trouble_is_left_alone_for_a_while(run: Path, locked_disk: Path) -> None:
    shipper = Shipper(run, str(locked_disk), retry=QUICK)
    first = shipper.step({}, NOW)
    subprocess.run(["mount", "-o", "remount,rw", locked_disk], check=True)
    assert shipper.step({}, NOW + 1) == first._replace(told=())
    second = shipper.step({}, NOW + 20)
    assert (second.is_complete, second.over) == (True, first.told)


def test_the_end_does_not_wait_for_what_needs_a_person(run: Path, locked_disk: Path) -> None:
    start = time.monotonic()
    report = Shipper(run, str(locked_disk)).finish({}, NOW, within=60)
    assert (report.is_complete, time.monotonic() - start < 30) == (False, True)


def test_a_full_store_takes_what_fits_and_tells_of_the_rest(run: Path, small_disk: Path) -> None:
    write(run, "outputs/large.bin", bytes(4 << 20))
    report = finish(run, small_disk)
    assert (report.files, report.failed, len(report.told)) == (4, 1, 1)
    assert report.told[0].endswith("outputs/large.bin: No space left on device")


def test_all_that_the_store_lost_is_shipped_again_at_the_end(run: Path, store: Path) -> None:
    finish(run, store)
    (store / UUID / "outputs/model.bin").unlink()
    (store / UUID / "record/w.jsonl").unlink()
    write(run, "outputs/more.bin", b"more")
    report = finish(run, store)
    assert (report.is_complete, tree(store / UUID)) == (True, tree(run))


def test_a_mount_that_went_missing_is_told_and_not_written_over(run: Path, tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=1m") as disk:
        finish(run, disk / "store")
    write(run, "outputs/more.bin", b"more")
    report = finish(run, disk / "store")
    assert (report.failed, "is it mounted?" in report.told[0], list(disk.iterdir())) == (1, True, [])


@pytest.mark.parametrize("inside", ["store", "."])
def test_a_later_run_tells_of_a_missing_mount_that_held_runs(run: Path, tmp_path: Path, inside: str) -> None:
    with mounted(tmp_path / "disk", "size=1m") as disk:
        finish(run, disk / inside)
    later = run.with_name("f" * 32)
    write(later, "outputs/model.bin", b"model")
    write(later, "journal/w.plxj", b"")
    report = finish(later, disk / inside)
    assert (report.files, "is it mounted?" in report.told[0], list(disk.iterdir())) == (0, True, [])


def test_a_store_that_was_emptied_is_begun_anew_as_the_message_says(run: Path, store: Path) -> None:
    finish(run, store)
    shutil.rmtree(store)
    later = run.with_name("f" * 32)
    write(later, "outputs/model.bin", b"model")
    write(later, "journal/w.plxj", b"")
    (told,) = finish(later, store).told
    (command,) = re.findall(r"begin it anew: (mkdir .*);", told)
    subprocess.run(shlex.split(command), check=True)
    assert (finish(later, store).is_complete, tree(store / later.name)) == (True, tree(later))


def test_a_home_that_can_not_be_written_is_shipped_all_the_same(store: Path, tmp_path: Path) -> None:
    with mounted(tmp_path / "home", "size=1m") as home:
        run = home / "runs" / UUID
        write(run, "outputs/model.bin", b"0123456789")
        write(run, "journal/w.plxj", b"")
        subprocess.run(["mount", "-o", "remount,ro", home], check=True)
        report = finish(run, store)
    assert (report.is_complete, len(report.told)) == (True, 1)
    assert (store / UUID / "outputs/model.bin").read_bytes() == b"0123456789"


@pytest.fixture
def writing(run: Path) -> Iterator[Callable[[], None]]:
    """Somebody who writes to an output all the time, until asked to stop."""
    stopped, path = Event(), write(run, "outputs/busy.bin", b"")
    os.truncate(path, 3 * SLOWLY)

    def keep_writing() -> None:
        with path.open("r+b") as file:
            while not stopped.is_set():
                file.seek(0)
                file.write(os.urandom(16))
                file.flush()

    thread = Thread(target=keep_writing)

    def stop() -> None:
        stopped.set()
        thread.join()

    thread.start()
    yield stop
    stop()


@pytest.mark.system
def test_a_file_that_changes_while_it_is_copied_is_copied_again_later(
    run: Path, store: Path, writing: Callable[[], None]
) -> None:
    shipper = Shipper(run, str(store), retry=QUICK, limits=Limits(bandwidth=2 * SLOWLY))
    report = shipper.finish({}, time.time(), within=0.5)
    assert not report.is_complete
    assert "outputs/busy.bin" not in tree(store / UUID)
    writing()
    assert shipper.finish({}, time.time(), within=60).is_complete
    assert tree(store / UUID) == tree(run)


SHIP = """
import sys, time
from polyaxon_sdk.sidecar.ship import Shipper
from polyaxon_sdk.storage.limits import Limits
Shipper(sys.argv[1], sys.argv[2], limits=Limits(bandwidth=int(sys.argv[3]))).finish({}, time.time(), within=600)
"""


def draft_size(store: Path) -> int:
    """The size of the largest file that is being written; small ones are gone before they are looked at."""
    sizes = [0]
    for draft in store.rglob(".plx-*.part"):
        with suppress(FileNotFoundError):
            sizes.append(draft.stat().st_size)
    return max(sizes)


@pytest.fixture
def killed_in_the_middle(run: Path, store: Path) -> Path:
    """The run, whose shipper was killed while it copied a large file."""
    os.truncate(write(run, "outputs/large.bin", b""), 32 * SLOWLY)
    deadline = time.monotonic() + 60
    with subprocess.Popen([sys.executable, "-c", SHIP, str(run), str(store), str(SLOWLY)]) as process:
        while draft_size(store) <= 1 << 20 and time.monotonic() < deadline:
            assert process.poll() is None
        process.kill()
    return run


@pytest.mark.system
def test_a_killed_shipper_shows_nothing_torn(killed_in_the_middle: Path, store: Path) -> None:
    assert not (store / UUID / "outputs/large.bin").exists()
    assert draft_size(store) > 1 << 20


@pytest.mark.system
def test_what_a_killed_shipper_left_is_finished_by_the_next(killed_in_the_middle: Path, store: Path) -> None:
    assert finish(killed_in_the_middle, store).is_complete
    assert tree(store / UUID) == tree(killed_in_the_middle)
