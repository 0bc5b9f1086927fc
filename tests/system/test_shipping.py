"""Runs that are shipped to real stores while they go on, through whatever goes wrong."""

import os
import random
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.sidecar.launch import launch
from polyaxon_sdk.storage.store import Store
from polyaxon_sdk.storage.transfer import wait
from tests.clouds.fixtures import IS_FULL, SERVED, cloud_of, mounted_nfs
from tests.clouds.kinds import Cloud
from tests.clouds.proxy import Faults, FaultyProxy, faulty_proxy
from tests.polling import eventually
from tests.processes import sidecars_of
from tests.scripts import Scripts, read_line

__all__ = ["cloud_of", "mounted_nfs"]

SMALL = 1000 if IS_FULL else 200
LARGE = 500 if IS_FULL else 50
FROZEN = 60.0 if IS_FULL else 2.0
KILLS = 10 if IS_FULL else 3

TRAINER = """
import os, sys
from pathlib import Path
from polyaxon_sdk import tracking

run = tracking.init(track_code=False, track_env=False)
outputs = Path(tracking.get_outputs_path("small")).parent
(outputs / "small").mkdir(parents=True)
for number in range({small}):
    (outputs / "small" / f"{{number}}.bin").write_bytes(os.urandom(10_240))
with (outputs / "large.bin").open("wb") as file:
    for _ in range({large}):
        file.write(os.urandom(1 << 20))
with (outputs / "train.log").open("w") as log:
    for step in range(20_000):
        tracking.log_metrics(loss=1 / (1 + step), accuracy=step / 20_000, step=step)
        print("step", step, file=log)
print(run.folder, flush=True)
sys.stdin.readline()
tracking.log_metric("last", 1.0)
"""


class Reached(NamedTuple):
    """A store as a run reaches it, and as the test looks into it."""

    url: str
    environ: dict[str, str]
    store: Store


@pytest.fixture(params=SERVED)
def cloud(request: pytest.FixtureRequest, cloud_of: Callable[[str], Cloud]) -> Cloud:
    """Each cloud."""
    return cloud_of(request.param)


@pytest.fixture
def proxy(cloud: Cloud) -> Iterator[FaultyProxy]:
    """A proxy before the cloud."""
    with faulty_proxy(cloud.server.port, seed=7) as started:
        yield started


@pytest.fixture
def reached(cloud: Cloud, proxy: FaultyProxy, monkeypatch: pytest.MonkeyPatch) -> Reached:
    """A place in the cloud, that the run reaches through the proxy."""
    url = cloud.place()
    return Reached(url, dict(cloud.variables(proxy.port)), cloud.open(monkeypatch, url))


def start(scripts: Scripts, reached: Reached) -> "tuple[object, RunFolder]":
    """A script whose run ships there."""
    script = scripts.start(
        TRAINER.format(small=SMALL, large=LARGE),
        POLYAXON_ARTIFACTS_STORE=reached.url,
        POLYAXON_SHIP_INTERVAL="0.5",
        **reached.environ,
    )
    return script, RunFolder(read_line(script))


def here(folder: RunFolder) -> dict[str, str]:
    """The checksum of each file of the run."""
    paths = [path for path in folder.path.rglob("*") if path.is_file() and folder.journal not in path.parents]
    return {
        path.relative_to(folder.path).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in paths
        if not path.relative_to(folder.path).as_posix().startswith(".")
    }


def there(store: Store, folder: RunFolder) -> dict[str, str]:
    """The checksum of each file of the run in the store."""
    found = wait(store.list(folder.uuid), within=None)
    return {
        each.key.partition("/")[2]: sha256(wait(store.get_bytes(each.key), within=None)).hexdigest()
        for each in found
    }


def names(store: Store, folder: RunFolder) -> set[str]:
    return {each.key.partition("/")[2] for each in wait(store.list(folder.uuid), within=None)}


def is_finished(folder: RunFolder) -> bool:
    """Let a sidecar, if need be another one, do what is left."""
    return launch(folder).wait(150)


def test_a_run_arrives_while_it_goes_on_byte_for_byte(
    scripts: Scripts, cloud: Cloud, reached: Reached
) -> None:
    script, folder = start(scripts, reached)
    expected = {"outputs/large.bin", *(f"outputs/small/{number}.bin" for number in range(SMALL))}
    eventually(lambda: expected <= names(reached.store, folder), timeout=250)
    script.communicate("\n", timeout=60)
    assert scripts.finished().is_done
    assert there(reached.store, folder) == here(folder)
