"""Components from Python files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import ModuleFailedError, load_object, read_module

TRAIN = """
from polyaxon_sdk.polyflow import V1Component, V1Job, V1Operation

class Decorated:
    def to_component(self):
        return V1Component(name="decorated", run=V1Job())

main = V1Component(name="train", run=V1Job())
operation = V1Operation(component=main, name="now")
decorated = Decorated()
number = 3
"""


@pytest.fixture
def train(tmp_path: Path) -> Path:
    path = tmp_path / "train_module.py"
    path.write_text(TRAIN)
    return path


@pytest.mark.parametrize(("target", "name"), [("", "train"), (":main", "train"), (":decorated", "decorated")])
def test_a_component_is_found_by_name(train: Path, target: str, name: str) -> None:
    component = read_module(f"{train}{target}").operation.component
    assert component is not None
    assert component.name == name


def test_an_operation_is_taken_as_it_is(train: Path) -> None:
    assert read_module(f"{train}:operation").operation.name == "now"


def test_a_file_may_import_its_neighbours(train: Path) -> None:
    (train.parent / "neighbour_of_train.py").write_text("value = 5")
    train.write_text("from neighbour_of_train import value")
    assert load_object(f"{train}:value") == 5


@pytest.mark.parametrize(
    ("target", "line"),
    [
        (":decorate", "no 'decorate' in it, did you mean 'decorated'?"),
        (":zzz", "no 'zzz' in it, it has main, operation, decorated"),
        (
            ":number",
            "int is not something to run, expected a decorated function, a V1Component or a V1Operation",
        ),
    ],
)
def test_a_wrong_name_is_told_in_one_line(train: Path, target: str, line: str) -> None:
    with pytest.raises(InputError, match=re.escape(line)):
        read_module(f"{train}{target}")


def test_a_file_that_raises_shows_its_own_traceback_only(train: Path) -> None:
    train.write_text("def fail():\n    raise ValueError('no')\nfail()\n")
    with pytest.raises(ModuleFailedError, match="it raises ValueError: no") as failed:
        read_module(str(train))
    assert "line 2, in fail" in failed.value.traceback
    assert "polyaxon_sdk" not in failed.value.traceback


def test_a_file_that_exits_is_an_error(train: Path) -> None:
    train.write_text("raise SystemExit(3)")
    with pytest.raises(ModuleFailedError, match="it raises SystemExit: 3"):
        read_module(str(train))


def test_a_syntax_error_is_told_with_its_line(train: Path) -> None:
    train.write_text("def (:\n")
    with pytest.raises(ModuleFailedError, match="it raises SyntaxError") as failed:
        read_module(str(train))
    assert "line 1" in failed.value.traceback
    assert "importlib" not in failed.value.traceback


def test_an_absent_file_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_module(str(tmp_path / "no.py"))
