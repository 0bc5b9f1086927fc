"""What a store in a cloud does where the cloud doesn't: servers that freeze, and connections that nobody takes."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from polyaxon_sdk.storage.bucket import Bucket
from polyaxon_sdk.storage.object_store import ObjectStore
from polyaxon_sdk.storage.retry import PassingStoreError, Retry
from polyaxon_sdk.storage.transfer import wait
from tests.clouds.kinds import aws
from tests.required import required
from tests.servers import hang, misbehaving

pytestmark = pytest.mark.system

OpenAt = Callable[[int, pytest.MonkeyPatch, Retry], ObjectStore]
HASTY = Retry(attempts=2, first=0.01, patience=0.5)
PATIENT = Retry(attempts=2, first=0.01, patience=60.0)


@pytest.fixture
def frozen() -> Iterator[int]:
    """The port of a server that takes connections and requests, and says nothing."""
    with misbehaving(hang) as url:
        yield int(url.rpartition(":")[2].partition("/")[0])


def s3_at(port: int, monkeypatch: pytest.MonkeyPatch, retry: Retry) -> ObjectStore:
    """A store there."""
    required("s3fs")
    for name, value in aws(port).items():
        monkeypatch.setenv(name, value)

    async def connect() -> Bucket:
        from polyaxon_sdk.storage import s3

        return await s3.connect("bucket")

    return ObjectStore("s3://bucket", "", connect, appends_from=0, retry=retry)


def gcs_at(port: int, _monkeypatch: pytest.MonkeyPatch, retry: Retry) -> ObjectStore:
    """A store there."""
    required("gcsfs")

    async def connect() -> Bucket:
        from polyaxon_sdk.storage import gcs

        return await gcs.connect("bucket", f"http://127.0.0.1:{port}")

    return ObjectStore("gs://bucket", "", connect, appends_from=0, retry=retry)


@pytest.mark.parametrize("open_at", [s3_at, gcs_at])
def test_a_server_that_froze_is_given_up_by_a_deadline_of_our_own(
    open_at: OpenAt,
    frozen: int,
    source: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = open_at(frozen, monkeypatch, HASTY)
    with pytest.raises(PassingStoreError, match="a: no answer"):
        wait(store.put_file(str(source), "a"), within=250)


@pytest.mark.parametrize("open_at", [s3_at, gcs_at])
def test_a_server_that_is_not_there_is_told(
    open_at: OpenAt, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    store = open_at(port, monkeypatch, PATIENT)
    with pytest.raises(PassingStoreError, match=f"127.0.0.1:{port}"):
        wait(store.put_file(str(source), "a"), within=250)


def test_a_listing_that_fails_tells_of_the_store_not_of_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    store = s3_at(port, monkeypatch, PATIENT)
    with pytest.raises(
        PassingStoreError, match=r"^store s3://bucket: could not connect to http://127.0.0.1:"
    ):
        wait(store.list("0f/journal"), within=250)
