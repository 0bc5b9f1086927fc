"""The TensorBoard files of a run of a store, which grow here as they grow there."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from polyaxon_sdk.runner.inits.scalars import ScalarsFile
from polyaxon_sdk.runs.fact import Fact
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.runs.salvage import names_of_files
from polyaxon_sdk.runs.series import Point, points_in
from polyaxon_sdk.storage.download import landing
from polyaxon_sdk.storage.keys import Stored
from polyaxon_sdk.storage.store import Store
from polyaxon_sdk.storage.transfer import wait

__all__ = ["Followed", "is_board_file"]

_PIECE = 64 << 20
"""Bytes of a file that are in memory at once."""

_METRICS = "events/metric/"
_RECORD = "record/"
_LINEAGE = "lineages.plx.json"


class Followed:
    """A run of a store, as a TensorBoard sees it here.

    Args:
        store: where it is shipped to while it goes on.
        uuid: of the run.
        folder: has its event files, and its metrics where it has none.
    """

    def __init__(self, store: Store, uuid: str, folder: Path) -> None:
        self.uuid = uuid
        self._store = store
        self._folder = folder
        self._scalars = ScalarsFile(folder / "metrics")
        self._taken: dict[str, Stored] = {}

    def renew(self) -> None:
        """Bring in what was shipped since the last time.

        Raises:
            StoreError: the store can't be read.
            OSError: the place can't be written.
        """
        files = {each.key.removeprefix(f"{self.uuid}/"): each for each in wait(self._store.list(self.uuid))}
        shown = {name: stored for name, stored in files.items() if is_board_file(name)}
        for name, stored in shown.items():
            self._grow(landing(self._folder, name), stored)
        if not shown:
            self._take_metrics(files)

    def _grow(self, path: Path, stored: Stored) -> None:
        """Append what the file here lacks: TensorBoard keeps it open, and reads on where it was."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            if file.tell() > stored.size:
                file.truncate(0)  # it was begun anew
            for start in range(file.tell(), stored.size, _PIECE):
                end = min(start + _PIECE, stored.size)
                file.write(wait(self._store.get_bytes(stored.key, start=start, end=end)))

    def _take_metrics(self, files: dict[str, Stored]) -> None:
        metrics = {name: stored for name, stored in files.items() if name.startswith(_METRICS)}
        if all(self._taken.get(name) == stored for name, stored in metrics.items()):
            return
        lineage = self._lineage(files)
        facts = [] if lineage is not None else self._facts(files)
        series = dict[str, list[Point]]()
        for name, key in names_of_files(metrics, lineage, facts).items():
            series[key.partition("/")[2]] = list(points_in(self._read(metrics[name])))
        self._scalars.add(series)
        self._taken = metrics

    def _lineage(self, files: dict[str, Stored]) -> object:
        """The view that tells what series were logged under; None where there is none that can be read."""
        try:
            found: object = json.loads(self._read(files[_LINEAGE]))
        except (KeyError, ValueError):
            return None
        return found

    def _facts(self, files: dict[str, Stored]) -> list[Fact]:
        """The run's record, which tells the names too once the run is over."""
        with TemporaryDirectory() as place:
            for name in (name for name in files if name.startswith(_RECORD)):
                path = landing(Path(place), name)
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(self._read(files[name]))
            return read_facts(RunFolder(Path(place)))

    def _read(self, stored: Stored) -> bytes:
        return wait(self._store.get_bytes(stored.key, end=stored.size))


def is_board_file(name: str) -> bool:
    """Whether TensorBoard reads the file at this path of a run: an event file, or one that a plugin left beside.

    >>> is_board_file("outputs/tb/events.out.tfevents.1.host"), is_board_file("outputs/model.keras")
    (True, False)
    """
    return "tfevents" in name.rpartition("/")[2] or "/plugins/" in name
