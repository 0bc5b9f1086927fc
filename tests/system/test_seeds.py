"""Polyaxonfiles of the seeds run here word for word: settings say what their repository, document and images are."""

import os
from pathlib import Path

import pytest

from tests.seeds.snippets import FOLDER, snippet
from tests.system.quick_start import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A home that knows what the seeds name: their document, their repository, and what their images run."""
    files = tmp_path / "files" / "experimentation"
    files.mkdir(parents=True)
    (files / "typed.yml").write_text(snippet("000-typed.yml"))
    return Place(tmp_path, FOLDER, files.parent)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("000-minimal.yml", ()),
        ("000-simple.yml", ()),
        ("000-typed.yml", ("-P", "epochs=1")),
        ("001-operation.yml", ()),
        ("001-run-patch.yml", ()),
    ],
)
def test_an_experiment_of_the_seeds_has_its_results(place: Place, file: str, words: tuple[str, ...]) -> None:
    ran = place.run(file, words=words)
    assert (ran.document.get("status"), ran.code) == ("succeeded", 0), ran.told
    assert {"loss", "accuracy"} <= {*ran.document["outputs"]}


@pytest.mark.parametrize(
    ("file", "printed"),
    [
        ("002-top-level.yml", "\n--param1=b --param2=c\n"),
        ("002-as-args.yml", "\n--intput1=a --input2=c\n"),
    ],
)
def test_params_of_the_seeds_reach_the_command_of_the_image(
    place: Place, tmp_path: Path, file: str, printed: str
) -> None:
    program = tmp_path / "programs" / "command"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "$@"\n')
    program.chmod(0o755)
    words = ("-P", "intput1=a", "-P", "input2=c", *(("-P", "input1=b") if "top" in file else ()))
    ran = place.run(file, words=words, PATH=f"{program.parent}:{os.environ['PATH']}")
    assert (ran.document.get("status"), printed in ran.told) == ("succeeded", True), ran.told
