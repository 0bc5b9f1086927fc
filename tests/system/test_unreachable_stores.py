"""Stores that a person can't reach: what is told by the commands that are typed, and when it is over."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.storage.store import open_store
from polyaxon_sdk.storage.transfer import wait
from tests.clouds.fixtures import IS_FULL, cloud_of
from tests.clouds.kinds import Cloud, aws
from tests.clouds.proxy import Faults, FaultyProxy, faulty_proxy
from tests.polling import eventually
from tests.processes import sidecars_of
from tests.scripts import ROOT, Scripts
from tests.servers import hang, misbehaving
from tests.system.sides import here, there

__all__ = ["cloud_of"]

TRAINING = """
import os
from pathlib import Path
from polyaxon_sdk import tracking

tracking.init(track_code=False, track_env=False, collect_resources=False)
Path(tracking.get_outputs_path("model.bin")).write_bytes(os.urandom({size}))
tracking.log_metrics(loss=0.5, step=1)
tracking.end()
"""
LARGE = 100 << 20
SLOW = Faults(delay=1.0)
"""So that a large file is met in the middle: its parts go four at a time."""


class Answer(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


class Place(NamedTuple):
    """A store, and a home whose runs go there; a mistake in the variables keeps them from it."""

    scripts: Scripts
    home: Path
    cloud: Cloud
    url: str

    def variables(self, port: int = 0) -> dict[str, str]:
        """What leads there: past a proxy, where a port is given."""
        return {"POLYAXON_ARTIFACTS_STORE": self.url, **self.cloud.variables(port or self.cloud.server.port)}

    def begin(self, *words: str, **mistakes: str) -> subprocess.Popen[str]:
        """Begin a command."""
        known = {
            **os.environ,
            "HOME": str(self.home.parent),
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
        }
        return subprocess.Popen(
            [sys.executable, "-m", "polyaxon_sdk", *words],
            env={**known, **self.variables(), **mistakes},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def polyaxon(self, *words: str, **mistakes: str) -> Answer:
        """What a command answers."""
        process = self.begin(*words, **mistakes)
        out, err = process.communicate(timeout=300)
        return Answer(process.returncode, out, err)

    def train(self, mistakes: Mapping[str, str], *, size: int = 1000) -> RunFolder:
        """Run a script to its end."""
        ended = self.scripts.run(TRAINING.format(size=size), **{**self.variables(), **mistakes})
        assert ended.code == 0, ended.err
        return self.scripts.the_run()

    def has_all_of(self, folder: RunFolder) -> bool:
        """Whether both sides are the same."""
        store = open_store(self.url)
        try:
            return there(store, folder) == here(folder)
        finally:
            wait(store.close())

    def problems(self) -> list[str]:
        """What `ops get` tells of the run's problems."""
        told = self.polyaxon("ops", "get", "-uid", self.scripts.the_run().uuid).err
        return [line for line in told.splitlines() if line.startswith(("problem", "over since"))]


@pytest.fixture
def place(
    scripts: Scripts, home: Path, cloud_of: Callable[[str], Cloud], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    """A place in S3; no sidecar is left behind."""
    cloud = cloud_of("seaweedfs")
    for name, value in cloud.environ.items():
        monkeypatch.setenv(name, value)
    yield Place(scripts, home, cloud, cloud.place())
    for path in (home / "runs").iterdir():
        for pid in sidecars_of(str(path)):
            os.kill(pid, signal.SIGKILL)


@pytest.fixture
def frozen() -> Iterator[int]:
    """The port of a server that takes connections and requests, and says nothing."""
    with misbehaving(hang) as url:
        yield int(url.rpartition(":")[2].partition("/")[0])


@pytest.fixture
def proxy(place: Place) -> Iterator[FaultyProxy]:
    """A slow proxy before the store."""
    with faulty_proxy(place.cloud.server.port) as before:
        before.faults = SLOW
        yield before


def nobody() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


MISTAKES: list[tuple[Mapping[str, str], str]] = [(aws(nobody()), "could not connect to http://127.0.0.1:")]
FURTHER: list[tuple[Mapping[str, str], str]] = [
    ({"AWS_ACCESS_KEY_ID": "polyaxonreader"}, "access denied: these credentials may not do that"),
    ({"POLYAXON_ARTIFACTS_STORE": "s3://nowhere/runs"}, "no such bucket"),
    ({"AWS_SECRET_ACCESS_KEY": "wrong"}, "the secret key is wrong"),
]
"""With the long tests."""


@pytest.mark.parametrize(("mistakes", "why"), [*MISTAKES, *(FURTHER if IS_FULL else [])])
def test_a_person_is_told_once_what_is_wrong_and_a_sync_without_the_mistake_ends_it(
    place: Place, mistakes: Mapping[str, str], why: str
) -> None:
    folder = place.train(mistakes)
    eventually(lambda: read_run(folder).problems, 60)
    (told,) = place.problems()
    assert told.startswith("problem: store s3://")
    assert why in told
    synced = place.polyaxon("sync")
    assert (synced.code, synced.out) == (0, f"{folder.uuid[:12]}: finished\n1 run finished\n")
    (told,) = place.problems()
    assert told.startswith("over since ")
    assert place.has_all_of(folder)


@pytest.mark.skipif(not IS_FULL, reason="it waits for half a minute")
def test_a_server_that_says_nothing_is_told_within_a_minute(place: Place, frozen: int) -> None:
    folder = place.train(aws(frozen))
    eventually(lambda: read_run(folder).problems, 60)
    (told,) = place.problems()
    assert "no answer within 20 s" in told


def test_a_sync_to_a_server_that_says_nothing_tells_so_and_ends(place: Place, frozen: int) -> None:
    place.train(aws(nobody()))
    synced = place.polyaxon("sync", **aws(frozen))
    first, last = synced.err.splitlines()
    assert (synced.code, first) == (1, f"waiting for an answer of {place.url} …")
    assert "can't be reached" in last
    assert last.endswith("1 run left for the next `polyaxon sync`")


def lines_until(process: subprocess.Popen[str], word: str) -> list[str]:
    """What a command says on stderr, up to the line with that word in it."""
    assert process.stderr is not None
    lines = list[str]()
    for line in process.stderr:
        lines.append(line)
        if word in line:
            break
    return lines


def freeze(proxy: FaultyProxy) -> None:
    """Answer nothing any more."""
    proxy.is_frozen = True


def kill(proxy: FaultyProxy) -> None:
    """Reset every connection."""
    proxy.faults = Faults(resets=1.0)


@contextmanager
def in_the_middle(place: Place, proxy: FaultyProxy) -> Iterator[subprocess.Popen[str]]:
    """A sync that has told what is left, and has sent some parts of a large file."""
    with place.begin("sync", **aws(proxy.port)) as syncing:
        assert "outputs/model.bin" in lines_until(syncing, "files left")[-1]
        eventually(lambda: proxy.sent > 4 << 20, 60)
        yield syncing


def test_an_interrupt_ends_a_sync_whose_store_froze_and_what_goes_on_beside_it(
    place: Place, proxy: FaultyProxy
) -> None:
    folder = place.train(aws(nobody()), size=LARGE)
    with in_the_middle(place, proxy) as syncing:
        freeze(proxy)
        syncing.send_signal(signal.SIGINT)
        assert syncing.wait(60) == 130
    assert folder.handover.exists()


@pytest.mark.skipif(not IS_FULL, reason="it waits for a minute or two")
@pytest.mark.parametrize(("spoil", "why"), [(freeze, "no answer within 20 s"), (kill, "; store s3://")])
def test_a_sync_whose_store_fails_in_the_middle_ends_and_the_next_one_goes_on(
    place: Place, proxy: FaultyProxy, spoil: Callable[[FaultyProxy], None], why: str
) -> None:
    folder = place.train(aws(nobody()), size=LARGE)
    with in_the_middle(place, proxy) as syncing:
        spoil(proxy)
        told = lines_until(syncing, "something is left")[-1]
        assert (syncing.wait(60), why in told, "files left" in told) == (1, True, False), told
    eventually(lambda: not sidecars_of(str(folder.path)), 60)
    assert place.polyaxon("sync").code == 0
    assert place.has_all_of(folder)
