"""Looking on while runs come and go, and a shell that completes: in processes of their own."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.conftest import Polyaxon
from tests.cli.test_ops import AddRun, add_run
from tests.polling import eventually

__all__ = ["add_run"]

pytestmark = pytest.mark.system

SWEEP = """
kind: operation
matrix:
  kind: grid
  concurrency: 2
  params:
    n: {kind: choice, value: [1, 2]}
component:
  inputs: [{name: n, type: int}]
  run:
    kind: job
    container:
      command: [sh, -c, "echo begun {{ n }}; while [ ! -e FOLDER/go ]; do sleep 0.1; done; echo ended {{ n }}"]
"""
COMPLETE = """
eval "$(polyaxon completion bash)"
COMP_WORDS=($1) COMP_CWORD=$(($(set -- $1; echo $#) - 1))
_polyaxon_completion polyaxon
echo "${COMPREPLY[@]}"
"""


class Begun(NamedTuple):
    """A command that goes on, and the file that it prints to."""

    process: subprocess.Popen[bytes]
    said: Path

    def read_text(self) -> str:
        """What it printed so far."""
        return self.said.read_text()

    def ended(self) -> tuple[int, str]:
        """Its exit code once it ends by itself, and all that it printed."""
        return self.process.wait(60), self.read_text()


Begin = Callable[..., Begun]


@pytest.fixture
def begin(folder: Path, environment: dict[str, str], tmp_path: Path) -> Iterator[Begin]:
    """Type `polyaxon` and some words, and go on."""
    begun: list[Begun] = []

    def type_(*words: str) -> Begun:
        said = tmp_path / f"{len(begun)}.out"
        with said.open("wb") as file:
            command = [sys.executable, "-u", "-m", "polyaxon_sdk", *words]
            process = subprocess.Popen(command, cwd=folder, env=environment, stdout=file, stderr=file)
        begun.append(Begun(process, said))
        return begun[-1]

    yield type_
    for process, _ in begun:
        process.kill()
        process.wait()


def test_a_list_that_is_watched_is_shown_again_where_it_changed(
    begin: Begin, polyaxon: Polyaxon, add_run: AddRun
) -> None:
    add_run("first")
    said = begin("ops", "ls", "--watch", "-c", "name")
    eventually(lambda: "first" in said.read_text())
    add_run("second")
    eventually(lambda: said.read_text().count("first") == 2)
    names = [line.strip() for line in said.read_text().splitlines()]
    assert [name for name in names if name in {"first", "second"}] == ["first", "second", "first"]


def test_what_the_runs_of_a_live_search_print_is_followed(begin: Begin, folder: Path) -> None:
    (folder / "polyaxonfile.yaml").write_text(SWEEP.replace("FOLDER", str(folder)))
    ran = begin("run")
    eventually(lambda: len(list((folder.parent / "home" / "runs").glob("[0-9a-f]*"))) == 3)
    said = begin("ops", "logs", "--children")
    eventually(lambda: said.read_text().count("begun") == 2)
    assert "ended" not in said.read_text()
    (folder / "go").touch()
    eventually(lambda: "succeeded" in ran.read_text() and said.read_text().count("ended") == 2)
    told = sorted(line.partition(" | ")[2] for line in said.read_text().splitlines())
    assert told == ["begun 1", "begun 2", "ended 1", "ended 2"]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("polyaxon op", "ops"),
        ("polyaxon ops met", "metrics"),
        ("polyaxon ops ls --wat", "--watch"),
        ("polyaxon run -pm tr", "train.py"),
        ("polyaxon config set --artif", "--artifacts-store"),
    ],
)
def test_bash_completes_what_is_typed(
    folder: Path, environment: dict[str, str], tmp_path: Path, typed: str, offered: str
) -> None:
    program = tmp_path / "polyaxon"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m polyaxon_sdk "$@"\n')
    program.chmod(0o755)
    path = {"PATH": f"{tmp_path}:{environment['PATH']}"}
    command = ["bash", "-c", COMPLETE, "bash", typed]
    done = subprocess.run(
        command, cwd=folder, env={**environment, **path}, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [offered]
