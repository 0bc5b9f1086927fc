"""Functions of files that belong to a package."""

from pathlib import Path

import pytest

from tests.cli.conftest import Polyaxon

TRAIN = """
from polyaxon_sdk import component

from .data import N
from ..sizes import M


@component
def train() -> int:
    return N * M
"""


@pytest.fixture
def package(folder: Path) -> Path:
    """A folder below a package, with a function whose file has relative imports."""
    inner = folder / "digits" / "models"
    inner.mkdir(parents=True)
    (folder / "digits" / "__init__.py").touch()
    (folder / "digits" / "sizes.py").write_text("M = 2\n")
    (inner / "__init__.py").write_text("from .train import train\n")
    (inner / "data.py").write_text("N = 21\n")
    (inner / "train.py").write_text(TRAIN)
    return inner


@pytest.mark.usefixtures("package")
def test_a_file_of_a_package_may_import_relatively(polyaxon: Polyaxon) -> None:
    told = polyaxon("run", "-pm", "digits/models/train.py:train")
    assert (told.code, told.err) == (0, "")
    assert "  result  42\n" in told.out


def test_a_file_of_a_package_may_import_its_neighbours(polyaxon: Polyaxon, package: Path) -> None:
    (package / "train.py").write_text(TRAIN.replace("from .data", "from data"))
    assert polyaxon("check", "-pm", "digits/models/train.py:train").out == "valid: train\n"


def test_a_package_whose_name_is_taken_is_refused_in_one_line(polyaxon: Polyaxon, folder: Path) -> None:
    taken = folder / "json"
    taken.mkdir()
    (taken / "__init__.py").touch()
    (taken / "train.py").write_text("n = 1\n")
    told = polyaxon("check", "-pm", "json/train.py:n", PYTHONSAFEPATH="1")
    line = f"{taken / 'train.py'}: json.train is imported from elsewhere, expected a package of another name"
    assert (told.code, told.err.count("\n")) == (2, 1)
    assert told.err.startswith(f"Error: {line} than 'json'")


@pytest.mark.usefixtures("package")
def test_a_module_that_is_named_as_one_is_asked_for_as_a_file(polyaxon: Polyaxon) -> None:
    told = polyaxon("check", "-pm", "digits.models.train:train")
    assert told.err == "Error: digits.models.train:train: no such file, expected file.py:name\n"
