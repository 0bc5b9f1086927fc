"""The pipelines of examples/, in Python and in YAML, compiled and run."""

import json
from pathlib import Path

import pytest

from tests.house import ROOT
from tests.terminal import Terminal

FOLDER = "examples/pipelines"


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(ROOT, tmp_path / "home")


@pytest.mark.system
@pytest.mark.parametrize("name", ["quick", "rates", "study"])
def test_python_and_yaml_compile_to_the_same(name: str, terminal: Terminal) -> None:
    python = json.loads(terminal.type(f"polyaxon compile -pm {FOLDER}/walks.py:{name} -o json").stdout)
    yaml = json.loads(terminal.type(f"polyaxon compile -f {FOLDER}/{name}.yml -o json").stdout)
    assert (python["compiled"], python["resolved"]) == (yaml["compiled"], yaml["resolved"])


@pytest.mark.system
def test_the_functions_are_the_component_of_the_file(terminal: Terminal) -> None:
    words = "-P start=1 -o json"
    python = json.loads(terminal.type(f"polyaxon compile -pm {FOLDER}/steps.py:descend {words}").stdout)
    yaml = json.loads(terminal.type(f"polyaxon compile -f {FOLDER}/descend.yml {words}").stdout)
    assert python["resolved"] == yaml["resolved"]


@pytest.mark.system
def test_the_study_runs_and_compares_the_best(terminal: Terminal) -> None:
    done = terminal.type(f"polyaxon run -pm {FOLDER}/walks.py:study --start 2 -o json")
    study = json.loads(done.stdout)
    assert (done.returncode, study["status"]) == (0, "succeeded"), done
    listed = terminal.type(f"polyaxon ops ls -q pipeline:{study['uuid']} -o json")
    runs = {run["name"]: run for run in json.loads(listed.stdout)["results"]}
    assert {name: run["status"] for name, run in runs.items()} == dict.fromkeys(
        ["descend", "keep", "rates", "compare"], "succeeded"
    )
    heights = runs["compare"]["inputs"]["heights"]
    assert heights == sorted(heights)
    assert (len(heights), runs["compare"]["outputs"]["result"]) == (2, heights[0])
