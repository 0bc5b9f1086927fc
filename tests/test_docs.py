"""What docs/ shows is there: its programs run, and every command, option, verb and setting is told."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from polyaxon_sdk import RunClient, tracking
from polyaxon_sdk.cli.app import app
from polyaxon_sdk.setting import KNOWN, Setting
from tests.house import ROOT
from tests.terminal import Terminal

PAGES = {page.stem: page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md")}
PROGRAMS = [
    pytest.param(program, id=f"{name}-{number}")
    for name, page in PAGES.items()
    for number, program in enumerate(re.findall(r"```python\n(.*?)```", page, re.DOTALL))
]


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """A command and all below it, each by its whole name."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for each in command.list_commands(context):
            below = command.get_command(context, each)
            assert below is not None
            yield from commands(below, f"{name} {each}")


COMMANDS = dict(commands(app, "polyaxon"))
OPTIONS = sorted(
    {
        option
        for name, command in COMMANDS.items()
        for parameter in command.params
        for option in parameter.opts
        if isinstance(parameter, click.Option) and name != "polyaxon config set"
    }
)


@pytest.mark.system
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_runs(program: str, tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(program, encoding="utf-8")
    done = Terminal(tmp_path, tmp_path / "home").type("python program.py")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_told(name: str) -> None:
    assert name in PAGES["commands"]


@pytest.mark.parametrize("option", OPTIONS)
def test_each_option_is_told(option: str) -> None:
    assert re.search(f"`{re.escape(option)}[` ]", PAGES["commands"])


@pytest.mark.parametrize("setting", KNOWN.values(), ids=list(KNOWN))
def test_each_setting_is_told(setting: Setting) -> None:
    assert f"| `{setting.variable}` |" in PAGES["settings"]


@pytest.mark.parametrize("verb", [name for name in tracking.__all__ if name != "Run"])
def test_each_verb_is_told(verb: str) -> None:
    assert f"`{verb}`" in PAGES["tracking"]


@pytest.mark.parametrize("name", [name for name in dir(RunClient) if not name.startswith("_")])
def test_each_method_of_the_client_is_told(name: str) -> None:
    assert f"`{name}`" in PAGES["client"]
