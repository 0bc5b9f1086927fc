"""Runs that are shipped to real stores while they go on, through whatever goes wrong."""

import os
import random
import subprocess
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import NamedTuple

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
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
(outputs / "small").mkdir(parents=True, exist_ok=True)
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


LOGGING = """
import time
from polyaxon_sdk import tracking

tracking.init(track_code=False, track_env=False)
for step in range(3):
    tracking.log_metric("loss", 1 / (1 + step), step=step)
    time.sleep(0.7)
tracking.end()
"""


class Reached(NamedTuple):
    """A store as a run reaches it, and as the test looks into it."""

    environ: dict[str, str]
    store: Store


@pytest.fixture(params=SERVED if IS_FULL else SERVED[:1])
def cloud(request: pytest.FixtureRequest, cloud_of: Callable[[str], Cloud]) -> Cloud:
    """Each cloud; without the long tests S3 alone, since all pass the same tests of a store."""
    return cloud_of(request.param)


@pytest.fixture
def proxy(cloud: Cloud) -> Iterator[FaultyProxy]:
    """A proxy before the cloud."""
    with faulty_proxy(cloud.server.port, seed=7) as started:
        yield started


@pytest.fixture
def reached(cloud: Cloud, proxy: FaultyProxy, monkeypatch: pytest.MonkeyPatch) -> Reached:
    """A place in the cloud, that the run and its sidecars reach through the proxy."""
    url = cloud.place()
    store = cloud.open(monkeypatch, url)
    wait(store.list("nothing"))  # it keeps the way that it took first
    environ = {
        "POLYAXON_ARTIFACTS_STORE": url,
        "POLYAXON_SHIP_INTERVAL": "0.5",
        **cloud.variables(proxy.port),
    }
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    return Reached(environ, store)


def start(scripts: Scripts, reached: Reached) -> "tuple[subprocess.Popen[str], RunFolder]":
    """A script whose run ships there."""
    script = scripts.start(TRAINER.format(small=SMALL, large=LARGE), **reached.environ)
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
def test_a_run_arrives_while_it_goes_on_byte_for_byte(scripts: Scripts, reached: Reached) -> None:
    script, folder = start(scripts, reached)
    eventually(lambda: expected() <= names(reached.store, folder), timeout=250)
    script.communicate("\n", timeout=60)
    assert scripts.finished().is_done
    assert there(reached.store, folder) == here(folder)


def test_a_run_arrives_whatever_fails_on_the_way(
    scripts: Scripts, cloud: Cloud, proxy: FaultyProxy, reached: Reached
) -> None:
    proxy.faults = Faults(busy=0.1, resets=0.05, cuts=0.02)
    script, folder = start(scripts, reached)
    kill_shippers(folder)
    cloud.restart()
    proxy.is_frozen = True
    time.sleep(FROZEN)
    proxy.is_frozen = False
    launch(folder)
    eventually(lambda: expected() <= names(reached.store, folder), timeout=250)
    script.kill()
    script.communicate()
    assert eventually(lambda: launch(folder).wait(60), timeout=250)
    assert there(reached.store, folder) == here(folder)


def missing_bucket(environ: dict[str, str]) -> dict[str, str]:
    """A place that is not there."""
    return {**environ, "POLYAXON_ARTIFACTS_STORE": "s3://nowhere/runs"}


def wrong_secret(environ: dict[str, str]) -> dict[str, str]:
    """Credentials that are refused."""
    return {**environ, "AWS_SECRET_ACCESS_KEY": "wrong"}


def reader(environ: dict[str, str]) -> dict[str, str]:
    """Credentials that may read only."""
    return {**environ, "AWS_ACCESS_KEY_ID": "polyaxonreader"}


@pytest.mark.parametrize("cloud", ["seaweedfs"], indirect=True)
@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (missing_bucket, "no such bucket"),
        (wrong_secret, "the secret key is wrong"),
        (reader, "access denied: these credentials may not do that"),
    ],
)
def test_what_keeps_a_store_from_taking_is_told_once_and_mended_by_sync(
    scripts: Scripts, reached: Reached, spoil: Callable[[dict[str, str]], dict[str, str]], why: str
) -> None:
    ended = scripts.run(LOGGING, **spoil(reached.environ))
    folder = scripts.the_run()
    assert ended.code == 0, ended.err
    eventually(lambda: not sidecars_of(str(folder.path)))
    told = [problem for problem in read_run(folder).problems if why in problem]
    assert len(told) == 1
    assert launch(folder).wait(120)
    assert there(reached.store, folder) == here(folder)


@pytest.mark.parametrize("cloud", ["seaweedfs"], indirect=True)
def test_a_full_store_is_told_once_and_gets_the_rest_by_sync(
    scripts: Scripts, proxy: FaultyProxy, reached: Reached
) -> None:
    proxy.refuses = 507
    ended = scripts.run(LOGGING, **reached.environ)
    folder = scripts.the_run()
    assert ended.code == 0, ended.err
    eventually(lambda: not sidecars_of(str(folder.path)))
    assert len([problem for problem in read_run(folder).problems if "the store is full" in problem]) == 1
    proxy.refuses = 0
    assert launch(folder).wait(120)
    assert there(reached.store, folder) == here(folder)
