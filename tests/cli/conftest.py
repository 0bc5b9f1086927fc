"""The command line as a person uses it: a process of its own, in a folder and a home of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

TRAIN = '''"""A parabola."""
from typing import Literal, NamedTuple

from polyaxon_sdk import component, tracking


class Scores(NamedTuple):
    loss: float


@component
def train(epochs: int, rate: float = 0.1, optimizer: Literal["adam", "sgd"] = "adam") -> Scores:
    """Walk down a parabola."""
    tracking.init()
    x = 1.0
    for epoch in range(epochs):
        x -= rate * 2 * x
        tracking.log_metrics(step=epoch, loss=x * x, x=x)
        print(f"epoch {epoch}", flush=True)
    return Scores(loss=x * x)


main = train

if __name__ == "__main__":
    print(train.cli())
'''


class Told(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


Polyaxon = Callable[..., Told]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a `train.py`, where commands are typed."""
    place = tmp_path / "work"
    place.mkdir()
    (place / "train.py").write_text(TRAIN)
    return place


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a person with a home of their own and a terminal of 80 columns."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "POLYAXON_HOME": str(tmp_path / "home"),
        "COLUMNS": "80",
        "LANG": "C.UTF-8",
    }


@pytest.fixture
def polyaxon(folder: Path, environment: dict[str, str]) -> Polyaxon:
    """Type `polyaxon` and some words in `folder`."""

    def type_(*words: str, **variables: str) -> Told:
        done = subprocess.run(
            [sys.executable, "-m", "polyaxon_sdk", *words],
            cwd=folder,
            env={**environment, **variables},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Told(done.returncode, done.stdout, done.stderr)

    return type_


@pytest.fixture
def home(environment: dict[str, str]) -> Path:
    """The home, which a command may create."""
    return Path(environment["POLYAXON_HOME"])
