"""Calls about the files of a run."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from polyaxon_sdk.client.files import ArtifactsTree, copy_files, put_files, read_file, remove_files, tree_of
from polyaxon_sdk.exceptions import RunNotFoundError
from polyaxon_sdk.runs.folder import RunFolder

if TYPE_CHECKING:
    from polyaxon_sdk.client.elsewhere import Elsewhere

__all__ = ["FileCalls"]

StrPath = str | os.PathLike[str]


class FileCalls:
    """The part of `RunClient` about files (semantics 5.2); paths are relative to the run."""

    _store: str | None

    @property
    def folder(self) -> RunFolder:
        """Where the run lies."""
        raise RunNotFoundError("no run is named")

    @property
    def _own_folder(self) -> RunFolder:
        """The same, of a run that can be changed."""
        return self.folder

    @property
    def _elsewhere(self) -> Elsewhere | None:
        """What a store holds of the run; None for one of the home."""
        if self._store is None:
            return None
        from polyaxon_sdk.client.elsewhere import Elsewhere  # stores, which cost 40 ms

        return Elsewhere(self._store, self.folder.uuid)

    def get_artifacts_tree(self, path: str = "") -> ArtifactsTree:
        """The files in a folder of the run with their sizes in bytes, and the folders there.

        Raises:
            InputError: `path` leads out of the run.
        """
        there = self._elsewhere
        return tree_of(self.folder, path) if there is None else there.tree(path)

    def get_artifact(self, path: str) -> bytes:
        """The contents of a file of the run.

        Raises:
            InputError: there is no such file in the run.
        """
        there = self._elsewhere
        return read_file(self.folder, path) if there is None else there.read(path)

    def download_artifact(self, path: str = "", path_to: StrPath = ".") -> Path:
        """Copy a file or a folder of the run into the folder `path_to`; where the copy is.

        Raises:
            InputError: there is no such file or folder in the run.
        """
        there = self._elsewhere
        target = Path(path_to)
        return copy_files(self.folder, path, target) if there is None else there.copy(path, target)

    def download_artifacts(self, path: str = "", path_to: StrPath = ".") -> Path:
        """The same; by default all of them."""
        return self.download_artifact(path, path_to)

    def upload_artifact(self, filepath: StrPath, path: str = "outputs") -> Path:
        """Copy a file into a folder of the run, from where it is shipped; where the copy is.

        Raises:
            InputError: `path` leads out of the run, or to what the run itself writes.
            OSError: the file can't be read, or the disk is full.
        """
        [copy] = put_files(self._own_folder, [Path(filepath)], path)
        return copy

    def upload_artifacts(self, files: Iterable[StrPath], path: str = "outputs") -> list[Path]:
        """The same, of several files."""
        return put_files(self._own_folder, [Path(file) for file in files], path)

    def upload_artifacts_dir(self, dirpath: StrPath, path: str = "outputs") -> Path:
        """The same, of a folder with all that is in it."""
        return self.upload_artifact(dirpath, path)

    def delete_artifact(self, path: str) -> None:
        """Take a file or a folder of the run away, here; what was shipped stays in the store.

        Raises:
            InputError: there is none, or it is what the run itself writes.
        """
        remove_files(self._own_folder, path)

    def delete_artifacts(self, path: str) -> None:
        """The same."""
        self.delete_artifact(path)
