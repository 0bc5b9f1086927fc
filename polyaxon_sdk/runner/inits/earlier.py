"""The runs that init steps take from: those of this home, and those that others shipped to the store."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import is_uuid
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.storage.file_store import FileStore
from polyaxon_sdk.storage.store import Store
from polyaxon_sdk.storage.transfer import wait

__all__ = ["EarlierRuns", "uuid_in"]


class EarlierRuns:
    """Runs by their uuid: the home's own, else those of the store.

    Args:
        folder: of the home's runs.
        store: opens the artifacts store; None where there is none.
        find: the runs of this home that a uuid, its first digits or a name means.

    >>> EarlierRuns(Path("/home/me/.polyaxon/runs"), None).store_of("0f" * 16) is None
    True
    """

    def __init__(
        self,
        folder: Path,
        store: Callable[[], Store] | None,
        find: Callable[[str], Sequence[str]] = lambda _: (),
    ) -> None:
        self._folder = folder
        self._open = store
        self._find = find

    def meant(self, text: str) -> Sequence[str]:
        """The uuids of the runs that a uuid, its first digits or a name means; what means none is given back.

        Raises:
            InputError: it may mean several.
        """
        uuid = uuid_in(text)
        whole = uuid if is_uuid(uuid) else text
        return self._find(whole) or [whole]

    def store_of(self, uuid: str) -> Store | None:
        """Where the files of a run are; None where no place can have them."""
        if self._is_here(uuid):
            return FileStore(self._folder)
        return self._open() if self._open is not None else None

    def artifacts(self, uuid: str) -> dict[str, Mapping[str, object]] | None:
        """What a run logged, by name; None where there is no such run.

        Raises:
            StoreError: the store can't be read.
        """
        if self._is_here(uuid):
            state = read_run(RunFolder(self._folder / uuid))
            return {name: artifact for (name, _), artifact in state.artifacts.items()}
        found = self._view(uuid, "lineages.plx.json")
        if found is None:
            return {} if self._view(uuid, "run.plx.json") is not None else None
        listed = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
        return {str(each.get("name")): each for each in listed}

    def name(self, uuid: str) -> str | None:
        """What a run is called; None where it has no name.

        Raises:
            StoreError: the store can't be read.
        """
        if self._is_here(uuid):
            return read_run(RunFolder(self._folder / uuid)).name or None
        found = self._view(uuid, "run.plx.json")
        name = found.get("name") if isinstance(found, dict) else None
        return name if isinstance(name, str) and name else None

    def here(self, uuid: str) -> RunFolder | None:
        """The run where it is one of the home; None elsewhere."""
        return RunFolder(self._folder / uuid) if self._is_here(uuid) else None

    def _is_here(self, uuid: str) -> bool:
        return is_uuid(uuid) and RunFolder(self._folder / uuid).record.is_dir()

    def _view(self, uuid: str, name: str) -> object:
        """A view of a run in the store; None where it isn't there."""
        if self._open is None or not is_uuid(uuid):
            return None
        store, key = self._open(), f"{uuid}/{name}"
        if wait(store.stat(key)) is None:
            return None
        try:
            found: object = json.loads(wait(store.get_bytes(key)))
        except ValueError:
            return None  # it is damaged, or being written by something that isn't ours
        return found


def uuid_in(text: str) -> str:
    """The uuid that a reference to a run names, as folders have it.

    >>> uuid_in("runs.281081AB-1179-4df0-867e-80d6ff20f960")
    '281081ab11794df0867e80d6ff20f960'
    """
    return text.removeprefix("runs.").replace("-", "").lower()
