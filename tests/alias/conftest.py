"""Python as a person starts it, with the folder of the alias where the runner puts it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.runs.alias_path import ALIAS_FOLDER

Python = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def python(tmp_path: Path) -> Python:
    """Start an interpreter in a folder of its own; `installed` are folders behind the alias on its path."""

    def start(*words: str, installed: tuple[Path, ...] = ()) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([ALIAS_FOLDER, *map(str, installed)])
        own = {"PATH": os.environ["PATH"], "POLYAXON_HOME": str(tmp_path / "home"), "PYTHONPATH": path}
        return subprocess.run(
            [sys.executable, *words],
            cwd=tmp_path,
            env=own,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return start
