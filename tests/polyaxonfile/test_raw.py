"""The bytes of files, pipes and devices."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.raw import read_bytes


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 3_000_000)
    assert read_bytes(tmp_path / "a", name="a") == b"x" * 3_000_000


def test_a_pipe_is_read_to_its_end() -> None:
    with subprocess.Popen(["sh", "-c", "sleep 0.3; echo a"], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert read_bytes(Path(f"/dev/fd/{writer.stdout.fileno()}"), name="pipe") == b"a\n"


def test_a_pipe_into_which_nobody_writes_is_given_up() -> None:
    with subprocess.Popen(["sleep", "9"], stdout=subprocess.PIPE) as silent:
        assert silent.stdout is not None
        with pytest.raises(
            InputError, match=r"^pipe: nothing more comes from it, and no end, expected a file$"
        ):
            read_bytes(Path(f"/dev/fd/{silent.stdout.fileno()}"), name="pipe", patience=0.1)
        silent.kill()


def test_a_pipe_with_a_name_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(
        InputError, match=r"^pipe: a pipe with a name, expected a file, /dev/stdin or <\(command\)$"
    ):
        read_bytes(tmp_path / "pipe", name="pipe", patience=60)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/dev/zero", "a: larger than 8 MiB"),
        ("/nowhere/a", "a: no such file"),
        ("/tmp", "a: can't be read: Is a directory"),
        ("a\0b", "a: no file has a NUL in its name"),
    ],
)
def test_what_is_no_file_is_told_in_one_line(path: str, line: str) -> None:
    with pytest.raises(InputError, match=f"^{line}$"):
        read_bytes(Path(path), name="a")
