"""Python files that documents refer to: `pathRef: train.py:train`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from polyaxon_sdk.polyaxonfile.document import Document
from polyaxon_sdk.polyaxonfile.hub import open_hubs
from polyaxon_sdk.polyaxonfile.modules import module_of, object_in, specified_by, split_target
from polyaxon_sdk.polyaxonfile.resolver import Resolver
from polyaxon_sdk.polyflow import write
from polyaxon_sdk.settings import Settings

__all__ = ["PythonFiles", "open_resolver"]


class PythonFiles:
    """Runs the Python files that documents refer to, each once; one for each reading."""

    def __init__(self) -> None:
        self._modules: dict[Path, ModuleType] = {}

    def find(self, target: str) -> Document:
        """What `file.py[:name]` names, as a document.

        Raises:
            ModuleFailedError: the file raised.
            InputError: it has no such name, or that is no component.

        >>> PythonFiles().find("train.py:train").data["kind"]  # doctest: +SKIP
        'component'
        """
        path, name = split_target(target)
        if (file := path.resolve()) not in self._modules:
            self._modules[file] = module_of(path)
        where = f"{path}:{name}"
        found = specified_by(object_in(self._modules[file], path, name), where)
        return Document(data=write(found), name=where, path=path, part=name)


def open_resolver(settings: Settings, refs: Mapping[str, Path] | None = None) -> Resolver:
    """A resolver that looks things up in the hubs of a home, and runs this person's own Python files.

    Args:
        refs: the file that answers a `urlRef` or `hubRef`.

    Raises:
        InputError: a setting is malformed.
    """
    return Resolver(refs=refs or {}, hubs=open_hubs(settings), python=PythonFiles().find)
