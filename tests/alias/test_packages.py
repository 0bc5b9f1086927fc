import os
import subprocess
import sys
from pathlib import Path

import pytest

from polyaxon_sdk.runs.alias_path import ALIAS_FOLDER
from tests.alias.conftest import Python
from tests.house import ROOT

pytestmark = pytest.mark.system

WHERE = "import polyaxon.tracking; print(polyaxon.tracking.__name__)"


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder that has a package `polyaxon` of others."""
    package = tmp_path / "site" / "polyaxon"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("import traceml\nNAME = traceml.__name__")
    (package / "tracking.py").write_text("")
    (package.parent / "traceml.py").write_text("import polyaxon")
    return package.parent


def test_an_installed_package_comes_first(python: Python, installed: Path) -> None:
    assert python("-c", WHERE, installed=(installed,)).stdout == "polyaxon.tracking\n"


def test_that_it_does_is_said(python: Python, installed: Path) -> None:
    told = python("-c", "import polyaxon", installed=(installed,)).stderr.splitlines()[0]
    assert (
        told
        == f"polyaxon: polyaxon is the package installed in {installed}/polyaxon; polyaxon-sdk stands back"
    )


def test_an_installed_package_that_fails_fails(python: Python, installed: Path) -> None:
    (installed / "polyaxon" / "__init__.py").write_text("1 / 0")
    assert python("-c", WHERE, installed=(installed,)).stderr.endswith(
        "ZeroDivisionError: division by zero\n"
    )


def test_a_folder_of_that_name_is_no_package(python: Python, tmp_path: Path) -> None:
    (tmp_path / "polyaxon").mkdir()
    assert python("-c", WHERE).stdout == "polyaxon_sdk.tracking\n"


def test_an_interpreter_without_polyaxon_sdk_can_track(python: Python, tmp_path: Path) -> None:
    program = "from polyaxon import tracking\nwith tracking.init() as run: run.log_metric('loss', 0.5)"
    done = python("-S", "-c", program)
    assert (done.returncode, done.stderr, len(list((tmp_path / "home" / "runs").iterdir()))) == (0, "", 1)


def test_nothing_of_ours_is_loaded_before_a_name_is_imported(python: Python) -> None:
    program = "import sys; print([name for name in sys.modules if 'polyaxon' in name], len(sys.meta_path))"
    assert python("-S", "-c", program).stdout == "[] 3\n"


def test_the_folder_is_in_the_wheel(tmp_path: Path) -> None:
    assert Path(ALIAS_FOLDER).is_relative_to(ROOT / "polyaxon_sdk")


def test_without_the_folder_there_is_no_such_name(tmp_path: Path) -> None:
    plain = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", WHERE], cwd=tmp_path, env=plain, capture_output=True, text=True, check=False
    )
    assert done.stderr.endswith("ModuleNotFoundError: No module named 'polyaxon'\n")
