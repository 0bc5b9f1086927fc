"""`polyaxon run --upload`."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Polyaxon

pytestmark = pytest.mark.system

FILE = """
version: 1.1
kind: component
name: uploaded-python-parameter
inputs:
  - {name: message, type: str}
run:
  kind: job
  container:
    image: python:3.11
    workingDir: "{{ globals.run_artifacts_path }}/uploads/inner"
    command: [python3, message.py]
    args: ["--message={{ message }}"]
"""
RUN = ("run", "-f", "inner/message.yaml", "-P", "message=hello", "-o", "json")


@pytest.fixture
def uploaded(folder: Path) -> Path:
    """A folder whose job wants its own files in the run."""
    (folder / "inner").mkdir()
    (folder / "inner" / "message.yaml").write_text(FILE)
    (folder / "inner" / "message.py").write_text("import sys; print(sys.argv[1])")
    return folder


def test_a_job_works_in_what_is_uploaded(polyaxon: Polyaxon, uploaded: Path) -> None:
    found = json.loads(polyaxon(*RUN, "--upload").out)
    (uploaded / "inner" / "message.py").unlink()
    told = polyaxon("ops", "restart", "-l")
    assert found["status"] == "succeeded"
    assert (told.code, "--message=hello" in told.out) == (0, True)


def test_without_the_files_it_says_that_the_folder_is_missing(polyaxon: Polyaxon, uploaded: Path) -> None:
    told = polyaxon(*RUN[:-2])
    assert (told.code, "the working folder: No such file or directory" in told.out) == (1, True)


def test_a_target_without_files_is_a_mistake(polyaxon: Polyaxon, uploaded: Path) -> None:
    told = polyaxon(*RUN, "-u-to", "outputs")
    assert (told.code, "--upload-to goes with --upload" in told.err) == (2, True)
