"""Calls that move runs between folders, the home and the store."""

from __future__ import annotations

import os
from pathlib import Path

from polyaxon_sdk.exceptions import RunNotFoundError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import is_uuid
from polyaxon_sdk.runs.offline import persist, read_offline, take_out
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.arrival import Arrival, push_offline

__all__ = ["OfflineCalls"]

StrPath = str | os.PathLike[str]


class OfflineCalls:
    """The part of `RunClient` that moves whole runs (semantics 5.2: offline sync)."""

    _settings: Settings
    _owner: str | None
    _project: str | None
    _wanted: str | None

    @property
    def folder(self) -> RunFolder:
        """Where the run lies."""
        raise RunNotFoundError("no run is named")

    def push_offline_run(
        self,
        path: StrPath,
        *,
        name: str | None = None,
        upload_artifacts: bool = True,
        clean: bool = False,
        reset_project: bool = False,
        reset_uuid: bool = False,
        agent: str | None = None,
        ignore_agent_host: bool = False,
        ignore_store: bool = False,
    ) -> str:
        """Bring the run in a folder into the home, from where it is shipped; its uuid there.

        Args:
            path: the run's folder, of this package's making or of Polyaxon's offline mode.
            name: what it is called from now on.
            upload_artifacts: whether its files come too.
            clean: take the folder away once the run is in the home.
            reset_project: make it one of the client's project, or else of the configured one.
            reset_uuid: give it a uuid of its own, so that it may be brought in again.
            agent, ignore_agent_host: accepted for existing scripts: no agent takes it on.
            ignore_store: leave its files out.

        Raises:
            InputError: no run lies there, or the home has it already.
            OSError: it can't be read, or the home can't be written.
        """
        owner, _, project = (self._project or self._settings.project).rpartition("/")
        del agent, ignore_agent_host
        takes_files = upload_artifacts and not ignore_store
        arrival = Arrival(name=name, is_new=reset_uuid, takes_files=takes_files)
        if reset_project:
            arrival = arrival._replace(project=project, owner=self._owner or owner or None)
        return push_offline(Path(path), self._settings.home, arrival, clean=clean).uuid

    def pull_remote_run(self, path: StrPath | None = None, *, download_artifacts: bool = True) -> Path:
        """Copy the run into a folder, in Polyaxon's form: from the home, or from the store where it lies there alone.

        Args:
            path: the folder that the run's own one is made in; by default the one where this process works.
            download_artifacts: whether its files come too.

        Raises:
            RunNotFoundError: neither has it.
            StoreError: the store fails.
            OSError: the folder can't be written.
        """
        place = Path(path or ".")
        try:
            return take_out(self.folder, place, takes_files=download_artifacts)
        except RunNotFoundError:
            uuid = (self._wanted or "").replace("-", "").lower()
            if self._settings.artifacts_store is None or not is_uuid(uuid):
                raise
        # asyncio costs 27 ms, which those whose runs are in the home needn't pay.
        from polyaxon_sdk.storage.fetch import fetch
        from polyaxon_sdk.storage.store import open_store

        target = place / uuid
        if not fetch(open_store(self._settings.artifacts_store), uuid, target):
            raise RunNotFoundError(
                f"no run {uuid!r} in {self._settings.home} or {self._settings.artifacts_store}"
            )
        return target

    def persist_run(self, path: StrPath) -> None:
        """Write what is known of the run into a folder: `run.plx.json` and `lineages.plx.json`.

        Raises:
            OSError: the folder can't be written.
        """
        persist(self.folder, Path(path))

    @staticmethod
    def load_offline_run(path: StrPath) -> RunState:
        """The run that lies in a folder, of this package's making or of Polyaxon's own.

        Raises:
            InputError: no run lies there.
            OSError: it can't be read.
        """
        return read_offline(Path(path))
