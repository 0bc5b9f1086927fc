"""What the README shows is true: its code runs, its commands work, its links lead somewhere."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import ROOT

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
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the README's train.py lies, and where its runs go."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "train.py").write_text(re.findall(r"```python\n(.*?)```", README, re.S)[0], encoding="utf-8")
    return folder


def typed(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Carry out a command as a person who types it in `folder`."""
    programs = Path(sys.executable).parent
    return subprocess.run(
        shlex.split(command),
        cwd=folder,
        env={"PATH": f"{programs}:/usr/bin:/bin", "HOME": str(folder), "POLYAXON_HOME": str(folder / "home")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_run_it_shows_succeeds_and_is_found_again(folder: Path) -> None:
    run = typed("polyaxon run -pm train.py -P epochs=5 -l", folder)
    assert (run.returncode, "succeeded" in run.stdout) == (0, True), run
    assert "succeeded" in typed("polyaxon ops ls", folder).stdout


@pytest.mark.parametrize("command", QUICK)
def test_each_command_works(command: str, folder: Path) -> None:
    uuid = next((folder / "home" / "runs").iterdir()).name
    store = (folder / "store").as_uri()
    done = typed(command.replace("UUID", uuid).replace("file:///mnt/runs", store), folder)
    assert done.returncode == 0, done


def test_make_demo_runs_what_it_says() -> None:
    shown = "polyaxon run -pm examples/quick_start/train.py:train -P epochs=3 -l"
    planned = subprocess.run(["make", "-n", "demo"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert f"```sh\n{shown}\n```" in README
    assert planned.stdout.rstrip().endswith(f"/{shown}")


@pytest.mark.parametrize(("document", "link"), LINKS, ids=lambda value: getattr(value, "name", value))
def test_each_link_leads_somewhere(document: Path, link: str) -> None:
    assert (document.parent / link).exists()
