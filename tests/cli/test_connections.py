"""`polyaxon connections`: each kind of connection, and what is said of each that doesn't work."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.storage.known_store import KnownStore
from polyaxon_sdk.storage.store import open_store
from tests.cli.inside import Inside, polyaxon
from tests.clouds.fixtures import cloud_of
from tests.clouds.kinds import Cloud
from tests.runner.inits.conftest import repository

__all__ = ["cloud_of", "polyaxon", "repository"]


def known(kind: str, **schema: object) -> dict[str, str]:
    """The variables of a person with one connection `team`."""
    found = [{"name": "team", "kind": kind, "schema": schema}]
    return {"POLYAXON_CONNECTIONS_CATALOG": json.dumps(found)}


def test_each_connection_is_listed_with_its_place(polyaxon: Inside) -> None:
    assert "s3://models/x" in polyaxon("connections", "ls", **known("s3", bucket="s3://models/x")).out


def test_without_connections_nothing_is_listed(polyaxon: Inside) -> None:
    assert polyaxon("connections", "ls").out == "no connections are configured\n"


def test_a_folder_that_works_is_told(polyaxon: Inside, tmp_path: Path) -> None:
    place = known("host_path", hostPath=str(tmp_path), mountPath="/mnt")
    assert polyaxon("connections", "check", "team", **place) == (
        0,
        "team: put, get, list and delete work\n",
        "",
    )


def test_a_store_that_went_missing_with_its_mount_does_not_work(
    polyaxon: Inside, home: Path, tmp_path: Path
) -> None:
    home.mkdir(exist_ok=True)
    KnownStore(home, open_store(str(tmp_path / "team"))).remember()
    said = polyaxon("connections", "check", str(tmp_path / "team"))
    assert (said.code, "is it mounted?" in said.err, (tmp_path / "team").exists()) == (1, True, False)


def test_a_read_only_folder_is_only_listed(polyaxon: Inside, tmp_path: Path) -> None:
    place = known("volume_claim", volumeClaim="data", mountPath=str(tmp_path), readOnly=True)
    assert polyaxon("connections", "check", "team", **place).out.startswith("team: it is listed")
    assert not (tmp_path / "checks").exists()


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        (
            known("host_path", hostPath="/no/such/store", mountPath="/mnt"),
            "no folder /no/such/store (is it mounted? the first run makes a new one)",
        ),
        (
            known("volume_claim", volumeClaim="a", mountPath="/no/such", readOnly=True),
            "no folder /no/such (is it mounted?)",
        ),
        (
            {**known("gcs", bucket="gs://models"), "GOOGLE_APPLICATION_CREDENTIALS": "/no/key.json"},
            "GOOGLE_APPLICATION_CREDENTIALS names no file: /no/key.json",
        ),
        (
            {**known("wasb", bucket="abfs://models"), "AZURE_STORAGE_CONNECTION_STRING": "garbage"},
            "Connection string is either blank or malformed",
        ),
        (
            {**known("s3", bucket="models"), "AWS_PROFILE": "none"},
            "The config profile (none) could not be found",
        ),
        (known("git", url="/no/repository"), "'/no/repository' does not appear to be a git repository"),
    ],
    ids=["folder", "claim", "gcs", "azure", "s3", "git"],
)
@pytest.mark.system
def test_a_connection_that_does_not_work_is_told_in_one_line(
    polyaxon: Inside, variables: dict[str, str], told: str
) -> None:
    said = polyaxon("connections", "check", "team", **variables)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert said.err.startswith("team: ")
    assert told in said.err


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"AWS_SECRET_ACCESS_KEY": "wrong"}, "put: .*: the secret key is wrong"),
        ({"AWS_ACCESS_KEY_ID": "wrong"}, "put: .*: the access key is not known there"),
        (
            {"AWS_ACCESS_KEY_ID": "polyaxonreader"},
            "put: .*: access denied: these credentials may not do that",
        ),
    ],
    ids=["secret", "key", "reader"],
)
@pytest.mark.system
def test_credentials_that_are_wrong_are_told_in_one_line(
    polyaxon: Inside, cloud_of: Callable[[str], Cloud], given: dict[str, str], told: str
) -> None:
    cloud = cloud_of("seaweedfs")
    said = polyaxon("connections", "check", cloud.bucket, **{**cloud.environ, **given})
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert re.search(told, said.err)


@pytest.mark.system
def test_a_repository_that_can_be_read_is_told(polyaxon: Inside, repository: Path) -> None:
    said = polyaxon("connections", "check", "team", **known("git", url=str(repository)))
    assert said == (0, "team: its branches are listed\n", "")


def test_what_is_no_store_is_told(polyaxon: Inside) -> None:
    said = polyaxon("connections", "check", "team", **known("registry", url="registry:5000"))
    assert said.err == (
        "Error: kind: connection 'team' is no store, expected host_path, volume_claim, s3, gcs or wasb\n"
    )
