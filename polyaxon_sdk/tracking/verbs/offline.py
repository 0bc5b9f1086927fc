"""Verbs that move whole runs between folders and the home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.settings import load
from polyaxon_sdk.tracking.given import flag_given, path_given
from polyaxon_sdk.tracking.verbs.placed import Placed

if TYPE_CHECKING:
    from pathlib import Path

    from polyaxon_sdk.runs.state import RunState
    from polyaxon_sdk.tracking.artifacts import StrPath

__all__ = ["OfflineVerbs"]


class OfflineVerbs(Placed):
    """Runs in folders (semantics 5.2: offline sync); `RunClient` has the same calls, and takes runs from a store.

    These are no calls of a training loop: what goes wrong is raised.
    """

    def push_offline_run(
        self,
        path: StrPath,
        *,
        upload_artifacts: bool = True,
        clean: bool = False,
        agent: str | None = None,
        ignore_agent_host: bool = False,
        ignore_store: bool = False,
    ) -> str:
        """Bring the run in a folder, such as Polyaxon's offline mode leaves, into the home; its uuid.

        Args:
            path: the run's folder.
            upload_artifacts: whether its files come too.
            clean: take the folder away once the run is in the home.
            agent, ignore_agent_host, ignore_store: accepted for existing scripts: there is no server.

        Raises:
            InputError: no run lies there, or the home has it already.
            OSError: it can't be read, or the home can't be written.
        """
        from polyaxon_sdk.sidecar.arrival import Arrival, push_offline  # shutil comes with it

        del agent, ignore_agent_host, ignore_store
        arrival = Arrival(takes_files=upload_artifacts)
        return push_offline(_folder(path), self._place.folder.home, arrival, clean=clean).uuid

    def pull_remote_run(self, path: StrPath | None = None, *, download_artifacts: bool = True) -> str:
        """Copy this run into a folder, in Polyaxon's form; where it is.

        Args:
            path: the folder that the run's own one is made in; by default the working folder.
            download_artifacts: whether its files come too.

        Raises:
            OSError: the folder can't be written.
        """
        from polyaxon_sdk.runs.offline import take_out  # see above

        takes = flag_given(download_artifacts, "download_artifacts")
        return str(take_out(self._place.folder, _folder("." if path is None else path), takes_files=takes))

    def persist_run(self, path: StrPath) -> None:
        """Write what is known of this run into a folder: `run.plx.json` and `lineages.plx.json`.

        Raises:
            OSError: the folder can't be written.
        """
        from polyaxon_sdk.runs.offline import persist  # see above

        persist(self._place.folder, _folder(path))

    @staticmethod
    def load_offline_run(
        path: StrPath,
        run_client: object = None,
        *,
        name: str | None = None,
        reset_project: bool = False,
        reset_uuid: bool = False,
        raise_if_not_found: bool = True,
    ) -> RunState | None:
        """The run that lies in a folder, as its files tell it; `push_offline_run` brings it into the home.

        Args:
            path: the run's folder.
            run_client: accepted for existing scripts.
            name: what it is called.
            reset_project: whether it is one of the configured project.
            reset_uuid: whether it has a uuid of its own.
            raise_if_not_found: else None where no run lies there.

        Raises:
            InputError: no run lies there.
            OSError: it can't be read.
        """
        from polyaxon_sdk.runs.offline import read_offline  # see above

        del run_client
        try:
            state = read_offline(_folder(path))
        except InputError:
            if raise_if_not_found:
                raise
            return None
        state.name = name or state.name
        state.project = load().project if reset_project else state.project
        state.uuid = new_uuid() if reset_uuid else state.uuid
        return state


def _folder(path: StrPath) -> Path:
    from pathlib import Path  # most scripts that track have it; those that don't need not wait for it

    return Path(path_given(path, "path"))
