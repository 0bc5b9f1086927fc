"""docs/patching.md: what its examples say comes true."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from polyaxon_sdk.compiler import merge
from polyaxon_sdk.polyaxonfile import read_files
from polyaxon_sdk.polyaxonfile.presets import open_presets
from polyaxon_sdk.polyaxonfile.yaml_text import load
from polyaxon_sdk.polyflow import write
from polyaxon_sdk.settings import load as load_settings
from tests.house import ROOT

PAGE = (ROOT / "docs" / "patching.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n# ([^\n]+)\n(.*?)```", PAGE, re.DOTALL)
ENDS = [number for number, (name, _) in enumerate(BLOCKS) if name == "gives"]
EXAMPLES = [
    pytest.param(
        BLOCKS[start:end], BLOCKS[end][1], id=f"line-{PAGE[: PAGE.index(BLOCKS[end][1])].count(chr(10))}"
    )
    for start, end in zip([0, *(end + 1 for end in ENDS)], ENDS, strict=False)
]


def merged(folder: Path, files: list[tuple[str, str]]) -> dict[str, Any]:
    paths = [folder / name for name, _ in files]
    for path, (_, text) in zip(paths, files, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = read_files([path for path in paths if path.parent == folder])
    presets = open_presets(load_settings({"POLYAXON_HOME": str(folder / "home")}), folder)
    return write(merge(presets.put_on(found).operation))


@pytest.mark.parametrize(("files", "gives"), EXAMPLES)
def test_an_example_gives_what_it_says(files: list[tuple[str, str]], gives: str, tmp_path: Path) -> None:
    found, expected = merged(tmp_path, files), load(gives, "gives")
    assert isinstance(expected, dict)
    assert {key: found.get(key) for key in expected} == expected


def test_each_strategy_and_surprise_has_an_example() -> None:
    assert (len(EXAMPLES), PAGE.count("```yaml")) == (11, len(BLOCKS))
