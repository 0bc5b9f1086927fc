"""Shells of all kinds complete what is typed, by what `polyaxon completion` tells them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.system

FISH = 'polyaxon completion fish | source; complete -C "$argv[1]"'
ZSH = """
autoload -Uz compinit; compinit -D -u
eval "$(polyaxon completion zsh)"
_describe() { print -l -- ${completions_with_descriptions/:/$'\\t'} }
compadd() { print -l -- $completions }
words=(${=1}) CURRENT=${#words}
_polyaxon_completion
"""
COMMANDS = {"fish": ["fish", "-N", "-c", FISH], "zsh": ["zsh", "-f", "-c", ZSH, "zsh"]}


@pytest.fixture
def shell(request: pytest.FixtureRequest) -> list[str]:
    """The command of a shell that says what it would offer; without the shell the test skips."""
    name = str(request.param)
    if shutil.which(name) is None:
        assert os.environ.get("POLYAXON_TEST_REQUIRE") != "all", f"{name} is not installed"
        pytest.skip(f"{name} is not installed")
    return COMMANDS[name]


@pytest.mark.parametrize("shell", COMMANDS, indirect=True)
@pytest.mark.parametrize(
    ("typed", "offered"),
    [("polyaxon ops met", "metrics"), ("polyaxon ops ls --wat", "--watch"), ("polyaxon gc --sto", "--store")],
)
def test_a_shell_offers_what_fits(
    shell: list[str], folder: Path, environment: dict[str, str], tmp_path: Path, typed: str, offered: str
) -> None:
    program = tmp_path / "polyaxon"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m polyaxon_sdk "$@"\n')
    program.chmod(0o755)
    path = {"PATH": f"{tmp_path}:{environment['PATH']}"}
    done = subprocess.run(
        [*shell, typed], cwd=folder, env={**environment, **path}, capture_output=True, text=True, check=True
    )
    assert [line.partition("\t")[0] for line in done.stdout.splitlines()] == [offered]
