import os
import socket
from pathlib import Path

import pytest

from polyaxon_sdk.client.gathering import Gathered, gathered


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with two files."""
    (tmp_path / "data" / "deep").mkdir(parents=True)
    (tmp_path / "data" / "a.txt").write_text("a")
    (tmp_path / "data" / "deep" / "b.txt").write_text("b")
    return tmp_path / "data"


def names(found: Gathered) -> list[str]:
    return [str(relative) for _, relative in found.files]


def test_files_of_a_folder_keep_their_paths_in_it(data: Path) -> None:
    assert names(gathered([data])) == ["data/a.txt", "data/deep/b.txt"]


def test_a_file_is_itself(data: Path) -> None:
    assert gathered([data / "a.txt"]).files == [(data / "a.txt", Path("a.txt"))]


def test_this_folder_has_its_name(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data)
    assert names(gathered([Path()])) == ["data/a.txt", "data/deep/b.txt"]


def test_links_stand_for_what_they_lead_to(data: Path, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "c.txt").write_text("c")
    (data / "file").symlink_to("a.txt")
    (data / "folder").symlink_to(tmp_path / "far")
    found = gathered([data])
    assert names(found) == ["data/a.txt", "data/deep/b.txt", "data/file", "data/folder/c.txt"]
    assert [source.is_symlink() for source, _ in found.files] == [False] * 4


def test_what_is_no_file_is_left_out_with_a_line(data: Path) -> None:
    os.mkfifo(data / "fifo")
    (data / "gone").symlink_to("nowhere")
    (data / "itself").symlink_to("itself")
    (data / "deep" / "round").symlink_to(data)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(data / "s"))
        found = gathered([data])
    assert names(found) == ["data/a.txt", "data/deep/b.txt"]
    assert [line.removeprefix(f"{data}/") for line in found.left_out] == [
        "deep/round: a link to a folder that it lies in",
        "fifo: neither a file nor a folder",
        "gone: a link that leads nowhere",
        "itself: a link that leads nowhere",
        "s: neither a file nor a folder",
    ]


def test_a_folder_that_is_linked_twice_is_taken_twice(data: Path) -> None:
    (data / "twin").symlink_to("deep")
    assert names(gathered([data])) == ["data/a.txt", "data/deep/b.txt", "data/twin/b.txt"]
