"""What the README shows is true: its code runs, its commands work, its links lead somewhere."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.house import ROOT
from tests.terminal import Terminal

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [*ROOT.glob("*.md"), ROOT / "integrations" / "README.md", *ROOT.glob("docs/*.md")]
LINKS = [
    (document, link)
    for document in DOCUMENTS
    for link in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
]
ROWS = re.findall(r"^\| .*", README, re.MULTILINE)
COMMANDS = re.findall(r"`((?:polyaxon|python) [^`]+)`", "\n".join(ROWS))
# A run of typed.yml trains for real: tests/examples checks it.
QUICK = [command for command in COMMANDS if "typed.yml" not in command]


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """In a folder with the README's train.py, which ran once."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "train.py").write_text(
        re.findall(r"```python\n(.*?)```", README, re.DOTALL)[0], encoding="utf-8"
    )
    terminal = Terminal(folder, folder / "home")
    terminal.type("python train.py --epochs 1")
    return terminal


def test_the_run_it_shows_is_found_again(terminal: Terminal) -> None:
    terminal.type("polyaxon run -pm train.py -P epochs=5 -l")
    run = terminal.last_run()
    assert (run["status"], run["inputs"]["epochs"], run["outputs"]["loss"] < 1) == ("succeeded", 5, True)


@pytest.mark.parametrize("command", QUICK)
def test_each_command_works(command: str, terminal: Terminal) -> None:
    uuid = next((terminal.home / "runs").iterdir()).name
    store = (terminal.folder / "store").as_uri()
    done = terminal.type(command.replace("UUID", uuid).replace("file:///mnt/runs", store))
    assert done.returncode == 0, done


def test_make_demo_runs_what_it_says() -> None:
    shown = "polyaxon run -pm examples/quick_start/train.py:train -P epochs=3 -l"
    planned = subprocess.run(
        ["make", "--no-print-directory", "-n", "demo"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert f"```sh\n{shown}\n```" in README
    assert planned.stdout.rstrip().endswith(f"/{shown}")


@pytest.mark.parametrize(("document", "link"), LINKS, ids=lambda value: getattr(value, "name", value))
def test_each_link_leads_somewhere(document: Path, link: str) -> None:
    assert (document.parent / link).exists()
