"""Polyaxonfiles from URLs and hubs, as a person types them."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Polyaxon
from tests.servers import Site, site

HELLO = "kind: component\nname: hello\nrun: {kind: job, container: {command: [echo, hello there]}}\n"


@pytest.fixture
def web() -> Iterator[Site]:
    """A web server on loopback."""
    with site() as running:
        yield running


@pytest.fixture
def hello(web: Site) -> str:
    """The URL of a component."""
    return web.put("/team/hello.yml?token=secret", HELLO)


FLOW = """
kind: component
run:
  kind: dag
  operations:
  - name: first
    pathRef: ../train.py:train
    params: {epochs: {value: 2}}
  - name: second
    pathRef: ../train.py
    params: {epochs: {value: 1}, rate: {ref: ops.first, value: outputs.loss}}
"""


def test_operations_of_a_dag_are_functions_of_a_python_file(polyaxon: Polyaxon, folder: Path) -> None:
    (folder / "flows").mkdir()
    (folder / "flows" / "flow.yml").write_text(FLOW)
    done = polyaxon("run", "-f", "flows/flow.yml", "-l")
    assert done.code == 0, done.err
    assert done.out.splitlines().count("second | epoch 0") == 1


Answer = Callable[[str, str], tuple[int, str]]


@pytest.fixture
def answer(folder: Path, environment: dict[str, str]) -> Answer:
    """Run what is at a URL at a terminal and type an answer; returns the exit code and what was shown."""

    def type_(url: str, word: str) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        words = [sys.executable, "-m", "polyaxon_sdk", "run", "-l", "--url", url]
        shown = b""
        with subprocess.Popen(
            words, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
        ) as process:
            os.close(theirs)
            os.write(ours, f"{word}\n".encode())
            while chunk := _read(ours):
                shown += chunk
        os.close(ours)
        return process.returncode, shown.decode()

    return type_


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # the other end is closed
        return b""


def test_a_yes_at_the_terminal_runs_it(answer: Answer, hello: str, web: Site) -> None:
    code, shown = answer(hello, "y")
    assert (code, shown.count("Run it? [y/N]: ")) == (0, 1)
    assert f"  {web.root}/team/hello.yml?...\r\n" in shown
    assert "  echo 'hello there'\r\n" in shown
    assert "hello there\r\n" in shown


def test_a_no_at_the_terminal_leaves_nothing(answer: Answer, hello: str, home: Path) -> None:
    code, shown = answer(hello, "n")
    assert (code, shown.endswith("Error: not run\r\n"), (home / "runs").exists()) == (1, True, False)


def test_without_a_terminal_it_is_refused(polyaxon: Polyaxon, hello: str, web: Site, home: Path) -> None:
    told = polyaxon("run", "--url", hello)
    lines = told.err.splitlines()
    assert (told.code, told.out, (home / "runs").exists()) == (2, "", False)
    assert lines[-1] == (
        f"Error: {web.root}/team/hello.yml?...: no terminal to ask at, expected --yes, or to trust where it lies: "
        f"polyaxon config set --trusted {web.root}/team/"
    )
    assert lines[-2] == "  echo 'hello there'"
    assert "secret" not in told.err


def test_yes_runs_it(polyaxon: Polyaxon, hello: str) -> None:
    told = polyaxon("run", "--url", hello, "--yes", "-l")
    assert (told.code, told.err, "\nhello there\n" in told.out) == (0, "", True)


def test_what_was_suggested_is_trusted_from_then_on(polyaxon: Polyaxon, hello: str, web: Site) -> None:
    polyaxon("config", "set", "--trusted", f"{web.root}/team/")
    assert polyaxon("run", "--url", hello).code == 0


@pytest.mark.parametrize("command", ["check", "compile"])
def test_what_runs_nothing_asks_nothing(polyaxon: Polyaxon, hello: str, command: str) -> None:
    told = polyaxon(command, "--url", hello)
    assert (told.code, told.err, "hello" in told.out) == (0, "", True)


def test_a_file_that_refers_to_a_url_asks_too(polyaxon: Polyaxon, folder: Path, hello: str) -> None:
    (folder / "op.yml").write_text(f"kind: operation\nurlRef: {hello}\n")
    assert polyaxon("run", "-f", "op.yml").code == 2


def test_a_module_that_refers_to_a_url_asks_too(polyaxon: Polyaxon, folder: Path, hello: str) -> None:
    lines = "from polyaxon_sdk.polyflow import V1Operation", f"main = V1Operation(url_ref={hello!r})"
    (folder / "op.py").write_text("\n".join(lines))
    assert "no terminal to ask at" in polyaxon("run", "-pm", "op.py").err


def test_no_record_holds_the_credentials_of_a_url(polyaxon: Polyaxon, hello: str, home: Path) -> None:
    polyaxon("run", "--url", hello.replace("://", "://me:pass-word@"), "--yes")
    kept = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    assert [data for data in kept if b"secret" in data or b"pass-word" in data] == []


def test_the_homes_own_hub_is_not_asked_about(polyaxon: Polyaxon, home: Path) -> None:
    (home / "hub" / "hello").mkdir(parents=True)
    (home / "hub" / "hello" / "v1.yaml").write_text(HELLO)
    assert polyaxon("run", "--hub", "hello:v1").code == 0


def test_a_configured_hub_is_asked_about(polyaxon: Polyaxon, tmp_path: Path) -> None:
    (tmp_path / "team" / "hello").mkdir(parents=True)
    (tmp_path / "team" / "hello" / "latest.yaml").write_text(HELLO)
    polyaxon("config", "set", "--hub", str(tmp_path / "team"))
    told = polyaxon("run", "--hub", "hello")
    assert (told.code, f"hello:latest in {tmp_path}/team: no terminal" in told.err) == (2, True)
    assert polyaxon("run", "--hub", "hello", POLYAXON_TRUSTED=str(tmp_path / "team")).code == 0


def test_a_component_of_the_package_is_checked(polyaxon: Polyaxon) -> None:
    told = polyaxon("check", "--hub", "tensorboard:single-run", "-P", f"uuid={'ab' * 16}")
    assert told == (0, "valid: tensorboard\n", "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--hub", "tensorbord"], "did you mean 'tensorboard'?"),
        (["--hub", "../../etc/passwd"], "invalid component '../../etc/passwd', expected name"),
        (["--url", "train.yml"], "invalid URL 'train.yml', expected a URL such as https://"),
        (["--url", "http://127.0.0.1:1/a.yml"], "http://127.0.0.1:1/a.yml: can't be reached"),
        (["--url", "https://x.org", "--hub", "a"], "--url and --hub each name what to run: give one of them"),
        (["-f", "a.yml", "-pm", "a.py", "--hub", "a"], "-f and -pm and --hub each name what to run"),
    ],
)
def test_a_source_that_is_wrong_takes_one_line(polyaxon: Polyaxon, words: list[str], told: str) -> None:
    answered = polyaxon("check", *words)
    assert (answered.code, answered.err.count("\n"), told in answered.err) == (2, 1, True), answered
