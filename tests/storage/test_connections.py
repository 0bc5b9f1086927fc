import json
from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Connection
from polyaxon_sdk.settings import load
from polyaxon_sdk.storage.connections import connection, connections, store_url
from polyaxon_sdk.storage.store import open_store

CATALOG = [
    {"name": "team", "kind": "host_path", "schema": {"hostPath": "/mnt/my team", "mountPath": "/mnt"}},
    {"name": "claim", "kind": "volume_claim", "schema": {"volumeClaim": "data", "mountPath": "/data"}},
    {"name": "models", "kind": "s3", "schema": {"bucket": "s3://models/team"}},
    {"name": "bare", "kind": "gcs", "schema": {"bucket": "models"}},
    {"name": "blobs", "kind": "wasb", "schema": {"bucket": "wasbs://models@me.blob.core.windows.net/x"}},
    {"name": "code", "kind": "git", "schema": {"url": "https://host/org/code"}},
    {"name": "wrong", "kind": "s3", "schema": {"bucket": "gs://models"}},
]


@pytest.fixture
def known(home: Path, monkeypatch: pytest.MonkeyPatch) -> list[V1Connection]:
    """What the environment's catalog says."""
    monkeypatch.setenv("POLYAXON_CONNECTIONS_CATALOG", json.dumps({"connections": CATALOG}))
    return connections(load())


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("team", "file:///mnt/my%20team"),
        ("claim", "file:///data"),
        ("models", "s3://models/team"),
        ("bare", "gs://models"),
        ("blobs", "wasbs://models@me.blob.core.windows.net/x"),
        ("s3://other", "s3://other"),
        ("/mnt", "/mnt"),
    ],
)
def test_a_connection_is_a_store_where_its_schema_says(
    known: list[V1Connection], name: str, url: str
) -> None:
    assert store_url(name, known) == url


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("code", "connection 'code' is no store, expected host_path"),
        ("wrong", "connection wrong: schema.bucket: bucket 'gs://models' is none of s3, expected s3://"),
        ("modles", "unknown connection 'modles', .* did you mean 'models'"),
    ],
)
def test_what_is_no_store_is_refused(known: list[V1Connection], name: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        store_url(name, known)


def test_a_store_opens_by_the_name_of_its_connection(known: list[V1Connection]) -> None:
    assert open_store("models").url == "s3://models/team"
    assert open_store("team").local("a") == Path("/mnt/my team/a")


def test_the_home_s_configuration_may_list_connections(home: Path) -> None:
    home.mkdir()
    (home / "config.yaml").write_text(
        "connections:\n- name: models\n  kind: s3\n  schema: {bucket: 's3://models'}\n"
    )
    assert store_url(connection("models", connections(load()))) == "s3://models"


def test_the_environment_goes_before_the_configuration(known: list[V1Connection], home: Path) -> None:
    home.mkdir()
    (home / "config.yaml").write_text(
        "connections: [{name: models, kind: s3, schema: {bucket: 's3://mine'}}]"
    )
    assert store_url("models", connections(load())) == "s3://models/team"


@pytest.mark.parametrize(
    "text", ["{", "3", '{"connections": 3}', '[{"kind": "s3"}]', '[{"name": "a", "kind": "b"}]']
)
def test_what_is_no_list_of_connections_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="POLYAXON_CONNECTIONS_CATALOG"):
        connections(load({"POLYAXON_CONNECTIONS_CATALOG": text}))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": "b", "kind": "s3", "readOnly": True}, r"connections\[1\] \(b\): "),
        ({"name": "b", "kind": "weird"}, r"connections\[1\] \(b\): kind: 'weird'"),
        ({"kind": "s3"}, r"connections\[1\]: name: missing"),
    ],
)
def test_of_many_connections_the_wrong_one_is_named(wrong: dict[str, object], told: str) -> None:
    text = json.dumps([CATALOG[0], wrong])
    with pytest.raises(InputError, match=told):
        connections(load({"POLYAXON_CONNECTIONS_CATALOG": text}))


def test_no_connections_are_none() -> None:
    assert connections(load({"POLYAXON_HOME": "/nowhere"})) == []
