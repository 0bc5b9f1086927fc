from pathlib import Path

import pytest

from polyaxon_sdk.sidecar.captures import Captures


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """Where two runs keep the same thing."""
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    return first / "changes.diff", second / "changes.diff"


def test_the_same_folder_is_captured_once(tmp_path: Path) -> None:
    captures = Captures()
    assert captures.environment() is captures.environment()
    assert captures.code(str(tmp_path), "") is captures.code(str(tmp_path), "")


def test_the_same_text_is_on_the_disk_once(places: tuple[Path, Path]) -> None:
    captures = Captures()
    for place in places:
        captures.write(place, "+ epochs = 2\n")
    assert [place.read_text() for place in places] == ["+ epochs = 2\n"] * 2
    assert places[0].samefile(places[1])


def test_another_text_is_a_file_of_its_own(places: tuple[Path, Path]) -> None:
    captures = Captures()
    captures.write(places[0], "+ epochs = 2\n")
    captures.write(places[1], "+ epochs = 3\n")
    assert places[1].read_text() == "+ epochs = 3\n"


def test_a_text_whose_first_file_is_gone_is_written_again(places: tuple[Path, Path]) -> None:
    captures = Captures()
    captures.write(places[0], "+ epochs = 2\n")
    places[0].unlink()
    captures.write(places[1], "+ epochs = 2\n")
    assert places[1].read_text() == "+ epochs = 2\n"
