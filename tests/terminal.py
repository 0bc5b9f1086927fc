"""A person at a terminal: commands typed in a folder, with a home of their own."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

PROGRAMS = Path(sys.executable).parent


class Terminal:
    """Carries out commands in `folder`; runs go to `home`, and nothing of the caller's settings is seen."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.home = home

    def type(self, command: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Carry out a command and wait for it."""
        inherited = {name: os.environ[name] for name in ("LANG", "TMPDIR") if name in os.environ}
        quiet = {"TF_CPP_MIN_LOG_LEVEL": "2", "TF_ENABLE_ONEDNN_OPTS": "0"}
        own = {"PATH": f"{PROGRAMS}:{os.defpath}", "HOME": str(self.home), "POLYAXON_HOME": str(self.home)}
        return subprocess.run(
            shlex.split(command),
            cwd=self.folder,
            env={**inherited, **quiet, **own, **environ},
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )

    def last_run(self) -> dict[str, Any]:
        """The last run, as `polyaxon ops get -o json` tells it."""
        shown: dict[str, Any] = json.loads(self.type("polyaxon ops get -o json").stdout)
        return shown
