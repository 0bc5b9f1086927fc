import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.system

PROGRAM = """
import os, sys, tempfile
from polyaxon_sdk.authoring.rehearsal import rehearse
from polyaxon_sdk.tracking.start import ACTIVE
print(rehearse(), ACTIVE.is_none, tempfile.tempdir, len(os.listdir(sys.argv[1])))
known = {*sys.modules}
rehearse()
print({*sys.modules} - known)
"""


FULL = """
import tempfile
from polyaxon_sdk.authoring.rehearsal import rehearse
tempfile.tempdir = "/proc/1"
print(rehearse(), tempfile.tempdir)
"""


def told(program: str, folder: Path) -> str:
    """What a program prints whose folder for what is temporary is this one."""
    environment = {**os.environ, "TMPDIR": str(folder), "POLYAXON_HOME": str(folder / "home")}
    return subprocess.check_output([sys.executable, "-c", program, str(folder)], env=environment, text=True)


def test_an_empty_run_leaves_nothing_but_what_a_run_imports(tmp_path: Path) -> None:
    assert told(PROGRAM, tmp_path) == "True True None 0\nset()\n"


def test_a_disk_that_takes_nothing_does_no_harm(tmp_path: Path) -> None:
    assert told(FULL, tmp_path) == "True /proc/1\n"
