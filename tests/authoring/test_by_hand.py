import os
import subprocess
import sys
from pathlib import Path

import pytest

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
