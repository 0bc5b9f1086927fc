"""`polyaxon sync` interrupted at random moments, again and again: the store then has what one clean one gives."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest

from polyaxon_sdk.runner.leftovers import leftovers
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.logs import read_logs
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import load
from polyaxon_sdk.storage.catalog import read_catalog
from polyaxon_sdk.storage.draft import is_draft
from polyaxon_sdk.storage.file_store import FileStore
from tests.polling import eventually
from tests.processes import sidecars_of
from tests.scripts import ROOT, Scripts

TRIALS = int(os.environ.get("POLYAXON_TEST_TRIALS", "2"))
INTERRUPTIONS = 200 if TRIALS >= 10 else 5 * TRIALS

TRAINER = """
import os
from pathlib import Path
from polyaxon_sdk import tracking

tracking.init(track_code=False, track_env=False, collect_resources=False)
for number in range(60):
    Path(tracking.get_outputs_path(f"part-{number}.bin")).write_bytes(bytes([number]) * 5000)
for step in range(20_000):
    tracking.log_metric("loss", float(step), step)
for step in range(50):
    tracking.log_text("note", f"text {step}", step=step)
print("ready", flush=True)
os.read(0, 1)
"""


def left_behind(scripts: Scripts) -> RunFolder:
    """A run whose script and sidecar were killed before anything was drained or shipped."""
    script = scripts.start(TRAINER)
    assert script.stdout is not None
    assert script.stdout.readline() == "ready\n"
    folder = scripts.the_run()
    eventually(lambda: sidecars_of(str(folder.path)))
    for pid in sidecars_of(str(folder.path)):
        os.kill(pid, signal.SIGKILL)
    script.kill()
    script.communicate()
    return folder


def begin_sync(home: Path, store: Path, *words: str) -> subprocess.Popen[bytes]:
    """Begin `polyaxon sync`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POLYAXON_")}
    variables = {"POLYAXON_HOME": str(home), "POLYAXON_ARTIFACTS_STORE": str(store), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "polyaxon_sdk", "sync", *words],
        env={**kept, **variables, "POLYAXON_SHIP_INTERVAL": "0.05"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def sync(home: Path, store: Path, *words: str) -> None:
    """Let `polyaxon sync` finish all there is."""
    assert begin_sync(home, store, *words).wait(120) == 0


def interrupt(home: Path, store: Path, folder: RunFolder, moment: random.Random) -> None:
    """Begin `polyaxon sync`, and kill it and the sidecar that it began."""
    process = begin_sync(home, store)
    eventually(lambda: sidecars_of(str(folder.path)) or process.poll() is not None)
    time.sleep(moment.uniform(0.0, 0.6))  # what is tried is the moment
    process.kill()
    process.wait()
    for pid in sidecars_of(str(folder.path)):
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: not sidecars_of(str(folder.path)))


def arrived(store: Path, uuid: str) -> dict[str, str]:
    """What the store has of a run, but for the record and its views, which tell times: a hash by path."""
    files = [path for path in (store / uuid).rglob("*") if path.is_file()]
    names = {path.relative_to(store / uuid).as_posix(): path for path in files}
    kept = {name: path for name, path in names.items() if name.startswith(("events/", "outputs/"))}
    return {name: sha256(path.read_bytes()).hexdigest() for name, path in kept.items()}


def shown(store: Path, uuid: str) -> dict[str, str]:
    """What a reader of the store sees of the outputs of a run that is half shipped: no draft."""
    outputs = {name: found for name, found in arrived(store, uuid).items() if name.startswith("outputs/")}
    return {name: found for name, found in outputs.items() if not is_draft(name.rpartition("/")[2])}


def is_catalogued(store: Path, uuid: str) -> bool:
    """Whether the store says of each file what it has."""
    known = read_catalog(FileStore(store), uuid)
    return all(known[name].checksum == f"sha256:{found}" for name, found in arrived(store, uuid).items())


@pytest.mark.timeout(1800)
def test_interrupted_and_repeated_it_gives_what_a_clean_one_gives(scripts: Scripts, tmp_path: Path) -> None:
    uuid = left_behind(scripts).uuid
    clean, store, home = tmp_path / "clean", tmp_path / "store", tmp_path / "interrupted"
    shutil.copytree(scripts.home, tmp_path / "copy", symlinks=True)
    sync(tmp_path / "copy", clean)
    expected, moment = arrived(clean, uuid), random.Random(5)
    for _ in range(INTERRUPTIONS):
        if not home.exists() or not list(leftovers(load({"POLYAXON_HOME": str(home)}))):
            shutil.rmtree(home, ignore_errors=True)
            shutil.rmtree(store, ignore_errors=True)
            shutil.copytree(scripts.home, home, symlinks=True)
        interrupt(home, store, RunFolder(home / "runs" / uuid), moment)
        assert shown(store, uuid).items() <= expected.items()
    sync(home, store)
    assert arrived(store, uuid) == expected
    assert is_catalogued(store, uuid)
    assert not [path for path in (store / uuid).rglob("*") if path.name.endswith(".part")]


def test_interrupted_while_the_run_goes_on_it_gives_the_same(scripts: Scripts, tmp_path: Path) -> None:
    store = tmp_path / "store"
    script = scripts.start(TRAINER, POLYAXON_ARTIFACTS_STORE=str(store), POLYAXON_SHIP_INTERVAL="0.05")
    assert script.stdout is not None
    assert script.stdout.readline() == "ready\n"
    folder, moment = scripts.the_run(), random.Random(7)
    for _ in range(max(3, INTERRUPTIONS // 10)):
        interrupt(scripts.home, store, folder, moment)
    script.communicate(b"\n".decode())
    sync(scripts.home, store)
    scripts.finished()
    steps = [point.step for point in read_series(folder)["loss"]]
    assert steps == list(range(20_000))
    assert arrived(store, folder.uuid) == arrived(scripts.home / "runs", folder.uuid)


def trained(scripts: Scripts) -> RunFolder:
    """A run that is finished."""
    scripts.start(TRAINER).communicate("\n", timeout=120)
    scripts.finished()
    return scripts.the_run()


def test_runs_that_were_finished_before_there_was_a_store_are_shipped_with_all(
    scripts: Scripts, tmp_path: Path
) -> None:
    store, folder = tmp_path / "store", trained(scripts)
    sync(scripts.home, store)
    assert not store.exists()
    sync(scripts.home, store, "--all")
    assert arrived(store, folder.uuid) == arrived(scripts.home / "runs", folder.uuid)
    before = (store / folder.uuid / "run.plx.json").stat().st_mtime_ns
    sync(scripts.home, store, "--all")
    assert (store / folder.uuid / "run.plx.json").stat().st_mtime_ns == before


def test_a_store_that_was_emptied_gets_all_again_once_a_person_begins_it_anew(
    scripts: Scripts, tmp_path: Path
) -> None:
    store, folder = tmp_path / "store", trained(scripts)
    sync(scripts.home, store, "--all")
    shutil.rmtree(store)
    assert (begin_sync(scripts.home, store, "--all").wait(120), store.exists()) == (1, False)
    (store / "changes").mkdir(parents=True)
    sync(scripts.home, store, "--all")
    assert arrived(store, folder.uuid) == arrived(scripts.home / "runs", folder.uuid)


def test_a_sync_finishes_what_a_reboot_cut_off_though_its_numbers_live_on(
    scripts: Scripts, tmp_path: Path
) -> None:
    (tmp_path / "boot").write_text(f"{uuid4()}\n")
    bind = 'mount --bind "$0" /proc/sys/kernel/random/boot_id && exec "$@"'
    script = subprocess.Popen(
        ["unshare", "--mount", "sh", "-c", bind, tmp_path / "boot", sys.executable, "-c", TRAINER],
        env=scripts.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert script.stdout is not None
    if script.stdout.readline() != "ready\n":
        told = script.communicate()[1]
        assert os.environ.get("POLYAXON_TEST_REQUIRE") != "all", told
        pytest.skip(f"mounting is not permitted: {told}")
    folder = scripts.the_run()
    eventually(lambda: sidecars_of(str(folder.path)))
    for pid in sidecars_of(str(folder.path)):
        os.kill(pid, signal.SIGKILL)
    sync(scripts.home, tmp_path / "store")  # the script still lives, as another process with its number would
    script.kill()
    script.communicate()
    assert read_run(folder).status == "failed"
    assert arrived(tmp_path / "store", folder.uuid) == arrived(scripts.home / "runs", folder.uuid)
    assert len(read_series(folder)["loss"]) == 20_000


def test_homes_merged_by_copying_run_folders_show_everything(tmp_path: Path) -> None:
    homes = [tmp_path / "a" / "home", tmp_path / "b" / "home"]
    for name, home in zip("ab", homes, strict=True):
        text = f"from polyaxon_sdk import tracking\nwith tracking.init(name={name!r}) as r: r.log_metrics(loss=1.0)"
        scripts = Scripts(home)
        assert scripts.run(text).code == 0
        scripts.finished()
        assert listed(home) == [name]
    subprocess.run(["sh", "-c", 'tar -C "$0/runs" -c . | tar -C "$1/runs" -x', *map(str, homes)], check=True)
    assert listed(homes[1]) == ["a", "b"]
    copied = next(path for path in (homes[0] / "runs").iterdir())
    merged = RunFolder(homes[1] / "runs" / copied.name)
    assert [point.value for point in read_series(merged)["loss"]] == [1.0]


@pytest.mark.parametrize("copy", ["cp -r", "cp -a"], ids=["new times", "old times"])
def test_a_run_copied_while_it_goes_on_is_whole_once_it_is_copied_again(
    scripts: Scripts, tmp_path: Path, copy: str
) -> None:
    home = tmp_path / "other"
    (home / "runs").mkdir(parents=True)
    copying = ["sh", "-c", f'{copy} "$0/runs/." "$1/runs"', str(scripts.home), str(home)]
    script = scripts.start(TRAINER, POLYAXON_TRACK_LOGS="true")
    assert script.stdout is not None
    assert script.stdout.readline() == "ready\n"
    folder = scripts.the_run()
    copied = RunFolder(home / "runs" / folder.uuid)
    subprocess.run(copying, check=True)
    assert read_run(copied).status == "running"
    assert list(copied.journal.glob("*.plxj"))
    script.communicate("\n", timeout=120)
    scripts.finished()
    subprocess.run(copying, check=True)
    assert (read_run(copied).status, listed(home)) == ("succeeded", listed(scripts.home))
    assert read_series(copied) == read_series(folder)
    assert read_logs(copied) == read_logs(folder) != []


def listed(home: Path) -> list[str]:
    """The names of the runs that `polyaxon ops ls` shows."""
    words = [sys.executable, "-m", "polyaxon_sdk", "ops", "ls", "-o", "json"]
    variables = {**os.environ, "POLYAXON_HOME": str(home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, env=variables, capture_output=True, text=True, check=True)
    return sorted(row["name"] for row in json.loads(done.stdout)["results"])
