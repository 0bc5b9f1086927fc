"""TensorBoard's event files, read by TensorBoard's own loader: each folder of them is a run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from polyaxon_sdk.client.extras import load_extra
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.importing.item import Item
from polyaxon_sdk.importing.left_out import LeftOut
from polyaxon_sdk.importing.source_run import About, SourceRun
from polyaxon_sdk.importing.summaries import Session, Summaries, is_simple
from polyaxon_sdk.tracking.parts import uuid_shared

__all__ = ["TensorboardFolder"]

_PATTERN = "*tfevents*"
_INSTALL = "polyaxon-sdk[tensorboard]"
_FRAME = 16
"""Bytes around a record: its length and two checksums."""

_PURPOSES = {
    "graph_def": "graph",
    "meta_graph_def": "graph",
    "tagged_run_metadata": "profile of a step",
    "log_message": "log message",
}


class TensorboardFolder:
    """A folder in which, at any depth, event files lie."""

    def __init__(self, place: str) -> None:
        self._root = Path(place)
        self._decoder = _Decoder()

    @contextmanager
    def runs(self, left_out: LeftOut) -> Iterator[Iterator[SourceRun]]:
        """Each folder with event files, by its path; the profiler's files are left out."""
        files = sorted(path for path in self._root.rglob(_PATTERN) if path.is_file())
        profiles = [path for path in files if path.name.endswith(".profile-empty")]
        others = [path for path in self._root.rglob("plugins/profile/*/*") if path.is_file()]
        if others or profiles:
            left_out.add("file of the profiler", "TensorBoard alone reads it", len(others) + len(profiles))
        folders: dict[Path, list[Path]] = {}
        for path in files:
            if path not in profiles:
                folders.setdefault(path.parent, []).append(path)
        if not folders:
            raise InputError(
                "no event file lies there",
                where=str(self._root),
                expected=f"a folder with files such as {_PATTERN}",
            )
        yield (TensorboardRun(self._root, files, self._decoder) for files in folders.values())


class TensorboardRun:
    """The event files of one folder; TensorBoard knows no name, status or end of a run."""

    folder = None

    def __init__(self, root: Path, files: list[Path], decoder: _Decoder) -> None:
        self._decoder = decoder
        self._files = files
        self._session = Session()
        self._first: float | None = None
        self._last: float | None = None
        path = files[0].parent
        self.label = path.resolve().name if path == root else path.relative_to(root).as_posix()
        # A file's name holds time, host, process and a number: it goes with the file wherever that is moved to.
        self.uuid = uuid_shared("tensorboard", files[0].name, self._began())

    def items(self, left_out: LeftOut) -> Iterator[Item]:
        """Everything in the files, one after the other."""
        summaries = Summaries(self._session)
        known: dict[str, Any] = {}
        for path in self._files:
            for event in self._decoder.events(path, known, left_out):
                if event.wall_time and event.HasField("summary"):
                    self._first = min(self._first or event.wall_time, event.wall_time)
                    self._last = max(self._last or event.wall_time, event.wall_time)
                yield from self._of(event, summaries, left_out)

    def about(self) -> About:
        """Times of the first and last event, and what the hparams plugin tells."""
        session = self._session
        began = session.started_at or self._first or self._began()
        return About(
            name=self.label,
            description=session.description or None,
            status=session.status or "succeeded",
            message="" if session.status else "TensorBoard keeps no status",
            created_at=began,
            started_at=began,
            finished_at=session.finished_at or self._last or began,
            inputs=session.inputs,
        )

    def _of(self, event: Any, summaries: Summaries, left_out: LeftOut) -> Iterator[Item]:
        kind = event.WhichOneof("what")
        if kind in _PURPOSES:
            left_out.add(_PURPOSES[kind], "there is no such kind of event")
        for value in event.summary.value:
            yield from summaries.items(event, value, left_out)

    def _began(self) -> float:
        """When the first event was written; of a file without one, when it was changed last."""
        events = self._decoder.events(self._files[0], {}, LeftOut())
        first = next((event.wall_time for event in events), None)
        return self._files[0].stat().st_mtime if first is None else float(first)


class _Decoder:
    """TensorBoard's own reading of event files.

    It works without TensorFlow, by TensorBoard's own switch: that takes seconds to load, and reads the same.
    """

    def __init__(self) -> None:
        load_extra("tensorboard", _INSTALL)
        sys.modules.setdefault("tensorboard.compat.notf", ModuleType("tensorboard.compat.notf"))
        place = "tensorboard.backend.event_processing.event_file_loader"
        self._load = load_extra(place, _INSTALL).RawEventFileLoader
        self._parse = load_extra("tensorboard.compat.proto.event_pb2", _INSTALL).Event.FromString
        self._modernise = load_extra("tensorboard.data_compat", _INSTALL).migrate_event
        self._complete = load_extra("tensorboard.dataclass_compat", _INSTALL).migrate_event

    def events(self, path: Path, known: dict[str, Any], left_out: LeftOut) -> Iterator[Any]:
        """The events of a file in TensorBoard's newest form.

        Args:
            path: the file.
            known: what was told of each tag so far in the run.
            left_out: told of the rest of a file that is damaged, at which TensorBoard stops.
        """
        read = 0
        for record in self._load(str(path)).Load():
            read += len(record) + _FRAME
            event = self._parse(record)
            if is_simple(event):  # the oldest form of scalars, and the one that costs most to make newer
                yield event
            else:
                yield from self._complete(self._modernise(event), known)
        if (rest := path.stat().st_size - read) > 0:
            left_out.add(f"byte of {path.name}", "TensorBoard stops there: damaged, or being written", rest)
