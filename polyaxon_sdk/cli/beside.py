"""Functions that a Polyaxonfile names, found beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from attrs import evolve

from polyaxon_sdk.polyflow import V1Component, V1Container, V1Dag, V1Job, V1Operation

__all__ = ["beside"]

T = TypeVar("T", V1Component, V1Operation)

_ENTRY = ["-m", "polyaxon_sdk.authoring"]


def beside(layer: T, folder: Path) -> T:
    """The same, with each Python file that isn't here, but in `folder`, named by its path from here.

    >>> beside(V1Operation(name="train"), Path("..")).name
    'train'
    """
    if isinstance(layer, V1Operation):
        inner = layer.component
        return evolve(layer, component=inner and beside(inner, folder))
    run = layer.run
    if isinstance(run, V1Dag):
        operations = run.operations and [beside(each, folder) for each in run.operations]
        components = run.components and [beside(each, folder) for each in run.components]
        return evolve(layer, run=evolve(run, operations=operations, components=components))
    if isinstance(run, V1Job) and isinstance(run.container, V1Container):
        return evolve(layer, run=evolve(run, container=_container(run.container, folder)))
    return layer


def _container(container: V1Container, folder: Path) -> V1Container:
    command, args = container.command, container.args
    is_entry = isinstance(command, list) and command[1:] == _ENTRY and container.working_dir is None
    if not is_entry or not isinstance(args, list) or len(args) != 1:
        return container
    file, _, name = str(args[0]).rpartition(":")
    if Path(file).is_file() or not (folder / file).is_file():
        return container
    return evolve(container, args=[f"{(folder / file).as_posix()}:{name}"])
