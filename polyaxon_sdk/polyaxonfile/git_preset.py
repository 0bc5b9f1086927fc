"""The preset that clones this person's repository where the run is."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Operation

__all__ = ["git_preset"]

_WHERE = "--git-preset"
_SECONDS = 10
_CREDENTIALS = re.compile(r"(?<=://)[^/@]*@")


def git_preset(folder: Path, *, revision: str | None = None) -> V1Operation:
    """A preset that puts the clone of a folder's repository first among the init steps, and changes nothing else.

    Args:
        folder: in the repository; its `origin` is what is cloned, without credentials.
        revision: what is checked out; by default the commit that is checked out here.

    Raises:
        InputError: the folder is in no repository, or the repository has no `origin` or no commit.

    >>> git_preset(Path.cwd()).run_patch                                             # doctest: +SKIP
    {'init': [{'git': {'url': 'https://github.com/acme/train', 'revision': 'c0ffee…'}}]}
    """
    _git(folder, "rev-parse", "--git-dir", told="no git repository", expected="a folder of one")
    url = _git(
        folder, "remote", "get-url", "origin", told="no remote origin", expected="git remote add origin URL"
    )
    commit = revision or _git(folder, "rev-parse", "HEAD", told="no commit yet", expected="git commit")
    step = {"git": {"url": _CREDENTIALS.sub("", url), "revision": commit}}
    return V1Operation(is_preset=True, patch_strategy="pre_merge", run_patch={"init": [step]})


def _git(folder: Path, *words: str, told: str, expected: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
    except FileNotFoundError as error:
        raise InputError("git is not installed", where=_WHERE) from error
    except subprocess.TimeoutExpired as error:
        raise InputError(f"git gives no answer within {_SECONDS} s", where=_WHERE) from error
    if done.returncode != 0 or not done.stdout.strip():
        raise InputError(f"{told}: {folder}", where=_WHERE, expected=expected)
    return done.stdout.strip()
