"""The names in scripts that `polyaxon run` starts."""

import json
from pathlib import Path

import pytest

from tests.terminal import Terminal

pytestmark = pytest.mark.system

SCRIPT = """
import sys
from polyaxon import settings, tracking

tracking.init()
tracking.log_outputs(managed=settings.CLIENT_CONFIG.is_managed, same=tracking.TRACKING_RUN.uuid, argv=sys.argv[1:])
"""
COMPONENT = """
from polyaxon.k8s import V1Container
from polyaxon.schemas import V1IO, V1Component, V1Job

main = V1Component(
    inputs=[V1IO(name="rate", type="float")],
    run=V1Job(container=V1Container(command=["python", "train.py"], args=["{{ rate }}"])),
)
"""


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    (tmp_path / "train.py").write_text(SCRIPT)
    return Terminal(tmp_path, tmp_path / "home")


def component(folder: Path, *command: str, **env: str) -> None:
    """Write a Polyaxonfile that runs a command."""
    variables = [{"name": name, "value": value} for name, value in env.items()]
    container = {"command": command, "env": variables}
    document = {"kind": "component", "run": {"kind": "job", "container": container}}
    (folder / "polyaxonfile.yml").write_text(json.dumps(document))


def outputs(terminal: Terminal) -> dict[str, object]:
    """The outputs of the run that the component makes."""
    done = terminal.type("polyaxon run -f polyaxonfile.yml -l")
    assert done.returncode == 0, done.stdout
    found: dict[str, object] = terminal.last_run()["outputs"]
    return found


def test_a_script_has_the_names(terminal: Terminal, tmp_path: Path) -> None:
    component(tmp_path, "python", "train.py", "a")
    assert outputs(terminal).items() >= {"managed": True, "argv": ["a"]}.items()


def test_a_containers_own_python_path_comes_first_and_hides_nothing(
    terminal: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "mine.py").write_text(
        "from polyaxon import tracking\ntracking.init().log_outputs(mine=1)"
    )
    component(tmp_path, "python", "-m", "mine", PYTHONPATH=str(tmp_path / "lib"))
    assert outputs(terminal)["mine"] == 1


def test_a_program_that_starts_python_has_them_too(terminal: Terminal, tmp_path: Path) -> None:
    component(tmp_path, "sh", "-c", "exec python train.py b")
    assert outputs(terminal)["argv"] == ["b"]


def test_a_module_of_components_has_them(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "typed.py").write_text(COMPONENT)
    done = terminal.type("polyaxon run -pm typed.py -P rate=0.5")
    assert (done.returncode, terminal.last_run()["outputs"]["argv"]) == (0, ["0.5"]), done
