"""What `check` and `run` refuse alike."""

import json
from pathlib import Path

import pytest

from tests.cli.inside import Inside, polyaxon
from tests.runner.pipelines.conftest import dag, step

__all__ = ["polyaxon"]


@pytest.mark.parametrize(
    "last",
    [
        step("true", name="last", conditions="{{ acc > 1 }}"),
        step("echo {{ lr }}", name="last"),
        {"name": "last", "dagRef": "none"},
    ],
    ids=["condition", "template", "component"],
)
def test_what_check_refuses_run_refuses_with_the_same_line(
    last: dict[str, object], polyaxon: Inside, folder: Path, home: Path
) -> None:
    pipeline = {"kind": "component", "name": "night", "run": dag(step("true", name="first"), last)}
    (folder / "night.json").write_text(json.dumps(pipeline, indent=1))
    checked, run = polyaxon("check", "-f", "night.json"), polyaxon("run", "-f", "night.json")
    assert (run, run.err.startswith("Error: night.json:")) == (checked, True)
    assert not (home / "runs").exists()


def test_a_tensorboard_of_a_folder_that_is_not_there_is_refused(polyaxon: Inside, home: Path) -> None:
    told = polyaxon("run", "--hub", "tensorboard:path", "-P", "path=/nonexist")
    assert (told.code, "no folder '/nonexist'" in told.err) == (2, True)
    assert not (home / "runs").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("-HP", "rate=choice:[0.1,0.2]"), "valid: train"),
        (("-HP", "rate=choice"), "Error: -HP: "),
        (("-HP", "rat=choice:[0.1,0.2]"), "did you mean 'rate'?"),
    ],
)
def test_check_takes_what_run_is_told_of_a_search(
    words: tuple[str, ...], told: str, polyaxon: Inside
) -> None:
    checked = polyaxon("check", "-pm", "train.py:train", "-P", "epochs=1", *words)
    assert told in checked.out + checked.err


def test_compile_prints_the_search_that_is_asked_for(polyaxon: Inside) -> None:
    words = (
        "-pm",
        "train.py:train",
        "-P",
        "epochs=1",
        "-HP",
        "rate=choice:[0.1,0.2]",
        "--matrix-kind",
        "grid",
    )
    assert "kind: grid" in polyaxon("compile", *words).out
