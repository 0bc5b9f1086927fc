"""A run that waits for a function, and a process that carries one out."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter

UUID = "ab" * 16

Execute = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run_folder(tmp_path: Path) -> RunFolder:
    """A run that waits for its function."""
    folder = RunFolder(tmp_path / "home" / "runs" / UUID).create()
    writer = RecordWriter(folder)
    writer.append("created", is_managed=True)
    writer.close()
    return folder


@pytest.fixture
def execute(tmp_path: Path, run_folder: RunFolder) -> Execute:
    """Carry out `main` of a file in the run, with these inputs; its exit code, stdout and stderr."""

    def execute(
        source: str,
        target: str = "train.py:main",
        environment: Mapping[str, str] | None = None,
        **inputs: object,
    ) -> tuple[int, str, str]:
        (tmp_path / "train.py").write_text(f"from polyaxon_sdk import component\n{source}")
        operation = {"inputs": [{"name": name, "value": value} for name, value in inputs.items()]}
        run_folder.operation.write_text(json.dumps(operation))
        done = subprocess.run(
            [sys.executable, "-m", "polyaxon_sdk.authoring", target],
            cwd=tmp_path,
            env={
                "PATH": os.environ["PATH"],
                "POLYAXON_HOME": str(run_folder.home),
                "POLYAXON_RUN_UUID": UUID,
                "POLYAXON_IS_MANAGED": "true",
                **(environment or {}),
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    return execute
