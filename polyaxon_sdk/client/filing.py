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

    def get_artifact(self, path: str, *, stream: bool = True, force: bool = False) -> bytes:
        """The contents of a file of the run.

        Args:
            path: the file.
            stream, force: accepted for existing scripts: it is read where it lies.

        Raises:
            InputError: there is no such file in the run.
        """
        del stream, force
        there = self._elsewhere
        return read_file(self.folder, path) if there is None else there.read(path)

    def download_artifact(
        self, path: str = "", path_to: StrPath | None = None, *, force: bool = False
    ) -> Path:
        """Copy a file or a folder of the run into a folder; where the copy is.

        Args:
            path: of the run.
            path_to: the folder; by default the one where this process works.
            force: accepted for existing scripts: what is there already is written over.

        Raises:
            InputError: there is no such file or folder in the run.
        """
        del force
        there = self._elsewhere
        target = Path(path_to or ".")
        return copy_files(self.folder, path, target) if there is None else there.copy(path, target)

    def download_artifacts(
        self,
        path: str = "",
        path_to: StrPath | None = None,
        *,
        untar: bool = True,
        delete_tar: bool = True,
        check_path: bool = False,
    ) -> Path:
        """The same; by default all of them.

        Args:
            path, path_to: as for `download_artifact`.
            untar, delete_tar, check_path: accepted for existing scripts: files come as they are, in no archive.
        """
        del untar, delete_tar, check_path
        return self.download_artifact(path, path_to)

    def upload_artifact(
        self,
        filepath: StrPath,
        path: str | None = None,
        *,
        overwrite: bool = True,
        show_progress: bool = True,
        agent: str | None = None,
        ignore_agent_host: bool = False,
    ) -> Path:
        """Copy a file into a folder of the run, from where it is shipped; where the copy is.

        Args:
            filepath: the file.
            path: the folder; by default `outputs`.
            overwrite: whether it may take the place of what is there.
            show_progress, agent, ignore_agent_host: accepted for existing scripts: nothing is sent by this call.

        Raises:
            InputError: `path` leads out of the run, or to what the run itself writes, or to what may not be replaced.
            OSError: the file can't be read, or the disk is full.
        """
        del show_progress
        [copy] = self.upload_artifacts(
            [filepath], path, overwrite=overwrite, agent=agent, ignore_agent_host=ignore_agent_host
        )
        return copy

    def upload_artifacts(
        self,
        files: Iterable[StrPath],
        path: str | None = None,
        *,
        overwrite: bool = True,
        relative_to: StrPath | None = None,
        agent: str | None = None,
        ignore_agent_host: bool = False,
    ) -> list[Path]:
        """The same, of several files.

        Args:
            files: the files, or folders.
            path, overwrite, agent, ignore_agent_host: as for `upload_artifact`.
            relative_to: the folder below which their own folders are kept; by default they are put side by side.
        """
        del agent, ignore_agent_host
        found = [Path(file) for file in files]
        below = None if relative_to is None else Path(relative_to)
        return put_files(self._own_folder, found, path or "outputs", below=below, overwrite=overwrite)

    def upload_artifacts_dir(
        self,
        dirpath: StrPath,
        path: str | None = None,
        *,
        overwrite: bool = True,
        relative_to: StrPath | None = None,
        agent: str | None = None,
        ignore_agent_host: bool = False,
    ) -> Path:
        """The same, of a folder with all that is in it."""
        del agent, ignore_agent_host
        [copy] = self.upload_artifacts([dirpath], path, overwrite=overwrite, relative_to=relative_to)
        return copy

    def delete_artifact(self, path: str) -> None:
        """Take a file or a folder of the run away, here; what was shipped stays in the store.

        Raises:
            InputError: there is none, or it is what the run itself writes.
        """
        remove_files(self._own_folder, path)

    def delete_artifacts(self, path: str) -> None:
        """The same."""
        self.delete_artifact(path)
