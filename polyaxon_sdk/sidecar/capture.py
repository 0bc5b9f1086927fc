"""Code and environment capture: what a run was made with, as plain data."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from time import monotonic
from typing import NamedTuple

from polyaxon_sdk.sidecar import interpreter
from polyaxon_sdk.sidecar.git import ask
from polyaxon_sdk.sidecar.remotes import without_credentials
from polyaxon_sdk.types import Json

__all__ = ["CodeRef", "capture_code", "capture_environment"]

_LARGEST_DIFF = 5_000_000
_MOST_UNTRACKED = 1000
_SECONDS = 20.0


class CodeRef(NamedTuple):
    """The state of a git working tree.

    Attributes:
        url: the remote's URL without credentials; empty where there is none.
        branch: empty where HEAD is detached.
        commit: empty in a repository without one.
        dirty: whether anything differs from the commit; untracked files count.
        diff: tracked files against the commit, as `git diff` prints it, whole lines only; encoding it as UTF-8
            with `surrogateescape` gives the very bytes.
        untracked: files and folders that git does not know and does not ignore.
        note: what is cut or missing, and why; empty where nothing is.
    """

    url: str
    branch: str
    commit: str
    dirty: bool
    diff: str
    untracked: tuple[str, ...]
    note: str


def capture_code(cwd: str, *, script: str = "", seconds: float = _SECONDS) -> CodeRef | None:
    """The code around `cwd`, or else around `script`; None where neither is in a git working tree.

    Nothing is written and nothing fetched, no hook runs and nobody is asked. A git that hangs is ended after
    `seconds`; what it had not said by then is told by the note.

    >>> capture_code("/src/project").branch  # doctest: +SKIP
    'main'
    """
    deadline = monotonic() + seconds
    for folder in (cwd, os.path.dirname(script)):
        if folder:
            top = ask(folder, "rev-parse", "--show-toplevel", seconds=deadline - monotonic())
            if top is not None and top.data:
                return _code(os.fsdecode(top.data.removesuffix(b"\n")), deadline)
    return None


def capture_environment(executable: str = sys.executable) -> dict[str, Json]:
    """The interpreter, its packages and the machine; never an environment variable.

    Args:
        executable: the interpreter that the run used. Another one than this is asked by itself, and where it
            doesn't answer, a `note` says so and its packages are missing.

    >>> capture_environment()["python"]  # doctest: +SKIP
    '3.11.7'
    """
    machine: dict[str, Json] = {
        "platform": platform.platform(),
        "hostname": platform.node(),
        "cpu_count": os.cpu_count() or 0,
        "cpu_usable": len(os.sched_getaffinity(0)),
        "memory": os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"),
    }
    if executable == sys.executable:
        return {**interpreter.describe(), **machine}
    return {"executable": executable, **_ask_interpreter(executable), **machine}


def _ask_interpreter(executable: str) -> dict[str, Json]:
    with open(interpreter.__file__, "rb") as program:
        try:
            asked = subprocess.run(
                [executable, "-"], stdin=program, capture_output=True, timeout=_SECONDS, check=True
            )
            return dict(json.loads(asked.stdout))
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            return {"note": f"{executable} could not be asked: {error}"}


def _code(top: str, deadline: float) -> CodeRef:
    commit = _line(top, "rev-parse", "--verify", "--quiet", "HEAD", deadline=deadline)
    branch = _line(top, "symbolic-ref", "--quiet", "--short", "HEAD", deadline=deadline)
    changed, untracked, notes = _status(top, (deadline - monotonic()) / 2)
    diff = ""
    if commit and changed:
        diff, note = _diff(top, deadline - monotonic())
        notes += note
    if len(untracked) > _MOST_UNTRACKED:
        notes.append(f"{len(untracked) - _MOST_UNTRACKED} more untracked files")
    return CodeRef(
        url=_remote(top, deadline),
        branch=branch,
        commit=commit,
        dirty=changed or bool(untracked),
        diff=diff,
        untracked=tuple(untracked[:_MOST_UNTRACKED]),
        note="; ".join(notes),
    )


def _status(top: str, seconds: float) -> tuple[bool, list[str], list[str]]:
    """Whether tracked files changed, the untracked ones, and notes; unknown counts as changed."""
    command = ("status", "--porcelain=v2", "-z", "--no-renames", "--ignore-submodules=dirty")
    answer = ask(top, *command, "--untracked-files=normal", seconds=seconds)
    if answer is None or answer.is_late:
        return True, [], ["git status gave no answer in time, so that the tree may be clean"]
    entries = [entry.decode("utf-8", "replace") for entry in answer.data.split(b"\0")[:-1]]
    untracked = [entry[2:] for entry in entries if entry.startswith("? ")]
    notes = ["the list of changes is cut"] if answer.is_cut else []
    return len(entries) > len(untracked), untracked, notes


def _diff(top: str, seconds: float) -> tuple[str, list[str]]:
    command = ("diff", "--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules=dirty")
    prefixes = ("--src-prefix=a/", "--dst-prefix=b/")
    answer = ask(top, *command, *prefixes, "HEAD", "--", seconds=seconds, limit=_LARGEST_DIFF)
    if answer is None:
        return "", ["git diff failed"]
    notes = []
    if answer.is_cut or answer.is_late:
        why = "took too long" if answer.is_late else f"is larger than {_LARGEST_DIFF:,} bytes"
        notes.append(f"the diff {why} and is cut")
    whole = answer.data[: answer.data.rfind(b"\n") + 1]
    return whole.decode("utf-8", "surrogateescape"), notes


def _remote(top: str, deadline: float) -> str:
    names = _line(top, "remote", deadline=deadline).split("\n")
    name = "origin" if "origin" in names else names[0]
    return without_credentials(_line(top, "config", "--get", f"remote.{name}.url", deadline=deadline))


def _line(top: str, *arguments: str, deadline: float) -> str:
    answer = ask(top, *arguments, seconds=deadline - monotonic())
    return "" if answer is None else answer.data.decode("utf-8", "replace").strip()
