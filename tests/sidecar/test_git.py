import os
import subprocess
import time
from pathlib import Path

import pytest

from polyaxon_sdk.sidecar.git import Answer, ask


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that stands where git does, first on the path."""
    path = tmp_path / "bin" / "git"
    path.parent.mkdir()
    monkeypatch.setenv("PATH", str(path.parent), prepend=":")
    return path


def script(program: Path, text: str) -> None:
    program.write_text(f"#!/bin/sh\n{text}\n")
    program.chmod(0o755)


def test_what_git_prints_comes_back(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    answer = ask(str(tmp_path), "rev-parse", "--is-inside-work-tree", seconds=30)
    assert answer == Answer(b"true\n")


def test_a_failure_is_no_answer(tmp_path: Path) -> None:
    assert ask(str(tmp_path), "no-such-command", seconds=30) is None


def test_a_missing_folder_is_no_answer(tmp_path: Path) -> None:
    assert ask(str(tmp_path / "gone"), "status", seconds=30) is None


def test_no_git_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ask(str(tmp_path), "status", seconds=30) is None


@pytest.mark.system
def test_a_git_that_hangs_is_ended_with_what_it_started(program: Path, tmp_path: Path) -> None:
    script(program, f"sleep 300 & echo $! > {tmp_path}/child; echo first; wait")
    start = time.monotonic()
    assert ask(str(tmp_path), "status", seconds=1) == Answer(b"first\n", is_late=True)
    assert time.monotonic() - start < 200
    child = int((tmp_path / "child").read_text())
    deadline = time.monotonic() + 60
    while Path(f"/proc/{child}/stat").exists() and " Z " not in Path(f"/proc/{child}/stat").read_text():
        assert time.monotonic() < deadline


def test_a_git_that_prints_for_ever_is_cut(program: Path, tmp_path: Path) -> None:
    script(program, "yes")
    answer = ask(str(tmp_path), "diff", seconds=60, limit=1000)
    assert answer == Answer(b"y\n" * 500, is_cut=True)


def test_git_asks_nobody_and_sees_none_of_git_s_variables(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(program, "env")
    monkeypatch.setenv("GIT_DIR", "/elsewhere")
    answer = ask(str(tmp_path), "status", seconds=30)
    assert answer is not None
    lines = answer.data.decode().splitlines()
    assert {"GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_PAGER=cat", "LC_ALL=C"} <= set(lines)
    assert "GIT_DIR=/elsewhere" not in lines


def test_git_has_none_of_this_process_streams(program: Path, tmp_path: Path) -> None:
    script(program, "readlink /proc/self/fd/0 /proc/self/fd/2")
    assert ask(str(tmp_path), "status", seconds=30) == Answer(f"{os.devnull}\n{os.devnull}\n".encode())
