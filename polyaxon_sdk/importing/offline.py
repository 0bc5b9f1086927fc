"""Runs in Polyaxon's own form, such as its offline mode leaves: copied as they are, and read to be compared."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.importing.item import Event, File, Item, Point
from polyaxon_sdk.importing.left_out import LeftOut
from polyaxon_sdk.importing.source_run import About, SourceRun
from polyaxon_sdk.runs.events import read
from polyaxon_sdk.runs.offline import read_offline
from polyaxon_sdk.runs.state import RunState

__all__ = ["OfflineFolder"]

_VIEW = "run.plx.json"
_EVENTS = "events"
_REWRITTEN = frozenset({_VIEW, "lineages.plx.json"})
"""Views of what is known of the run: the home writes them anew."""


class OfflineFolder:
    """A run's folder, or one in which, at any depth, such folders lie."""

    def __init__(self, place: str) -> None:
        self._root = Path(place)

    @contextmanager
    def runs(self, left_out: LeftOut) -> Iterator[Iterator[SourceRun]]:
        """Each run; what a tracker that crashed left without its view is none."""
        found = []
        for folder, names, files in os.walk(self._root):
            if _VIEW in files:
                found.append(Path(folder))
                names.clear()
            elif _EVENTS in names:
                left_out.add(f"folder {Path(folder).name}", f"it has no {_VIEW}: its tracker never wrote it")
                names.clear()
        if not found:
            raise InputError("no run lies there", where=str(self._root), expected=f"a folder with {_VIEW}")
        yield (OfflineRun(path) for path in sorted(found))


class OfflineRun:
    """One run's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder: Path | None = folder
        self.label = folder.name
        self._path = folder
        self._state = RunState("")
        with suppress(InputError, OSError):  # told where its items are read
            self._state = read_offline(folder)
        self.uuid = self._state.uuid

    def items(self, left_out: LeftOut) -> Iterator[Item]:
        """The rows of its event files, and all its files by their places in it."""
        del left_out
        self._state = read_offline(self._path)
        for path in sorted((self._path / _EVENTS).glob("*/*.plx")):
            kind, name = path.parent.name, path.stem
            for event in read(path, kind):
                if kind == "metric":
                    yield Point(name, event.step, event.timestamp, float(str(event.value)))
                else:
                    yield Event(kind, name, event.step, event.timestamp, event.value)
        for path in sorted(self._path.rglob("*")):
            if path.is_file() and path.name not in _REWRITTEN:
                yield File(path, path.relative_to(self._path).as_posix())

    def about(self) -> About:
        """What its view tells."""
        state = self._state
        return About(
            name=state.name,
            project=state.project,
            status=state.status,
            created_at=state.created_at or 0.0,
            inputs=state.inputs,
            outputs=state.logged,
        )
