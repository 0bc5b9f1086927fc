"""The folder that a person works in: the project that is its own."""

from __future__ import annotations

import os
import re
from pathlib import Path

from polyaxon_sdk.exceptions import InputError

__all__ = ["project_here", "write_project"]

_FILE = os.path.join(".polyaxon", "project")
_NAMES = r"([-\w.]+/)?[-\w.]+"


def write_project(folder: Path, project: str) -> Path:
    """Make `project`, as `owner/name`, that of whoever works in a folder. Returns the file.

    Raises:
        OSError: the folder can't be written.
    """
    file = folder / _FILE
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{project}\n", encoding="utf-8")
    return file


def project_here() -> tuple[str, str] | None:
    """The project of the working folder, or of the nearest one around it, and the file that says so.

    None where none does, or where the nearest that should says nothing.

    Raises:
        InputError: what it says can't be a project.
    """
    try:
        folder = os.getcwd()
    except FileNotFoundError:  # it was deleted
        return None
    while True:
        file = os.path.join(folder, _FILE)
        if os.path.isfile(file):
            with open(file, encoding="utf-8", errors="replace") as opened:
                text = opened.read().strip()
            if text and not re.fullmatch(_NAMES, text):
                raise InputError(f"invalid project {text!r}", where=file, expected="name or owner/name")
            return (text, file) if text else None
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
