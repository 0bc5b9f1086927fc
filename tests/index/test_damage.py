"""What becomes of the file that keeps the index."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.index.database import open_server, writing
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.store import Index
from polyaxon_sdk.index.tables import about
from tests.index.conftest import AddRun


def list_once(home: Path) -> list[str | None]:
    """The names of the runs, by an index of its own."""
    with Index(home, home / "cache") as index:
        return [row.name for row in index.list().rows]


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.unlink(),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(b"no database at all, and long enough to be looked at" * 40),
        lambda file: os.truncate(file, file.stat().st_size // 2),
    ],
    ids=["deleted", "empty", "garbage", "truncated"],
)
def test_a_damaged_index_is_made_anew(add_run: AddRun, home: Path, damage: Callable[[Path], None]) -> None:
    add_run("kept")
    list_once(home)
    damage(home / "index.db")
    assert list_once(home) == ["kept"]


def test_a_page_damaged_under_an_open_index_is_mended(add_run: AddRun, home: Path) -> None:
    add_run("kept")
    list_once(home)
    data = bytearray((home / "index.db").read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    (home / "index.db").write_bytes(data)
    assert list_once(home) == ["kept"]


def test_an_index_of_another_version_is_made_anew(add_run: AddRun, home: Path) -> None:
    add_run("kept")
    list_once(home)
    with sqlite3.connect(home / "index.db") as database:
        database.execute("update about set value = '0' where key = 'version'")
        database.execute("drop table entries")
    database.close()
    assert list_once(home) == ["kept"]


@pytest.mark.system
def test_a_server_with_an_index_of_a_later_version_is_left_alone(home: Path, postgresql: str) -> None:
    Index(home, home / "cache", postgresql).close()
    engine = open_server(postgresql)
    with writing(engine) as connection:
        connection.execute(update(about).values(value="999"))
    engine.dispose()
    with pytest.raises(PolyaxonError, match=r"an index of version 999, which is later than \d+: upgrade"):
        Index(home, home / "cache", postgresql)


@pytest.mark.system
def test_a_home_on_a_disk_that_can_only_be_read_is_listed(
    small_disk: Path, add_run: AddRun, home: Path, tmp_path: Path
) -> None:
    add_run("kept")
    on_disk = shutil.copytree(home, small_disk / "home")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with Index(on_disk, tmp_path / "cache") as index:
        assert [row.name for row in index.list().rows] == ["kept"]


def test_where_nothing_can_be_written_the_index_is_made_in_memory(
    add_run: AddRun, home: Path, tmp_path: Path
) -> None:
    add_run("kept")
    (home / "index.db").mkdir()
    with Index(home, tmp_path / "cache") as index:
        assert [row.name for row in index.list().rows] == ["kept"]


def test_damage_of_a_home_is_named_however_much_is_damaged_elsewhere(add_run: AddRun, home: Path) -> None:
    run, _ = add_run("bad"), add_run("good")
    (run.path / "run.plx.json").write_bytes(b"{")
    list_once(home)
    with sqlite3.connect(home / "index.db") as database:
        database.executemany("insert into damages values (?, 'elsewhere')", [(n,) for n in range(100, 1100)])
    database.close()
    with Index(home, home / "cache") as index:
        assert index.list(Question("name:good")).damaged == ((run.uuid, "run.plx.json: it is no JSON"),)
