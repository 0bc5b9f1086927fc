"""Whose line a mistake is on."""

from __future__ import annotations

import os
import sys

__all__ = ["caller", "short_path"]

_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_COMMAND = os.sep + os.path.join("click", "core.py")
"""What calls a command."""


def caller() -> str | None:
    """`file:line` of the nearest frame that is a person's own; None where there is none, as of a command.

    >>> caller().endswith(":1")
    True
    """
    frame = sys._getframe(1)
    while frame is not None:
        file = frame.f_code.co_filename
        if file.endswith(_COMMAND):
            return None
        if not file.startswith(_OURS):
            return f"{short_path(file)}:{frame.f_lineno}"
        if frame.f_back is None:
            return None
        frame = frame.f_back
    return None


def short_path(file: str) -> str:
    """A path as a person types it: relative where it lies below the folder they are in."""
    file, here = os.path.abspath(file), os.getcwd()
    return os.path.relpath(file, here) if file.startswith(here + os.sep) else file
