"""What the packages beside this file do when they are imported.

This folder is on `PYTHONPATH`, before what is installed, and maybe in an interpreter that has no polyaxon-sdk: that is
why nothing here imports it before it is known to be meant.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import module_from_spec, spec_from_file_location

__all__ = ["stand_in"]

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE = os.path.dirname(os.path.dirname(HERE))


def stand_in(name: str) -> None:
    """Put the installed package `name` in the place of the one that asks, or else open polyaxon-sdk's names to it.

    Raises:
        BaseException: whatever the installed package raises.
    """
    spec = _installed(name)
    if spec is None:
        _load_ours()
        import_module("polyaxon_sdk.alias.finder").install()
        return
    if sys.stderr is not None:
        where = os.path.dirname(spec.origin or "")
        sys.stderr.write(f"polyaxon: {name} is the package installed in {where}; polyaxon-sdk stands back\n")
    _load(spec)


def _installed(name: str) -> ModuleSpec | None:
    """Where `name` is imported from without this folder; a folder that only has the name is no package."""
    elsewhere = [entry for entry in sys.path if os.path.abspath(entry) != HERE]
    for finder in sys.meta_path:
        found = (
            PathFinder.find_spec(name, elsewhere) if finder is PathFinder else finder.find_spec(name, None)
        )
        if found is not None and found.origin and os.path.dirname(os.path.dirname(found.origin)) != HERE:
            return found
    return None


def _load(spec: ModuleSpec) -> None:
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    if spec.loader is not None:
        spec.loader.exec_module(module)


def _load_ours() -> None:
    """Load polyaxon-sdk from where this file is of it: the interpreter may lack it, tracking needs nothing else."""
    name = os.path.basename(PACKAGE)
    if name not in sys.modules:
        file = os.path.join(PACKAGE, "__init__.py")
        spec = spec_from_file_location(name, file, submodule_search_locations=[PACKAGE])
        if spec is not None:
            _load(spec)
