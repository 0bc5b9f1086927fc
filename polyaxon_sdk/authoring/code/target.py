"""Importing a person's file inside of a run: without what reading Polyaxonfiles costs."""

from __future__ import annotations

from pathlib import Path

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.script import import_file

__all__ = ["import_object"]


def import_object(target: str) -> object:
    """What `file.py:name` names; the file is run once, as a module that other files can import by its name.

    Raises:
        InputError: there is no such file or name.
        BaseException: whatever the file raises.
    """
    file, _, name = target.rpartition(":")
    path = Path(file)
    if not path.is_file():
        raise InputError("no such file", where=file or target, expected="file.py:name")
    found: object = import_file(path)
    for part in name.split("."):
        if not hasattr(found, part):
            raise InputError(f"no {name!r} in it", where=file)
        found = getattr(found, part)
    return found
