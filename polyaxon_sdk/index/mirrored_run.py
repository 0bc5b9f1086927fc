"""One run of a mirror: which of its files are here, and what a reader of its folder needs to know of them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from polyaxon_sdk.index.shipped import DETAILS, HEAD, VIEW
from polyaxon_sdk.runs.drained import Drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.salvage import names_in
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.storage.download import Get, landing
from polyaxon_sdk.storage.heads import HeadPart
from polyaxon_sdk.storage.keys import Stored

__all__ = ["MirroredRun"]

_EVENTS = ("events/", "resources/", "plxlogs/")


class MirroredRun:
    """The folder of a run that a store has.

    >>> MirroredRun(Path("mirror/runs/0f")).folder
    RunFolder('mirror/runs/0f')
    """

    def __init__(self, path: Path) -> None:
        self.folder = RunFolder(path)
        self._state = self.folder.journal / "mirrored.json"

    @property
    def is_done(self) -> bool:
        """Whether the record that is here tells how the run ended."""
        return read_run(self.folder).is_done

    def wanted(self, stored: Sequence[Stored], *, events: bool = False) -> list[Get]:
        """The files that are not here as the store has them: the record, and with `events` all that is drained."""
        known = self._known()
        return [
            Get(each.key, landing(self.folder.path, name), each.size)
            for name, each in self._named(stored)
            if _is_read(name, events=events)
            and (known.get(name) != [each.size, each.mtime_ns] or not self._is_whole(name, each.size))
        ]

    def take(self, parts: Mapping[str, HeadPart]) -> None:
        """Have the record that a head of the run holds.

        Raises:
            OSError: the folder can't be written.
        """
        self.folder.record.mkdir(parents=True, exist_ok=True)
        stored = []
        for name, part in parts.items():
            if HEAD.holds(name):
                _put(landing(self.folder.path, name), part.data)
                stored.append(Stored(f"{self.folder.uuid}/{name}", len(part.data), part.mtime_ns))
        self.settle(stored)

    def _is_whole(self, name: str, size: int) -> bool:
        """Whether a file that was brought is here; a machine that lost its power may have lost it."""
        try:
            return (self.folder.path / name).stat().st_size == size
        except OSError:
            return False

    def settle(self, stored: Sequence[Stored], *, events: bool = False) -> None:
        """Take note of what is here now.

        Raises:
            OSError: the folder can't be written.
        """
        self.folder.journal.mkdir(parents=True, exist_ok=True)
        files = dict(self._named(stored))
        here = {name: each for name, each in files.items() if (self.folder.path / name).is_file()}
        told = {
            name: [each.size, each.mtime_ns] for name, each in here.items() if _is_read(name, events=events)
        }
        _put(self._state, json.dumps({**self._known(), **told}).encode("utf-8"))
        self._tell_live()
        if events:
            self._tell_drained(files)

    def _tell_live(self) -> None:
        """Show the last value of each series of a run that goes on: its record has them at the end."""
        view = _json(self.folder.run_view)
        outputs = view.get("outputs") if isinstance(view, dict) else None
        self.folder.live.unlink(missing_ok=True)
        state = read_run(self.folder)
        if state.is_done or not isinstance(outputs, dict):
            return
        live = {name: {"last": value} for name, value in outputs.items() if name not in state.logged}
        _put(self.folder.live, json.dumps(live).encode("utf-8"))

    def _tell_drained(self, files: Mapping[str, Stored]) -> None:
        """Say that every event file counts as far as it is here: only what is drained is shipped."""
        drained = Drained()
        for name in files:
            path = self.folder.path / name
            if name.startswith(_EVENTS) and path.is_file():
                drained.files[name] = path.stat().st_size
        drained.names = names_in(self.folder, drained.files)
        drained.is_finished = True
        drained.write(self.folder)

    def _named(self, stored: Sequence[Stored]) -> Iterator[tuple[str, Stored]]:
        for each in stored:
            yield each.key.removeprefix(f"{self.folder.uuid}/"), each

    def _known(self) -> dict[str, list[int]]:
        found = _json(self._state)
        return found if isinstance(found, dict) else {}


def _is_read(name: str, *, events: bool) -> bool:
    return DETAILS.holds(name) if events else HEAD.holds(name) or VIEW.holds(name)


def _put(path: Path, data: bytes) -> None:
    """Replace a file whole as readers see it; it is not synced to the disk, as it can be had again."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    draft.write_bytes(data)
    draft.replace(path)


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
