"""Importing a person's file inside of a run: without what reading Polyaxonfiles costs."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from polyaxon_sdk.exceptions import InputError

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
    module = _run(path)
    if not hasattr(module, name):
        raise InputError(f"no {name!r} in it", where=file)
    found: object = getattr(module, name)
    return found


def _run(path: Path) -> ModuleType:
    spec = spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise InputError("no Python file", where=str(path), expected="a name that ends in .py")
    module = module_from_spec(spec)
    sys.path.insert(0, str(path.resolve().parent))
    sys.modules[module.__name__] = module
    spec.loader.exec_module(module)
    return module
