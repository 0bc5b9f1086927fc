"""Runs that are shipped to real stores while they go on, through whatever goes wrong."""

import os
import random
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.sidecar.launch import launch
from polyaxon_sdk.storage.store import Store
from polyaxon_sdk.storage.transfer import wait
from tests.clouds.fixtures import IS_FULL, cloud_of
from tests.clouds.kinds import Cloud
from tests.polling import eventually
from tests.processes import sidecars_of
from tests.scripts import Scripts, read_line
from tests.system.shipping_places import CLOUDS, Place, cloud_place, nfs_place
from tests.system.sides import finish, here, there

__all__ = ["cloud_of"]

pytestmark = pytest.mark.timeout(2400)  # at full scale, on a machine that does other things too
SMALL = 1000 if IS_FULL else 40
LARGE = 500 if IS_FULL else 17
STEPS = 20_000 if IS_FULL else 2_000
FROZEN = 60.0 if IS_FULL else 1.0
KILLS = 10 if IS_FULL else 2
PATIENCE = 900
"""Seconds in which all has arrived."""

TRAINER = """
import os, sys
from pathlib import Path
from polyaxon_sdk import tracking

run = tracking.init(track_code=False, track_env=False)
outputs = Path(tracking.get_outputs_path("small")).parent
(outputs / "small").mkdir(parents=True, exist_ok=True)
for number in range({small}):
    (outputs / "small" / f"{{number}}.bin").write_bytes(os.urandom(10_240))
with (outputs / "large.bin").open("wb") as file:
    for _ in range({large}):
        file.write(os.urandom(1 << 20))
with (outputs / "train.log").open("w") as log:
    for step in range({steps}):
        tracking.log_metrics(loss=1 / (1 + step), accuracy=step / {steps}, step=step)
        print("step", step, file=log)
print(run.folder, flush=True)
sys.stdin.readline()
tracking.log_metric("last", 1.0)
"""


@pytest.fixture(params=[*CLOUDS, "nfs"])
def place(
    request: pytest.FixtureRequest,
    cloud_of: Callable[[str], Cloud],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Place]:
    """A place in each kind of store."""
    if request.param == "nfs":
        with nfs_place(tmp_path / "nfs", monkeypatch) as mounted:
            yield mounted
    else:
        with cloud_place(cloud_of(request.param), monkeypatch) as reached:
            yield reached


def start(scripts: Scripts, place: Place) -> "tuple[subprocess.Popen[str], RunFolder]":
    """A script whose run ships there."""
    script = scripts.start(TRAINER.format(small=SMALL, large=LARGE, steps=STEPS), **place.environ)
    return script, RunFolder(read_line(script))


def names(store: Store, folder: RunFolder) -> set[str]:
    return {each.key.partition("/")[2] for each in wait(store.list(folder.uuid), within=None)}


def expected() -> set[str]:
    """What the store has while the run goes on."""
    return {"outputs/large.bin", *(f"outputs/small/{number}.bin" for number in range(SMALL))}


def kill_shippers(folder: RunFolder) -> None:
    """Kill the sidecar at random moments, and let another one go on."""
    luck = random.Random(7)
    for _ in range(KILLS):
        time.sleep(luck.uniform(0.3, 1.5))
        for pid in sidecars_of(str(folder.path)):
            os.kill(pid, 9)
        launch(folder)


@pytest.mark.skipif(not IS_FULL, reason="the next one is this one under harder conditions")
def test_a_run_arrives_while_it_goes_on_byte_for_byte(scripts: Scripts, place: Place) -> None:
    script, folder = start(scripts, place)
    eventually(lambda: expected() <= names(place.store, folder), timeout=PATIENCE)
    script.communicate("\n", timeout=PATIENCE)
    finish(folder, PATIENCE)
    assert there(place.store, folder) == here(folder)


def test_a_run_arrives_whatever_fails_on_the_way(scripts: Scripts, place: Place) -> None:
    place.spoil()
    script, folder = start(scripts, place)
    kill_shippers(folder)
    place.restart()
    place.freeze()
    time.sleep(FROZEN)
    place.thaw()
    launch(folder)
    eventually(lambda: expected() <= names(place.store, folder), timeout=PATIENCE)
    script.kill()
    script.communicate()
    finish(folder, PATIENCE)
    assert there(place.store, folder) == here(folder)
