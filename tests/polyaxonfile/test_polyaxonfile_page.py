"""docs/polyaxonfile.md: its examples come true, and no section, type, bound or kind is left out."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs
import pytest

from polyaxon_sdk.compiler import Globals, compile_operation
from polyaxon_sdk.compiler.checking import with_params
from polyaxon_sdk.compiler.naming import check_templates
from polyaxon_sdk.polyaxonfile import read_files
from polyaxon_sdk.polyaxonfile.yaml_text import load
from polyaxon_sdk.polyflow import V1IO, V1MatrixKind, V1Operation, V1Param, V1RunKind, V1Validation, write
from polyaxon_sdk.polyflow.shapes import shape_of
from polyaxon_sdk.polyflow.values import TYPES
from tests.house import ROOT

PAGE = (ROOT / "docs" / "polyaxonfile.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n# ([^\n]+)\n(.*?)```", PAGE, re.DOTALL)
FILES = {name: text for name, text in BLOCKS if name != "gives"}
GIVEN = {before: text for (before, _), (name, text) in pairwise(BLOCKS) if name == "gives"}
PARAMS: dict[str, dict[str, object]] = {"train.yml": {"epochs": 3}, "inputs.yml": {"data": "/data"}}
"""Values for the components that want some."""


def rows(heading: str) -> set[str]:
    """The words in the first cell of each row below a heading."""
    section = re.split(r"\n##+ ", PAGE.partition(f"# {heading}\n")[2])[0]
    cells = re.findall(r"^\| (`[^|]*?) \|", section, re.MULTILINE)
    return {word for cell in cells for word in re.findall(r"`(\w+)`", cell)}


def compiled(name: str, folder: Path) -> tuple[dict[str, Any], list[str]]:
    """What a file of the page gives, and what is warned of."""
    for each, text in FILES.items():
        (folder / each).write_text(text, encoding="utf-8")
    found = read_files([folder / name])
    operation = with_params(found.operation, PARAMS.get(name, {}))
    done = compile_operation(operation, run=Globals(uuid="UUID"))
    return write(done.operation), [*found.warnings, *done.warnings, *check_templates(operation)]


@pytest.mark.parametrize("name", FILES)
def test_an_example_is_right(name: str, tmp_path: Path) -> None:
    assert compiled(name, tmp_path)[1] == []


@pytest.mark.parametrize("name", GIVEN)
def test_an_example_gives_what_it_says(name: str, tmp_path: Path) -> None:
    found, expected = compiled(name, tmp_path)[0], load(GIVEN[name], "gives")
    assert isinstance(expected, dict)
    assert {key: found.get(key) for key in expected} == expected


def test_each_example_is_tried() -> None:
    assert (PAGE.count("```yaml"), len(FILES) + len(GIVEN)) == (len(BLOCKS), len(BLOCKS))


@pytest.mark.parametrize(
    ("heading", "noun"),
    [
        ("Sections", V1Operation),
        ("Inputs and outputs", V1IO),
        ("Params and references", V1Param),
        ("Validation", V1Validation),
    ],
)
def test_each_field_has_a_row(heading: str, noun: type[attrs.AttrsInstance]) -> None:
    assert {field.key for field in shape_of(noun).fields} - rows(heading) == set()


@pytest.mark.parametrize(
    ("heading", "words"),
    [("Types", TYPES), ("Matrix", V1MatrixKind)],
    ids=["types", "matrix"],
)
def test_each_word_has_a_row(heading: str, words: set[str]) -> None:
    assert set(words) - rows(heading) == set()


def test_each_runtime_has_a_row() -> None:
    system = {"matrix", "schedule", "watchdog", "builder"}
    assert rows("Runtimes") == set(V1RunKind) - system


def test_each_global_is_told() -> None:
    assert [name for name in Globals().as_dict() if f"`{name}`" not in PAGE] == []
