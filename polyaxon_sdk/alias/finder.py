"""The importer that answers for `polyaxon` and `traceml`, module by module."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType

from polyaxon_sdk.alias.table import INTEGRATIONS, PLACES
from polyaxon_sdk.exceptions import did_you_mean

__all__ = ["AliasFinder", "install"]

_ROOTS = ("polyaxon.", "traceml.")


class AliasFinder:
    """Finds a module of the public packages as the one of ours that stands for it: the very same, not a second one."""

    @staticmethod
    def find_spec(fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """The way to import `fullname`; None for what has another name.

        Raises:
            ModuleNotFoundError: nothing here stands for that module; the message tells what there is.
        """
        del path, target
        if not fullname.startswith(_ROOTS):
            return None
        place = PLACES.get(fullname)
        if place is None:
            raise ModuleNotFoundError(_missing(fullname), name=fullname)
        # typeshed wants a loader with methods that Python no longer calls.
        return ModuleSpec(fullname, _Forward(place), is_package=True)  # type: ignore[arg-type]  # see above


class _Forward:
    """Loads a module by importing another one in its place."""

    def __init__(self, place: str) -> None:
        self._place = place

    def create_module(self, spec: ModuleSpec) -> None:
        """Python's own kind of module will do: it is replaced."""

    def exec_module(self, module: ModuleType) -> None:
        """Import the module that is meant and put it under the name that was asked for."""
        sys.modules[module.__name__] = import_module(self._place)


def install() -> None:
    """Answer for the modules of `polyaxon` and `traceml` from now on; a second call does nothing."""
    if AliasFinder not in sys.meta_path:
        sys.meta_path.insert(0, AliasFinder)


def _missing(name: str) -> str:
    parent, _, last = name.rpartition(".")
    if parent in INTEGRATIONS:
        there = sorted(INTEGRATIONS[parent])
        return f"polyaxon-sdk has no integration of {last!r}, there is {', '.join(there)}: {name}"
    return f"polyaxon-sdk has no module {name!r}{did_you_mean(name, PLACES)}"
