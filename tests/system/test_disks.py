"""Disks that get full, and folders that go, under a script that trains."""

import shutil
from pathlib import Path

from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import read_run
from tests.polling import eventually
from tests.processes import sidecars_of
from tests.scripts import Scripts, read_line

BEGIN = "import sys\nfrom polyaxon_sdk import tracking\ntracking.init()\n"
TRAIN = """
for step in range(100_000):
    tracking.log_metric("loss", 0.5, step=step)
    tracking.log_metric("accuracy", 0.5, step=step)
    if step % 10_000 == 0:
        tracking.log_text("notes", "x" * 1000, step=step)
        tracking.log_inputs(step=step)
print("trained")
"""


def ballast(disk: Path, left: int) -> Path:
    """A file that fills a disk but for `left` bytes."""
    path = disk / "ballast"
    path.write_bytes(b"x" * (shutil.disk_usage(disk).free - left))
    return path


def test_training_goes_on_when_the_disk_is_full(roomy_disk: Path) -> None:
    scripts = Scripts(roomy_disk)
    ballast(roomy_disk, 3 << 20)
    ended = scripts.run(BEGIN + TRAIN)
    assert (ended.code, ended.out) == (0, "trained\n")
    assert ended.err.count("No space left") == 1
    run = read_run(scripts.the_run())
    told, lost = run.problems[:2]
    assert (run.status, told) == ("succeeded", ended.err.strip().removeprefix("polyaxon: "))
    assert lost.endswith("points are lost: the run folder could not be written")


def test_points_wait_for_a_disk_that_gets_room_again(roomy_disk: Path) -> None:
    scripts = Scripts(roomy_disk)
    process = scripts.start(
        f"{BEGIN}print('ready', flush=True)\ninput()\n{TRAIN}".replace("100_000", "30_000") + "input()\n"
    )
    read_line(process)
    eventually(lambda: scripts.the_run().run_view.exists() or (scripts.the_run().journal / "lease").exists())
    full = ballast(roomy_disk, 100 * 1024)
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
    assert read_line(process) == "trained"
    full.unlink()
    process.communicate("\n")
    assert scripts.finished().status == "succeeded"
    assert [point.step for point in read_series(scripts.the_run())["loss"]] == list(range(30_000))


def test_a_run_folder_that_is_deleted_stops_neither_script_nor_shell(scripts: Scripts) -> None:
    process = scripts.start(f"{BEGIN}print('ready', flush=True)\ninput()\n{TRAIN}")
    read_line(process)
    folder = scripts.the_run()
    eventually(lambda: folder.drained.exists())
    eventually(lambda: is_removed(folder.path))
    out, err = process.communicate("\n")
    assert (process.returncode, out) == (0, "trained\n")
    assert err.count("No such file or directory") <= 3
    eventually(lambda: not is_watched(folder.path))
    assert not folder.journal.exists()


def is_removed(run: Path) -> bool:
    """Remove a folder, in which files come and go meanwhile; whether it is gone."""
    shutil.rmtree(run, ignore_errors=True)
    return not run.exists()


def is_watched(run: Path) -> bool:
    """Whether a sidecar works beside a run."""
    return bool(sidecars_of(str(run)))
