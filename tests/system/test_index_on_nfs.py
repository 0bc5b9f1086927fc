"""The list of runs of a home on a real NFS server, and of a person whose cache lies there too."""

from pathlib import Path
from secrets import token_hex

import pytest

from polyaxon_sdk.index.page import list_page
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.settings import Settings, load
from tests.clouds.fixtures import mounted_nfs

__all__ = ["mounted_nfs"]

pytestmark = pytest.mark.system


@pytest.fixture(params=["local cache", "cache on NFS"])
def settings(request: pytest.FixtureRequest, mounted_nfs: Path, tmp_path: Path) -> Settings:
    """Those of a person whose home is on NFS."""
    place = mounted_nfs / token_hex(4)
    cache = tmp_path / "cache" if request.param == "local cache" else place / "cache"
    return load({"POLYAXON_HOME": str(place / "home"), "POLYAXON_CACHE": str(cache)})


def say(settings: Settings, name: str, uuid: str = "") -> RunFolder:
    """Add a run, or give one another name."""
    folder = RunFolder(settings.runs / (uuid or new_uuid()))
    folder.record.mkdir(parents=True, exist_ok=True)
    writer = RecordWriter(folder)
    writer.append("created", name=name)
    writer.append("status", status="succeeded")
    writer.close()
    return folder


def names(settings: Settings) -> list[str | None]:
    return [row.name for row in list_page(settings, Question("status:succeeded", sort="name")).rows]


def test_runs_that_come_and_change_on_nfs_are_found(settings: Settings) -> None:
    say(settings, "first")
    assert names(settings) == ["first"]
    say(settings, "second")
    say(settings, "third")
    assert names(settings) == ["first", "second", "third"]


def test_the_index_of_a_home_on_nfs_is_not_in_it(settings: Settings) -> None:
    say(settings, "first")
    assert names(settings) == ["first"]
    assert not list(settings.home.glob("index*"))
