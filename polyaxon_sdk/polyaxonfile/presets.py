"""Presets: patches that this person keeps by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, field, frozen

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.polyaxonfile.document import Document, read_document
from polyaxon_sdk.polyaxonfile.layers import lay_over
from polyaxon_sdk.polyaxonfile.polyaxonfile import Polyaxonfile
from polyaxon_sdk.polyaxonfile.reading import parse
from polyaxon_sdk.polyaxonfile.version import ENDINGS
from polyaxon_sdk.polyflow import SpecError, V1Component, V1Operation
from polyaxon_sdk.polyflow.problems import at, fault
from polyaxon_sdk.polyflow.recognition import is_dag

if TYPE_CHECKING:
    from polyaxon_sdk.settings import Settings

__all__ = ["Presets", "open_presets"]

T = TypeVar("T", V1Component, V1Operation)

_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]*")


class _UnknownPresetError(InputError):
    """There is no preset of a name."""


@frozen
class Presets:
    """The presets in some folders, a file each: `NAME.yaml`, `NAME.yml` or `NAME.json`.

    Args:
        folders: asked in their order; they needn't be there.
        is_lenient: a name in a file that there is no preset of is a note, not an error.

    Attributes:
        documents: the ones that were read.
    """

    folders: Sequence[Path]
    is_lenient: bool = field(default=False, kw_only=True)
    documents: list[Document] = field(factory=list, init=False)
    notes: list[str] = field(factory=list, init=False)

    def put_on(self, found: Polyaxonfile, *, also: Sequence[str] = ()) -> Polyaxonfile:
        """What was read, with the presets that it names laid over it, and then those of `also`, in their order.

        The operations of a dag get their own ones. The names stay.

        Raises:
            InputError: there is no preset of a name, or it is wrong.

        >>> from polyaxon_sdk.polyaxonfile import read_files
        >>> open_presets(load(), Path.cwd()).put_on(read_files([path]))                # doctest: +SKIP
        """
        with found.locating():
            operation = self._on(found.operation)
        operation = self._also(operation, also)
        return evolve(
            found,
            operation=operation,
            warnings=(*found.warnings, *self.notes),
            documents=(*found.documents, *self.documents),
        )

    def _on(self, operation: V1Operation, *, of: V1Component | None = None) -> V1Operation:
        """An operation with its presets; `of` is the component that its `dagRef` names, whose presets come first."""
        operation = self._inside(operation)
        inner = [] if of is None else _named(of)
        for position, name in enumerate(dict.fromkeys([*inner, *_named(operation)])):
            for preset in self._known(name, position):
                operation = lay_over(operation, preset)
        return operation

    def _known(self, name: str, position: int) -> list[V1Operation]:
        try:
            with at("presets", position):
                return self._read(name, ())
        except SpecError as error:
            if not self.is_lenient or not isinstance(error.__cause__, _UnknownPresetError):
                raise
            self.notes.append(f"{error}; nothing is laid over")
            return []

    def _also(self, operation: V1Operation, names: Sequence[str]) -> V1Operation:
        for name in names:
            try:
                presets = self._read(name, ())
            except InputError as error:
                error.where = error.where or "--presets"
                raise
            for preset in presets:
                operation = lay_over(operation, preset)
        named = list(dict.fromkeys([*(operation.presets or []), *names]))
        return evolve(operation, presets=named or None)

    def _inside(self, holder: T) -> T:
        """The same with the presets of the operations that a dag in it holds."""
        if holder.component is not None:
            holder = evolve(holder, component=self._inside(holder.component))
        if not is_dag(holder.run):
            return holder
        named = {component.name: component for component in holder.run.components or []}
        nodes: list[V1Operation] = []
        for position, node in enumerate(holder.run.operations or []):
            with at("run", "operations", position):
                nodes.append(self._on(node, of=named.get(node.dag_ref) if node.dag_ref else None))
        components = [self._inside(component) for component in holder.run.components or []]
        return evolve(holder, run=evolve(holder.run, operations=nodes or None, components=components or None))

    def _read(self, name: str, trail: tuple[str, ...]) -> list[V1Operation]:
        """A preset, after those that it names itself."""
        if name in trail:
            raise InputError(f"presets name each other in a circle: {' -> '.join((*trail, name))}")
        document = self._find(name)
        preset = parse(document, notes=self.notes)
        if isinstance(preset, V1Component) or preset.references:
            told = "a component, or a reference to one, is nothing to lay over another"
            raise document.located(
                fault(told, path=("kind",), expected="isPreset: true, runPatch and other fields")
            )
        self.documents.append(document)
        try:
            with at("presets"):
                inner = [one for each in preset.presets or [] for one in self._read(each, (*trail, name))]
        except SpecError as error:
            raise document.located(error) from error
        return [*inner, preset]

    def _find(self, name: str) -> Document:
        if _NAME.fullmatch(name):
            for folder in self.folders:
                for ending in ENDINGS:
                    file = folder / f"{name}.{ending}"
                    if file.is_file():
                        return read_document(file)
        names = sorted(set(self._names()))
        expected = f"one of {', '.join(names)}" if names else f"a file {name}.yaml in {self.folders[-1]}"
        raise _UnknownPresetError(f"no preset {name!r}", expected=expected, hint=did_you_mean(name, names))

    def _names(self) -> Iterator[str]:
        for folder in self.folders:
            for file in folder.iterdir() if folder.is_dir() else ():
                if file.suffix[1:] in ENDINGS:
                    yield file.stem


def open_presets(settings: Settings, folder: Path, *, is_lenient: bool = False) -> Presets:
    """The presets of a project's folder, in its `.polyaxon/presets`, and the home's, in `presets`.

    Args:
        is_lenient: as `Presets` takes it.

    >>> from polyaxon_sdk.settings import load
    >>> open_presets(load({"POLYAXON_HOME": "/home/ann/.polyaxon"}), Path("/work")).folders[0].as_posix()
    '/work/.polyaxon/presets'
    """
    return Presets((folder / ".polyaxon" / "presets", settings.home / "presets"), is_lenient=is_lenient)


def _named(layer: V1Operation | V1Component) -> list[str]:
    """The presets of all layers, the component's first."""
    inner = _named(layer.component) if layer.component else []
    return list(dict.fromkeys([*inner, *(layer.presets or [])]))
