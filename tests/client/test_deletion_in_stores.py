"""Runs deleted in a store, as others who read it see it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.client.deletion import delete, doom
from polyaxon_sdk.index.mirrored import mirrored
from polyaxon_sdk.index.page import list_page
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.settings import load
from polyaxon_sdk.storage.store import open_store
from polyaxon_sdk.storage.transfer import wait
from tests.clouds.fixtures import SERVED, cloud_of
from tests.clouds.kinds import Cloud

__all__ = ["cloud_of"]


@pytest.fixture(params=["file", *SERVED])
def url(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    cloud_of: Callable[[str], Cloud],
) -> str:
    """A store, the configured one: a folder, and a place in each cloud."""
    place = f"file://{tmp_path}/store"
    if request.param == "file":
        (tmp_path / "store").mkdir()
    else:
        cloud = cloud_of(request.param)
        place = cloud.place()
        cloud.open(monkeypatch, place)
    monkeypatch.setenv("POLYAXON_ARTIFACTS_STORE", place)
    monkeypatch.setenv("POLYAXON_CACHE", str(tmp_path / "cache"))
    return place


def shipped(home: Path, url: str, name: str) -> RunFolder:
    """A finished run of the home whose record is in the store too."""
    folder = RunFolder(home / "runs" / new_uuid()).create()
    writer = RecordWriter(folder)
    writer.append("created", name=name)
    writer.append("status", status="succeeded")
    writer.close()
    store = open_store(url)
    for file in folder.record.iterdir():
        wait(store.put_file(str(file), f"{folder.uuid}/record/{file.name}"), within=None)
    return folder


def seen(url: str) -> list[str | None]:
    """The names of the runs that another reader of the store finds."""
    return [row.name for row in list_page(mirrored(load(), url), Question(sort="name")).rows]


def test_a_run_that_was_deleted_is_gone_for_those_who_saw_it_in_the_store(home: Path, url: str) -> None:
    doomed, _ = shipped(home, url, "doomed"), shipped(home, url, "kept")
    assert seen(url) == ["doomed", "kept"]
    delete(load(), *doom(load(), [doomed]))
    assert seen(url) == ["kept"]
