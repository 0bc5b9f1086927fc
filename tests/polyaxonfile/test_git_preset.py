"""The preset that clones this person's repository."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.git_preset import git_preset
from polyaxon_sdk.polyaxonfile.layers import lay_over
from polyaxon_sdk.polyflow import read_operation


def git(folder: Path, *words: str) -> str:
    own = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    done = subprocess.run(["git", *own, *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a commit and an origin."""
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "first")
    git(tmp_path, "remote", "add", "origin", "https://ann:secret@example.com/acme/train.git")
    return tmp_path


def step(preset: Any) -> Any:
    return preset.run_patch["init"][0]["git"]


def test_the_commit_that_is_checked_out_is_cloned(repository: Path) -> None:
    url = "https://example.com/acme/train.git"
    assert step(git_preset(repository)) == {"url": url, "revision": git(repository, "rev-parse", "HEAD")}


def test_another_revision_is_cloned_on_request(repository: Path) -> None:
    assert step(git_preset(repository, revision="v1"))["revision"] == "v1"


def test_the_clone_comes_first(repository: Path) -> None:
    init = {"init": [{"git": {"url": "https://example.com/other"}}]}
    under = read_operation({"runPatch": init})
    found = lay_over(under, git_preset(repository, revision="v1")).run_patch or {}
    steps: Any = found["init"]
    assert [each["git"]["url"][-9:] for each in steps] == ["train.git", "com/other"]


def test_a_folder_that_is_no_repository_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=re.escape(f"--git-preset: no git repository: {tmp_path}")):
        git_preset(tmp_path)


def test_a_repository_without_a_remote_is_told(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    with pytest.raises(InputError, match=r"no remote origin: .*, expected git remote add origin URL"):
        git_preset(tmp_path)
