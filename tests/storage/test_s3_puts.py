"""Small objects are put as botocore would put them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.storage.store import Store, open_store
from polyaxon_sdk.storage.transfer import Put, put_many, wait
from tests.clouds.fixtures import cloud_of
from tests.clouds.kinds import Cloud
from tests.polling import eventually

__all__ = ["cloud_of"]

pytestmark = pytest.mark.system  # botocore takes half a second to load
ODD = ["plain.bin", "a b.bin", "a+b=c&d.bin", "größe/%41.bin", "~tilde!*'().bin", "{a}[b]#c?d.bin"]
SIGNED = (
    "x-amz-date",
    "authorization",
    "content-md5",
    "x-amz-content-sha256",
    "x-amz-security-token",
    "host",
)


class Recorder(ThreadingHTTPServer):
    """A service that takes every put, and remembers how it was asked; with `refuses`, none."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Recording)
        self.asked: list[dict[str, str]] = []
        self.refuses = b""


class Recording(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Recorder

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append({"path": self.path, **headers})
        refused = self.server.refuses
        self.send_response(403 if refused else 200)
        self.send_header("ETag", '"opaque"')
        self.send_header("Content-Length", str(len(refused)))
        self.end_headers()
        self.wfile.write(refused)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as the class calls it
        """Say nothing."""


@contextmanager
def serving() -> Iterator[Recorder]:
    with Recorder() as recorder:
        Thread(target=recorder.serve_forever, daemon=True).start()
        yield recorder
        recorder.shutdown()


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorder]:
    """A service that the environment leads to, with credentials of a role."""
    with serving() as recorder:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        monkeypatch.setenv("AWS_SESSION_TOKEN", "token/of+a==role")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{recorder.server_port}")
        yield recorder


def put_twice(store: Store, recorder: Recorder) -> list[list[str]]:
    """What is signed of a put of botocore's, and of the same one made here."""
    wait(store.close())
    recorder.asked.clear()
    for _ in range(2):
        wait(store.put_bytes(b"hello", "größe/a b+c.bin"))
    return [[each["path"], *(each[name] for name in SIGNED)] for each in recorder.asked]


def in_one_second(store: Store, recorder: Recorder) -> list[list[str]]:
    """The same, of puts that are signed with one time; else nothing."""
    two = put_twice(store, recorder)
    return two if two[0][1] == two[1][1] else []


def test_a_put_is_signed_as_botocore_signs_it(recorder: Recorder) -> None:
    store = open_store("s3://bucket/prefix")
    theirs, ours = eventually(lambda: in_one_second(store, recorder))
    assert ours == theirs


def test_the_second_put_is_not_botocores(recorder: Recorder) -> None:
    put_twice(open_store("s3://bucket/prefix"), recorder)
    assert ["Botocore" in each.get("user-agent", "") for each in recorder.asked] == [True, False]


def test_what_is_refused_is_asked_again_by_botocore_and_told_in_its_words(recorder: Recorder) -> None:
    store = open_store("s3://bucket/prefix")
    wait(store.put_bytes(b"hello", "a"))
    recorder.refuses = b"<Error><Code>AccessDenied</Code></Error>"
    with pytest.raises(StoreError, match="access denied: these credentials may not do that"):
        wait(store.put_bytes(b"hello", "b"))
    recorder.refuses = b""
    wait(store.put_bytes(b"hello", "c"))
    assert ["Botocore" in each.get("user-agent", "") for each in recorder.asked] == [True, False, True, True]


@pytest.fixture
def cloud(cloud_of: Callable[[str], Cloud]) -> Cloud:
    """An S3 that checks signatures."""
    return cloud_of("seaweedfs")


def test_odd_names_and_many_at_once_arrive(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store = cloud.open(monkeypatch)
    path = tmp_path / "some.bin"
    path.write_bytes(bytes(range(256)) * 40)
    puts = [Put(str(path), f"{number}/{name}") for number in range(20) for name in ODD]
    assert {outcome.state for outcome in put_many(store, puts)} == {"stored"}
    assert [each.key for each in wait(store.list())] == sorted(put.key for put in puts)
    assert wait(store.get_bytes(f"7/{ODD[3]}")) == path.read_bytes()
