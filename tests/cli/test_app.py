import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from polyaxon_sdk.cli.app import ENTRIES as app_entries
from polyaxon_sdk.cli.lazy import Entry
from polyaxon_sdk.cli.ops import ENTRIES as ops_entries
from polyaxon_sdk.version import __version__
from tests.cli.conftest import Polyaxon


def test_help_lists_each_command(polyaxon: Polyaxon) -> None:
    listed = polyaxon("--help").out.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in listed if not line.startswith("   ")] == list(app_entries)


@pytest.mark.parametrize(("name", "entry"), [*app_entries.items(), *ops_entries.items()])
def test_the_line_in_the_list_is_the_commands_own(name: str, entry: Entry) -> None:
    module, _, attribute = entry.home.partition(":")
    command: click.Command = getattr(import_module(module), attribute)
    assert (command.name, (command.help or "").splitlines()[0]) == (name, entry.help)


def test_help_imports_none_of_the_heavy_libraries() -> None:
    code = (
        "import sys, polyaxon_sdk.cli.app as app\n"
        "app.app.main(['--help'], standalone_mode=False)\n"
        "print(sorted({'rich', 'sqlalchemy', 'yaml', 'jinja2', 'attrs', 'cattrs', 'fsspec'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("rnu",), "Error: no command 'rnu', did you mean 'run'?\n"),
        (("xyzzy",), "Error: no command 'xyzzy'; --help lists them\n"),
        (("ops", "lss"), "Error: no command 'lss', did you mean 'ls'?\n"),
        (
            ("ops", "ls", "-l", "0"),
            "Error: Invalid value for '-l' / '--limit': 0 is not in the range x>=1.\n",
        ),
    ],
)
def test_a_mistake_takes_one_line(polyaxon: Polyaxon, words: tuple[str, ...], line: str) -> None:
    told = polyaxon(*words)
    assert told.err.startswith(line)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)


def test_v_adds_the_traceback(polyaxon: Polyaxon) -> None:
    assert "Traceback (most recent call last)" in polyaxon("-v", "ops", "get", "-uid", "x").err


def test_the_version_is_printed(polyaxon: Polyaxon) -> None:
    assert polyaxon("version").out == f"{__version__}\n"


def test_a_reader_that_goes_away_is_no_error(folder: Path, environment: dict[str, str]) -> None:
    read, write = os.pipe()
    os.close(read)
    told = subprocess.run(
        [sys.executable, "-m", "polyaxon_sdk", "config", "show"],
        cwd=folder,
        env=environment,
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write)
    assert told.stderr == ""


def test_check_creates_nothing(polyaxon: Polyaxon, home: Path) -> None:
    told = polyaxon("check", "-pm", "train.py", "-P", "epochs=1")
    assert (told.code, told.out, home.exists()) == (0, "valid: train\n", False)


def test_compile_prints_the_operation_and_creates_nothing(polyaxon: Polyaxon, home: Path) -> None:
    told = polyaxon("compile", "-pm", "train.py", "-P", "epochs=1", "-n", "best")
    assert told.out.startswith("kind: compiled_operation\nversion: 1.1\nname: best\n")
    assert not home.exists()


def test_sync_finishes_what_was_left(polyaxon: Polyaxon, home: Path) -> None:
    polyaxon("run", "-pm", "train.py", "-P", "epochs=1")
    run = next((home / "runs").iterdir())
    (run / "journal" / "drained.json").unlink()
    assert polyaxon("sync").out == f"{run.name[:12]}: finished\n1 run finished\n"
    assert polyaxon("sync").out == "nothing is left to do\n"


def test_sync_does_not_wait_for_a_sidecar_that_broke(polyaxon: Polyaxon, home: Path) -> None:
    polyaxon("run", "-pm", "train.py", "-P", "epochs=1")
    run = next((home / "runs").iterdir())
    (run / "journal" / "drained.json").write_text('{"files": 5}')
    told = polyaxon("sync")
    log = run / "journal" / "sidecar.log"
    assert told == (1, "0 runs finished\n", f"{run.name[:12]}: something is left; it broke, as {log} tells\n")


@pytest.mark.system
def test_a_store_that_can_not_be_reached_is_told_before_anything_is_waited_for(
    polyaxon: Polyaxon, environment: dict[str, str]
) -> None:
    environment |= {"POLYAXON_ARTIFACTS_STORE": "s3://team", "AWS_ENDPOINT_URL": "http://127.0.0.1:9"}
    environment |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1"}
    told = polyaxon("sync", "--all")
    assert told.code == 1
    assert "store s3://team can't be reached: could not connect to http://127.0.0.1:9" in told.err
