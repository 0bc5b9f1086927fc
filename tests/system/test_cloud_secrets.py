"""Credentials of clouds, right ones and wrong ones, are in no record, no log, no message and not in the store."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest

from polyaxon_sdk.storage.transfer import wait
from tests.clouds.fixtures import IS_FULL, cloud_of
from tests.clouds.kinds import Cloud
from tests.clouds.tokens import with_token
from tests.system.consoles import Consoles
from tests.system.planted import found_in

__all__ = ["cloud_of"]

TRAIN = """
import os
from polyaxon_sdk import tracking
with tracking.init(name="train") as run:
    run.log_env(content=dict(os.environ))
    run.log_inputs(**{"env_" + name: value for name, value in os.environ.items() if name.startswith(PREFIXES)})
    run.log_metrics(step=1, loss=0.5)
    print({name: value for name, value in os.environ.items() if name.startswith(PREFIXES)})
"""
PREFIXES = ("AWS", "AZURE", "GOOGLE", "POLYAXON_CONNECTIONS")
WRONG = "hT7kq2Wz0xYb4Nn8Rr6LsEe1UuPp3GgDd5JjKkVv"


class Planted(NamedTuple):
    """What is set for a run that is shipped, what for one whose credentials are wrong, and what nobody may find."""

    right: Mapping[str, str]
    wrong: Mapping[str, str]
    secrets: list[str]


Plant: TypeAlias = Callable[[Mapping[str, str], Path], Planted]
"""Plants credentials: from the variables that lead to a cloud, and with a folder for files."""


def aws_environment(found: Mapping[str, str], _folder: Path) -> Planted:
    """Keys in the environment."""
    return Planted(found, {**found, "AWS_SECRET_ACCESS_KEY": WRONG}, [found["AWS_SECRET_ACCESS_KEY"]])


def aws_profile(found: Mapping[str, str], folder: Path) -> Planted:
    """Keys in a file of profiles."""
    kept = dict(found)
    secret, key = kept.pop("AWS_SECRET_ACCESS_KEY"), kept.pop("AWS_ACCESS_KEY_ID")
    profile = f"[team]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\n"
    (folder / "credentials").write_text(profile)
    right = {**kept, "AWS_SHARED_CREDENTIALS_FILE": str(folder / "credentials"), "AWS_PROFILE": "team"}
    return Planted(right, {**kept, "AWS_SECRET_ACCESS_KEY": WRONG, "AWS_ACCESS_KEY_ID": key}, [secret])


def aws_connection(found: Mapping[str, str], _folder: Path) -> Planted:
    """Keys in a connection."""
    wrong = {**found, "AWS_SECRET_ACCESS_KEY": WRONG}
    return Planted(_connected(found), _connected(wrong), [found["AWS_SECRET_ACCESS_KEY"]])


def _connected(variables: Mapping[str, str]) -> dict[str, str]:
    env = [{"name": name, "value": value} for name, value in variables.items()]
    found = [{"name": "team", "kind": "s3", "schema": {"bucket": "BUCKET"}, "env": env}]
    return {"POLYAXON_CONNECTIONS_CATALOG": json.dumps(found), "POLYAXON_ARTIFACTS_STORE": "team"}


def google_key(found: Mapping[str, str], folder: Path) -> Planted:
    """A key of a service account, which is damaged; an emulator asks for none."""
    key = f"-----BEGIN PRIVATE KEY-----\n{WRONG}\n-----END PRIVATE KEY-----\n"
    words = {
        "type": "service_account",
        "private_key": key,
        "private_key_id": "1",
        "client_email": "me@example.org",
    }
    (folder / "key.json").write_text(json.dumps({**words, "token_uri": "http://127.0.0.1:1/token"}))
    named = {"GOOGLE_APPLICATION_CREDENTIALS": str(folder / "key.json")}
    return Planted({**found, **named}, named, [])


def azure_key(found: Mapping[str, str], _folder: Path) -> Planted:
    """A connection string with an account's key."""
    (name,), (text,) = found.keys(), found.values()
    key = text.partition("AccountKey=")[2].partition(";")[0]
    return Planted(found, {name: text.replace(key, f"{WRONG}{WRONG}")}, [key])


def azure_token(found: Mapping[str, str], _folder: Path) -> Planted:
    """A connection string with a shared access signature."""
    (name,) = found
    text = with_token(found, write=True)
    signature = re.search("sig=([^&;]+)", text)
    assert signature is not None
    return Planted({name: text}, {name: text.replace(signature[1], WRONG)}, [signature[1]])


@pytest.mark.parametrize(
    ("server", "plant"),
    [
        ("seaweedfs", aws_profile),
        ("seaweedfs", aws_connection),
        ("fake-gcs", google_key),
        ("azurite", azure_token),
        *([("seaweedfs", aws_environment), ("azurite", azure_key)] if IS_FULL else []),
    ],
)
def test_credentials_of_a_cloud_are_in_no_record_no_log_no_message_and_not_in_the_store(
    cloud_of: Callable[[str], Cloud],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    server: str,
    plant: Plant,
) -> None:
    cloud, consoles, keys = cloud_of(server), Consoles(tmp_path / "home"), tmp_path / "keys"
    keys.mkdir()
    store, planted = cloud.open(monkeypatch), plant(cloud.environ, keys)
    base = {name: value for name, value in consoles.environment.items() if not name.startswith(PREFIXES)}
    base = {name: value for name, value in base.items() if name != "STORAGE_EMULATOR_HOST"}
    right, wrong = (
        {**base, "POLYAXON_ARTIFACTS_STORE": store.url, **variables}
        for variables in (planted.right, planted.wrong)
    )
    for each in (right, wrong):
        each.update({name: value.replace("BUCKET", store.url) for name, value in each.items()})
    text, said = f"PREFIXES = {PREFIXES!r}\n{TRAIN}", list[str]()
    for words, variables in (
        (["-c", text], wrong),
        (["-m", "polyaxon_sdk", "connections", "check", wrong["POLYAXON_ARTIFACTS_STORE"]], wrong),
        (["-c", text], right),
        (["-m", "polyaxon_sdk", "sync"], right),
    ):
        done = subprocess.run(
            [sys.executable, *words],
            cwd=keys,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        said += [done.stderr, done.stdout if words[0] == "-m" else ""]
    assert done.returncode == 0, said
    found = [each.key for each in wait(store.list())]
    assert len([key for key in found if key.endswith("/run.plx.json")]) == 2, said
    shipped = [wait(store.get_bytes(key)) for key in found]
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "all").write_bytes(b"\n".join([*shipped, *(line.encode() for line in said)]))
    texts = ["train", WRONG, *planted.secrets]
    assert found_in(tmp_path / "there", texts) == {"train"}
    assert found_in(tmp_path / "home", texts) == {"train"}
