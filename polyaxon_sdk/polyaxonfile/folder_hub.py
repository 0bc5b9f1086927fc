"""A hub in a folder: of this machine, or of the package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.address import Address
from polyaxon_sdk.polyaxonfile.document import Document
from polyaxon_sdk.polyaxonfile.origin import Origin
from polyaxon_sdk.polyaxonfile.version import ENDINGS, ComponentVersion

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["FolderHub"]


class FolderHub:
    """The components in a folder.

    Args:
        root: the folder; one that is not this person's own has to be there.
        is_ours: whether it is the package's or the home's own.
        title: how messages name it; by default its path.
    """

    def __init__(self, root: Traversable, *, is_ours: bool, title: str | None = None) -> None:
        self._root = root
        self._is_ours = is_ours
        self._title = title or str(root)

    def find(self, version: ComponentVersion) -> Document | None:
        """The component, or None where the hub has none of that name and tag.

        Raises:
            InputError: the folder isn't there, or the file can't be read.
        """
        if not self._is_ours and not self._root.is_dir():
            raise InputError("no such folder", where=f"hub {self._title}", expected="a hub (is it mounted?)")
        for ending in ENDINGS:
            file = self._root.joinpath(*version.file(ending))
            if file.is_file():
                return self._read(file, version)
        return None

    def names(self, version: ComponentVersion) -> list[str]:
        """The components that the hub has of the same owner."""
        folder = self._root.joinpath(*version.shelf)
        found = folder.iterdir() if folder.is_dir() else ()
        return [entry.name for entry in found if entry.is_dir() and not entry.name.startswith("@")]

    def tags(self, version: ComponentVersion) -> list[str]:
        """The tags that the hub has of the component."""
        folder = self._root.joinpath(*version.shelf, version.name)
        found = folder.iterdir() if folder.is_dir() else ()
        names = [entry.name.rpartition(".") for entry in found if entry.is_file()]
        return [stem for stem, _, ending in names if ending in ENDINGS]

    def _read(self, file: Traversable, version: ComponentVersion) -> Document:
        path = file if isinstance(file, Path) else None
        origin = Origin(
            name=f"{version} in {self._title}",
            addresses=(Address(f"file://{path}"),) if path else (),
            component=str(version),
            is_ours=self._is_ours,
        )
        name = str(version) if self._title == "the package" else str(file)
        return Document.load(file, name=name, path=path, origin=origin)
