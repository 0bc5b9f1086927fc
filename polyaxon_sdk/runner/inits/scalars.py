"""The metrics of a run as a file of TensorBoard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from polyaxon_sdk.runs.series import read_series

if TYPE_CHECKING:
    from tensorboard.compat.proto.event_pb2 import Event

    from polyaxon_sdk.runs.folder import RunFolder
    from polyaxon_sdk.runs.series import Point

__all__ = ["ScalarsFile"]

_NAME = "events.out.tfevents.0.polyaxon"
_MOST = 5000
"""Points of a series that are written at a time; of more of them TensorBoard would show a sample anyway."""


class ScalarsFile:
    """An event file of scalars that grows with a run.

    Args:
        folder: where it lies; it is made with the first point.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken: dict[str, int] = {}

    def take(self, run: RunFolder) -> None:
        """Append what the run logged since the last time, each point with its step or, without one, its place.

        Where TensorBoard is not installed here, or the run can't be read now, nothing is appended.
        """
        with suppress(OSError):
            self.add(read_series(run))

    def add(self, series: dict[str, list[Point]]) -> None:
        """Append what these series have beyond what they had the last time, as `take` does.

        Raises:
            OSError: the folder can't be written.
        """
        if any(len(points) > self._taken.get(name, 0) for name, points in series.items()):
            with suppress(ImportError):
                self._append(series)

    def _append(self, series: dict[str, list[Point]]) -> None:
        # protobuf, for those who look at runs in TensorBoard
        from tensorboard.compat.proto.event_pb2 import Event
        from tensorboard.summary.writer.record_writer import RecordWriter

        self._folder.mkdir(parents=True, exist_ok=True)
        with open(self._folder / _NAME, "ab") as file:
            writer = RecordWriter(file)
            if file.tell() == 0:
                writer.write(Event(file_version="brain.Event:2").SerializeToString())
            for name, points in series.items():
                start = self._taken.get(name, 0)
                for event in _events(name, points, start):
                    writer.write(event.SerializeToString())
                self._taken[name] = len(points)


def _events(name: str, points: Sequence[Point], start: int) -> Iterator[Event]:
    """The points from `start` on as events, thinned out evenly where they are many; the last is among them."""
    from tensorboard.compat.proto.event_pb2 import Event  # as where they are written
    from tensorboard.compat.proto.summary_pb2 import Summary  # see above

    stride = -(-(len(points) - start) // _MOST)
    for place in range(len(points) - 1, start - 1, -stride or -1)[::-1]:
        step, time, value = points[place]
        summary = Summary(value=[Summary.Value(tag=name, simple_value=value)])
        yield Event(step=place if step is None else step, wall_time=time, summary=summary)
