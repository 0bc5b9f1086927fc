"""Running a person's file as a module."""

from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.modules import load_object
from polyaxon_sdk.runs.script import import_file, imported_now

STARTS_A_RUN = """
from polyaxon_sdk import component

@component
def train(epochs: int = 1) -> int:
    return epochs

train.run()
"""


def test_a_file_is_imported_only_while_it_runs(tmp_path: Path) -> None:
    file = tmp_path / "seen_by_itself.py"
    file.write_text("from polyaxon_sdk.runs.script import imported_now\nseen = imported_now()\n")
    assert (import_file(file).seen, imported_now()) == (file, None)


def test_a_file_that_fails_is_not_imported_any_more(tmp_path: Path) -> None:
    file = tmp_path / "failing_file.py"
    file.write_text("1 / 0\n")
    with pytest.raises(ZeroDivisionError, match="division by zero"):
        import_file(file)
    assert imported_now() is None


def test_a_file_that_starts_its_own_run_when_imported_is_refused(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "starts_itself.py"
    file.write_text(STARTS_A_RUN)
    with pytest.raises(InputError, match=r"starts_itself\.py: a run is started while the file is imported"):
        load_object(f"{file}:train")
    assert not (home / "runs").exists()
