"""The code that is kept of a recorded call is the one that ran."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from polyaxon_sdk.authoring.code.sources import SOURCES

TRAIN = """\
import os
import sys
from pathlib import Path

import helper
from polyaxon_sdk import component


@component
def main() -> int:
    return helper.K


if __name__ == "__main__":
    main.record()
    exec(sys.argv[1])
    main.record()
"""


def kept_after(change: str, folder: Path) -> list[str]:
    """What two recorded calls keep of a module, with a change between them."""
    (folder / "train.py").write_text(TRAIN)
    (folder / "helper.py").write_text("K = 1\nWORD = 'leek-of-the-garden'\n")
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "POLYAXON_HOME": str(folder / "home")}
    subprocess.run([sys.executable, "train.py", change], cwd=folder, env=environment, timeout=120, check=True)
    found = (folder / "home" / "runs").glob(f"*/{SOURCES}/helper.py")
    return [path.read_text() for path in sorted(found, key=lambda path: path.stat().st_ctime_ns)]


@pytest.mark.system
def test_it_is_what_was_imported_though_the_file_was_changed(tmp_path: Path) -> None:
    kept = kept_after("Path('helper.py').write_text('K = 700')", tmp_path)
    assert kept == ["K = 1\nWORD = 'leek-of-the-garden'\n"] * 2


@pytest.mark.system
def test_it_is_what_was_imported_again(tmp_path: Path) -> None:
    change = "Path('helper.py').write_text('K = 700'); import importlib; importlib.reload(helper)"
    assert sorted(kept_after(change, tmp_path)) == ["K = 1\nWORD = 'leek-of-the-garden'\n", "K = 700"]


@pytest.mark.system
def test_a_secret_that_came_to_be_known_is_in_no_later_copy(tmp_path: Path) -> None:
    kept = kept_after("os.environ['API_TOKEN'] = 'leek-of-the-garden'", tmp_path)
    assert sum("leek-of-the-garden" in text for text in kept) == 1
    assert len(kept) == 2
