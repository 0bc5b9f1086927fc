from pathlib import Path
from socket import create_server
from threading import Event

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Connection, read
from polyaxon_sdk.runner.inits.git import GitStep
from polyaxon_sdk.runner.inits.repository import Access, access_of, repository_name
from polyaxon_sdk.runner.inits.step import StepError, Work
from tests.runner.inits.conftest import git
from tests.runner.inits.git_server import git_server

WORK = Work(given_up=Event(), say=lambda line: None, note=lambda kind, **fields: None)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://github.com/polyaxon/polyaxon-quick-start", "polyaxon-quick-start"),
        ("https://github.com/acme/train.git/", "train"),
        ("git@github.com:acme/train.git", "train"),
        ("/src/train", "train"),
    ],
)
def test_a_clone_is_called_as_its_repository(url: str, name: str) -> None:
    assert repository_name(url) == name


@pytest.mark.parametrize("url", ["", "--upload-pack=rm", "https://github.com/..", "/", "/src/a%20b"])
def test_a_url_without_a_name_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="names no repository"):
        repository_name(url)


def test_credentials_come_from_the_env_of_a_connection() -> None:
    env = [{"name": "POLYAXON_GIT_CREDENTIALS", "value": "me:secret"}, {"name": "A", "value": "b"}]
    connection = read(V1Connection, {"name": "code", "kind": "git", "schema": {}, "env": env})
    assert access_of(connection, {}) == Access(environment={"A": "b"}, credentials="me:secret")


def test_credentials_come_from_the_secret_of_a_connection(tmp_path: Path) -> None:
    (tmp_path / "POLYAXON_GIT_CREDENTIALS").write_text("me:secret\n")
    secret = {"name": "git", "mountPath": str(tmp_path)}
    connection = read(V1Connection, {"name": "code", "kind": "git", "schema": {}, "secret": secret})
    assert access_of(connection, {}).credentials == "me:secret"


def test_credentials_are_not_shown() -> None:
    assert "secret" not in repr(Access(credentials="me:secret"))


@pytest.mark.system
def test_a_private_repository_is_cloned_over_http(repository: Path, tmp_path: Path) -> None:
    with git_server(repository.parent, "me:secret") as url:
        step = GitStep(url=f"{url}/train", target=tmp_path / "train", access=Access(credentials="me:secret"))
        step.carry_out(WORK)
    assert (tmp_path / "train" / "train.txt").read_text() == "second"
    assert "secret" not in git(tmp_path / "train", "config", "--list")


@pytest.mark.system
def test_a_private_repository_without_credentials_is_refused(repository: Path, tmp_path: Path) -> None:
    with git_server(repository.parent, "me:secret") as url:
        step = GitStep(url=f"{url}/train", target=tmp_path / "train")
        with pytest.raises(StepError, match="could not read Username"):
            step.carry_out(WORK)
    assert not (tmp_path / "train").exists()


@pytest.mark.system
def test_a_clone_that_nobody_wants_any_more_ends(tmp_path: Path) -> None:
    given_up = Event()
    given_up.set()
    with create_server(("127.0.0.1", 0)) as silent:
        step = GitStep(url=f"http://127.0.0.1:{silent.getsockname()[1]}/train", target=tmp_path / "train")
        with pytest.raises(StepError, match="given up"):
            step.carry_out(WORK._replace(given_up=given_up))
