import subprocess
import sys
from pathlib import Path
from typing import Literal

import pytest

from polyaxon_sdk import component

FILE = """
from typing import Literal
from polyaxon_sdk import component

@component
def train(epochs: int, opt: Literal["adam", "adamw", "sgd"] = "adam") -> float:
    return 1.0

if __name__ == "__main__":
    train.cli()
"""
BASH = """
eval "$(python train.py --completion bash)"
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_polyaxon_script
echo "${COMPREPLY[@]}"
"""


@component
def fit(epochs: int, opt: Literal["adam", "adamw", "sgd"] = "adam", deep: bool = False) -> None:
    """Fit."""


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ([""], ["--help", "--epochs", "--opt", "--deep", "--no-deep", "--param", "--completion"]),
        (["--e"], ["--epochs"]),
        (["--epochs", "3", "--d"], ["--deep"]),
        (["--opt", "ad"], ["adam", "adamw"]),
        (["--opt", "=", "s"], ["sgd"]),
        (["--opt", "="], ["adam", "adamw", "sgd"]),
        (["--deep", "t"], ["true"]),
        (["--epochs", ""], []),
    ],
)
def test_what_is_typed_is_completed(
    words: list[str], offered: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="0"):
        fit.cli(["--complete", *words])
    assert capsys.readouterr().out.split() == offered


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_a_shell_is_told_what_to_read(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        fit.cli(["--completion", shell])
    assert "--complete" in capsys.readouterr().out


@pytest.mark.system
@pytest.mark.parametrize(
    ("typed", "offered"), [(["train.py", "--opt", "ad"], "adam adamw"), (["other.py", "--opt", "ad"], "")]
)
def test_bash_completes_the_options_of_a_script(tmp_path: Path, typed: list[str], offered: str) -> None:
    (tmp_path / "train.py").write_text(FILE)
    (tmp_path / "python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    (tmp_path / "python").chmod(0o755)
    done = subprocess.run(
        ["bash", "-c", BASH, "bash", "python", *typed],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "POLYAXON_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == offered
