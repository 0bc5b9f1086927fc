from pathlib import Path

import pytest

from tests.terminal import Terminal

pytestmark = pytest.mark.system

CHILD = """
import multiprocessing, sys

def child(queue):
    from traceml import tracking
    queue.put(tracking.__name__)

if __name__ == "__main__":
    queue = multiprocessing.get_context("spawn").Queue()
    multiprocessing.get_context("spawn").Process(target=child, args=(queue,)).start()
    print(queue.get(timeout=30), sys.argv[1:], __name__)
"""


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path, tmp_path / "home")


def test_a_script_has_the_names_and_so_have_its_children(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(CHILD)
    done = terminal.type("python -m polyaxon_sdk.alias train.py --epochs 3")
    assert done.stdout == "polyaxon_sdk.tracking ['--epochs', '3'] __main__\n", done.stderr


@pytest.mark.parametrize(
    "start", ["python -X dev -m polyaxon_sdk.alias", "python -Xdev -mpolyaxon_sdk.alias"]
)
def test_options_of_python_go_on(start: str, terminal: Terminal) -> None:
    done = terminal.type(f"{start} -c 'import sys, polyaxon; print(sys.flags.dev_mode)' -m")
    assert done.stdout == "True\n", done.stderr


def test_a_module_runs_too(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text("from polyaxon import tracking\ndef test_it(): assert tracking.init")
    done = terminal.type("python -m polyaxon_sdk.alias -m pytest -q -p no:cacheprovider test_it.py")
    assert "1 passed" in done.stdout


def test_an_exit_code_is_that_of_the_script(terminal: Terminal) -> None:
    assert terminal.type("python -m polyaxon_sdk.alias -c 'raise SystemExit(7)'").returncode == 7


def test_without_a_script_it_says_how(terminal: Terminal) -> None:
    done = terminal.type("python -m polyaxon_sdk.alias")
    assert (done.returncode, done.stderr.startswith("usage: python -m polyaxon_sdk.alias ")) == (2, True)
