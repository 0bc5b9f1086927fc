"""Components of Python files that documents refer to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import Polyaxonfile, Resolver, read_files
from polyaxon_sdk.polyaxonfile.python_files import PythonFiles
from polyaxon_sdk.polyflow import V1Operation, write

TRAIN = """
from pathlib import Path
from polyaxon_sdk.polyflow import V1Component, V1Job, V1Operation

with Path(__file__).with_name("times").open("a") as times:
    times.write("run ")
main = V1Component(name="train", run=V1Job())
look = V1Component(name="look", run=V1Job())
again = V1Component(name="again", path_ref="circle.yml")
now = V1Operation(component=main)
number = 3
"""
FLOW = """
kind: component
run:
  kind: dag
  operations:
  - {name: a, pathRef: ../train_referred.py}
  - {name: b, pathRef: "../train_referred.py:look"}
  - {name: c, pathRef: "../train_referred.py:"}
"""


def read(tmp_path: Path, text: str, resolver: Resolver) -> Polyaxonfile:
    """What a file in a folder beside a Python file holds."""
    (tmp_path / "train_referred.py").write_text(TRAIN)
    (tmp_path / "fails_referred.py").write_text("raise ValueError('no data\\nat all')\n")
    (tmp_path / "ops").mkdir()
    (tmp_path / "ops" / "flow.yml").write_text(text)
    (tmp_path / "circle.yml").write_text("kind: component\npathRef: train_referred.py:again\n")
    return read_files([tmp_path / "ops" / "flow.yml"], resolver=resolver)


@pytest.fixture
def resolver() -> Resolver:
    return Resolver(python=PythonFiles().find)


def names(operation: V1Operation) -> list[object]:
    """Those of the components in a dag."""
    held: Any = write(operation)["component"]
    return [each["component"]["name"] for each in held["run"]["operations"]]


def test_nodes_take_components_by_file_and_name_or_main(tmp_path: Path, resolver: Resolver) -> None:
    assert names(read(tmp_path, FLOW, resolver).operation) == ["train", "look", "train"]


def test_a_file_is_run_once_however_many_refer_to_it(tmp_path: Path, resolver: Resolver) -> None:
    read(tmp_path, FLOW, resolver)
    assert (tmp_path / "times").read_text() == "run "


@pytest.mark.parametrize(
    ("reference", "line"),
    [
        ("train_referred.py:loook", "train_referred.py: no 'loook' in it, did you mean 'look'?"),
        ("train_referred.py:number", "train_referred.py:number: int is not something to run, expected"),
        ("train_referred.py:now", "train_referred.py:now is an operation, expected a component"),
        ("train_referred.py:again", "files refer to each other in a circle: "),
        ("fails_referred.py", "fails_referred.py: it raises ValueError: no data"),
        ("absent.py:train", "no such file: "),
    ],
)
def test_what_is_wrong_is_told_in_one_line(
    tmp_path: Path, resolver: Resolver, reference: str, line: str
) -> None:
    with pytest.raises(InputError, match=rf"pathRef: [^\n]*{re.escape(line)}") as raised:
        read(tmp_path, f"kind: operation\npathRef: ../{reference}\n", resolver)
    assert "\n" not in str(raised.value)


def test_no_python_is_run_where_nobody_asked_for_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is Python, and none is run here"):
        read(tmp_path, "kind: operation\npathRef: ../train_referred.py\n", Resolver())
    assert not (tmp_path / "times").exists()
