import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.polyflow import V1Connection, read
from polyaxon_sdk.storage.reaching import variables_of
from polyaxon_sdk.storage.store import open_store
from polyaxon_sdk.storage.transfer import wait
from tests.clouds.fixtures import cloud_of
from tests.clouds.kinds import Cloud

__all__ = ["cloud_of"]


def bucket(kind: str = "s3", **rest: object) -> V1Connection:
    """A connection of a bucket."""
    return read(V1Connection, {"name": "models", "kind": kind, "schema": {"bucket": "polyaxon"}, **rest})


def env(variables: Mapping[str, str]) -> list[dict[str, str]]:
    """The `env` of a connection."""
    return [{"name": name, "value": value} for name, value in variables.items()]


def mounted(folder: Path, **rest: object) -> dict[str, object]:
    """A secret that is mounted there."""
    return {"name": "keys", "mountPath": str(folder), **rest}


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A folder as a cluster mounts a secret: each key a file."""
    for name, text in {"AWS_ACCESS_KEY_ID": "me\n", "AWS_REGION": "eu", "notes.txt": "x"}.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_the_files_of_a_secret_are_variables(secret: Path) -> None:
    found = variables_of(bucket(secret=mounted(secret)))
    assert found == {"AWS_ACCESS_KEY_ID": "me", "AWS_DEFAULT_REGION": "eu"}


def test_the_items_of_a_secret_are_those_that_are_taken(secret: Path) -> None:
    assert variables_of(bucket(secret=mounted(secret, items=["AWS_ACCESS_KEY_ID"]))) == {
        "AWS_ACCESS_KEY_ID": "me"
    }


def test_what_env_says_goes_before_the_secret(secret: Path) -> None:
    given = bucket(secret=mounted(secret), env=env({"AWS_ACCESS_KEY_ID": "you"}))
    assert variables_of(given)["AWS_ACCESS_KEY_ID"] == "you"


def test_the_key_file_of_google_is_named_by_its_path(tmp_path: Path) -> None:
    key = tmp_path / "gc-secret.json"
    key.write_text("{}")
    assert variables_of(bucket("gcs", secret=mounted(tmp_path))) == {
        "GOOGLE_APPLICATION_CREDENTIALS": str(key)
    }


def test_a_secret_that_is_not_mounted_is_what_the_environment_holds() -> None:
    assert variables_of(bucket(secret={"name": "keys"})) == {}


def test_a_secret_that_is_not_there_is_told() -> None:
    with pytest.raises(StoreError, match=r"connection 'models': keys: /no/such can't be read: No such file"):
        variables_of(bucket(secret=mounted(Path("/no/such"))))


@pytest.mark.parametrize(
    ("server", "kind"),
    [
        pytest.param(server, kind, marks=pytest.mark.system)
        for server, kind in (("seaweedfs", "s3"), ("fake-gcs", "gcs"), ("azurite", "wasb"))
    ],
)
@pytest.mark.parametrize("where", ["env", "secret"])
def test_a_connection_brings_what_its_bucket_is_reached_with(
    cloud_of: Callable[[str], Cloud], tmp_path: Path, server: str, kind: str, where: str
) -> None:
    variables = cloud_of(server).environ
    for name, value in variables.items():
        (tmp_path / name).write_text(value)
    brought = {"env": env(variables)} if where == "env" else {"secret": mounted(tmp_path)}
    wait(open_store(bucket(kind, **brought)).put_bytes(b"here", f"{where}/a"))
    assert wait(open_store(bucket(kind, **brought)).get_bytes(f"{where}/a")) == b"here"


@pytest.mark.system
def test_what_a_connection_brings_goes_before_the_environment(
    cloud_of: Callable[[str], Cloud], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"name": "models", "kind": "s3", "schema": {"bucket": "polyaxon"}}
    found = [{**given, "env": env(cloud_of("seaweedfs").environ)}]
    monkeypatch.setenv("POLYAXON_CONNECTIONS_CATALOG", json.dumps(found))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "another")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    wait(open_store("models").put_bytes(b"here", "named/a"))
    assert wait(open_store("models").list("named"))
