"""The package is typed: mypy and pyright read a user's program and find its mistakes and nothing else."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house import ROOT

BIN = Path(sys.executable).parent
Checker = Callable[[Path, Path], str]
PROGRAMS = ["composition.py", "usage.py"]

pytestmark = pytest.mark.system


def mypy(folder: Path, python: Path) -> str:
    """What mypy says in strict mode, knowing nothing but what `python` has installed."""
    options = ["--strict", "--no-incremental", "--config-file=", f"--python-executable={python}"]
    return run([BIN / "mypy", *options, *PROGRAMS], folder)


def pyright(folder: Path, python: Path) -> str:
    """What pyright says, of needless ignores too."""
    settings = {"include": PROGRAMS, "reportUnnecessaryTypeIgnoreComment": "error"}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    return run([BIN / "pyright", f"--pythonpath={python}"], folder)


def run(command: list[str | Path], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=240)
    return done.stdout + done.stderr


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The folder of the programs, away from this repository and its settings."""
    for name in PROGRAMS:
        (tmp_path / name).write_bytes(Path(__file__).with_name(name).read_bytes())
    return tmp_path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with a built wheel; it finds everything else in this one's."""
    folder = tmp_path_factory.mktemp("wheel")
    python = folder / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "build", "-q", "--no-isolation", "-o", folder, ROOT], check=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps"]
    subprocess.run([*pip, str(next(folder.glob("*.whl")))], check=True)
    packages = "import sysconfig; print(sysconfig.get_path('purelib'), end='')"
    theirs, ours = (run([each, "-c", packages], folder) for each in (python, Path(sys.executable)))
    Path(theirs, "others.pth").write_text(ours, encoding="utf-8")
    return python


@pytest.mark.parametrize(("checker", "verdict"), [(mypy, "no issues"), (pyright, "0 errors")])
def test_an_editable_install_is_typed(checker: Checker, verdict: str, program: Path) -> None:
    assert verdict in checker(program, Path(sys.executable))


@pytest.mark.parametrize(("checker", "verdict"), [(mypy, "no issues"), (pyright, "0 errors")])
def test_a_built_wheel_is_typed(checker: Checker, verdict: str, program: Path, installed: Path) -> None:
    assert verdict in checker(program, installed)


@pytest.mark.parametrize("package", ["polyaxon_sdk", "integrations/polyaxon_integrations"])
def test_a_built_wheel_has_every_file(package: str, installed: Path) -> None:
    (built,) = installed.parents[1].glob(f"lib/*/site-packages/{Path(package).name}")
    assert files(built) == files(ROOT / package)


def files(folder: Path) -> list[str]:
    found = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return sorted(name for name in found if "__pycache__" not in name)
