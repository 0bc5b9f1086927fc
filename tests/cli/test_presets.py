"""Presets on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Polyaxon

ECHO = "kind: component\nrun: {kind: job, container: {command: [echo], args: [a]}}\n"


@pytest.fixture
def presets(folder: Path) -> Path:
    """The presets of the folder."""
    place = folder / ".polyaxon" / "presets"
    place.mkdir(parents=True)
    (place / "loud.yml").write_text(
        "isPreset: true\npatchStrategy: replace\nrunPatch: {container: {args: [LOUD]}}\n"
    )
    (folder / "polyaxonfile.yml").write_text(ECHO)
    return place


def test_a_run_has_its_presets(polyaxon: Polyaxon, presets: Path) -> None:
    done = polyaxon("run", "-l", "--presets", "loud")
    assert (done.code, "LOUD" in done.out) == (0, True)


def test_a_check_knows_the_presets(polyaxon: Polyaxon, presets: Path) -> None:
    done = polyaxon("check", "--presets", "lowd")
    assert (done.code, done.err) == (
        2,
        "Error: --presets: no preset 'lowd', expected one of loud, did you mean 'loud'?\n",
    )


def test_a_file_alone_is_checked_without_presets(polyaxon: Polyaxon, folder: Path) -> None:
    (folder / "polyaxonfile.yml").write_text(f"{ECHO}presets: [absent]\n")
    assert (polyaxon("check", "--lint").code, polyaxon("check").code) == (0, 2)


@pytest.mark.parametrize("command", ["check", "compile"])
def test_the_answer_to_a_program_warns_of_a_preset_that_there_is_none_of(
    command: str, polyaxon: Polyaxon, presets: Path, folder: Path
) -> None:
    (folder / "polyaxonfile.yml").write_text(f"{ECHO}presets: [lowd]\n")
    done = polyaxon(command, "-o", "json")
    answer = json.loads(done.out)
    assert (done.code, answer["valid"]) == (0, True)
    assert any("no preset 'lowd'" in line for line in answer["warnings"])


def test_compile_prints_what_the_presets_make(polyaxon: Polyaxon, presets: Path) -> None:
    answer = json.loads(polyaxon("compile", "--presets", "loud", "-o", "json").out)
    assert answer["resolved"]["run"]["container"]["args"] == ["LOUD"]


def test_a_revision_alone_is_refused(polyaxon: Polyaxon, presets: Path) -> None:
    assert "--git-revision goes with --git-preset" in polyaxon("check", "--git-revision", "v1").err
