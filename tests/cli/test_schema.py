"""`polyaxon schema`, as the README shows it."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.cli.conftest import Polyaxon
from tests.house import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("## Completion in an editor")[2].partition("\n## ")[0]
COMMAND, FILE = re.findall(r"```sh\n(polyaxon .*) > (\S+)\n```", SECTION)[0]
FIRST_LINE = re.findall(r"```yaml\n(#.*)\n", SECTION)[0]


@pytest.fixture
def schema(polyaxon: Polyaxon, folder: Path) -> Path:
    """The file that the README's command writes."""
    told = polyaxon(*shlex.split(COMMAND)[1:])
    assert (told.code, told.err) == (0, "")
    written = folder / str(FILE)
    written.write_text(told.out)
    return written


def test_the_command_writes_a_schema(schema: Path) -> None:
    Draft202012Validator.check_schema(json.loads(schema.read_text()))


def test_the_line_names_the_file(schema: Path) -> None:
    assert f"$schema={schema.name}" in FIRST_LINE


def test_a_file_with_the_line_is_still_valid(polyaxon: Polyaxon, folder: Path) -> None:
    run = "run: {kind: job, container: {command: [a]}}"
    (folder / "a.yml").write_text(f"{FIRST_LINE}\nkind: component\nname: train\n{run}\n")
    assert polyaxon("check", "-f", "a.yml") == (0, "valid: train\n", "")


@pytest.mark.parametrize(("kind", "name"), [("component", "V1Component"), ("operation", "V1Operation")])
def test_one_kind_is_printed_alone(polyaxon: Polyaxon, kind: str, name: str) -> None:
    assert json.loads(polyaxon("schema", "--kind", kind).out)["$ref"] == f"#/$defs/{name}"
