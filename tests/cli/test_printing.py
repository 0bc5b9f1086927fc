from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from tests.cli.conftest import Polyaxon


def _run_called(home: Path, name: str) -> None:
    writer = RecordWriter(RunFolder(home / "runs" / ("ab" * 16)).create())
    writer.append("created", name=name)
    writer.close()


def test_names_of_any_script_are_printed(polyaxon: Polyaxon, home: Path) -> None:
    _run_called(home, "训练-größe")
    assert "训练-größe" in polyaxon("ops", "ls").out


@pytest.mark.parametrize("words", [("ls",), ("get",), ("lineage",)])
def test_a_name_cannot_command_the_terminal(polyaxon: Polyaxon, home: Path, words: tuple[str, ...]) -> None:
    _run_called(home, "a\x1b[31m\nb")
    told = polyaxon("ops", *words)
    assert (told.code, "a\\x1b[31m\\nb" in told.out) == (0, True)


def test_a_terminal_that_lacks_a_character_shows_its_code(polyaxon: Polyaxon, home: Path) -> None:
    _run_called(home, "größe")
    told = polyaxon("ops", "get", PYTHONIOENCODING="ascii")
    assert (told.code, "gr\\xf6\\xdfe" in told.out) == (0, True)


def test_a_lone_surrogate_is_printed_as_its_code(polyaxon: Polyaxon, home: Path) -> None:
    _run_called(home, "a\udcffb")
    told = polyaxon("ops", "get", "-o", "json")
    assert (told.code, "a\\udcffb" in told.out) == (0, True)
