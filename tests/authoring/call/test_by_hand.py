import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import cast

import pytest

from polyaxon_sdk import component, tracking
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run

MISFIT = """
from polyaxon_sdk import component, tracking

@component
def train() -> float:
    tracking.init()
    return "high"

if __name__ == "__main__":
    train.cli()
"""


@pytest.mark.system
def test_a_result_of_another_type_takes_one_line_and_fails_the_run(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(MISFIT)
    done = subprocess.run(
        [sys.executable, "train.py"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "POLYAXON_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
    )
    line = "Error: result: the function returned 'high', expected float\n"
    assert (done.returncode, done.stderr.splitlines(keepends=True)[-1:]) == (1, [line])
    assert "Traceback" not in done.stderr
    assert read_run(RunFolder(next((tmp_path / "home" / "runs").iterdir()))).status == "failed"


@component(outputs="loss")
def named(x: int = 1) -> float:
    """Return a value with a name."""
    tracking.init(track_code=False, track_env=False, collect_resources=False, track_logs=False)
    return x / 2


@component
async def awaited(x: int = 1) -> int:
    """Return a value in the end."""
    return x + 1


@component
def followed(x: int = 1) -> Generator[float, None, int]:
    """Tell how far it is."""
    yield 0.5
    return x + 2


def test_a_coroutine_is_awaited() -> None:
    assert cast(object, awaited.cli(["--x", "3"])) == 4


def test_a_generator_is_followed_to_its_end() -> None:
    assert cast(object, followed.cli(["--x", "3"])) == 5


@pytest.mark.system
def test_outputs_have_their_names(home: Path) -> None:
    named.cli(["--x", "3"])
    tracking.end()
    assert read_run(RunFolder(next((home / "runs").iterdir()))).logged == {"loss": 1.5}
