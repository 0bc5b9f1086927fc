"""What wandb logs at a step as points and events."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from polyaxon_sdk.importing.item import Bins, Event, Media, Point
from polyaxon_sdk.importing.left_out import LeftOut
from polyaxon_sdk.importing.wandb_values import decoded, put

__all__ = ["History", "flat"]

_FILES = {"image-file": "image", "audio-file": "audio", "video-file": "video", "html-file": "html"}
_EXTRAS = frozenset({"caption", "captions", "boxes", "masks", "all_boxes", "all_masks", "classes"})


class History:
    """Reads the rows of a run's history.

    Attributes:
        carried: the files that are in events, and needn't be carried again.
    """

    def __init__(self, files: Path, left_out: LeftOut) -> None:
        self._folder = files
        self._left_out = left_out
        self.carried: set[Path] = set()

    def items(
        self, record: Any, began: float
    ) -> Iterator[Point | Event]:  # messages of protobuf have no types
        """What one row holds, at its step and time."""
        tree: dict[str, object] = {}
        for item in record.item:
            put(tree, item.nested_key or [item.key], decoded(item.value_json))
        step = record.step.num if record.HasField("step") else _whole(tree.get("_step"))
        time = tree.get("_timestamp")
        if not isinstance(time, int | float):
            runtime = tree.get("_runtime")
            time = began + (runtime if isinstance(runtime, int | float) else 0)
        for name, value in flat(tree, keeps_media=True).items():
            yield from self._of(name, value, step, float(time))

    def _of(self, name: str, value: object, step: int | None, time: float) -> Iterator[Point | Event]:
        if isinstance(value, int | float):
            if abs(value) > sys.float_info.max and isinstance(value, int):
                self._left_out.add("whole number in the history", "it is larger than a series can hold")
                return
            yield Point(name, step, time, float(value))
        elif isinstance(value, str):
            yield Event("text", name, step, time, value)
        elif isinstance(value, Mapping):
            for event in self._media(name, value):
                yield event._replace(step=step, time=time)
        else:
            what = "list" if isinstance(value, list) else "null"
            self._left_out.add(f"{what} in the history", "it is no number, text or media")

    def _media(self, name: str, value: Mapping[str, Any]) -> Iterator[Event]:
        """The events of one value, without step and time."""
        kind = value["_type"]
        for each in set(value) & _EXTRAS:
            self._left_out.add(f"{each} of {kind}", "an event of this kind has none")
        if kind == "histogram" and (bins := _bins(value)) is not None:
            yield Event("histogram", name, None, 0.0, bins)
        elif kind == "images/separated":
            paths = value.get("filenames") or []
            for place, path in enumerate(paths):
                yield from self._file("image", name if len(paths) == 1 else f"{name}/{place}", path)
        elif kind in _FILES:
            yield from self._file(_FILES[kind], name, value.get("path"))
        else:
            self._left_out.add(f"event of the kind {kind}", "its file, if it has one, is kept in the outputs")

    def _file(self, kind: str, name: str, relative: object) -> Iterator[Event]:
        path = self._folder / str(relative)
        if not path.is_file():
            self._left_out.add(f"file of a {kind} event", "it is not on this machine")
            return
        self.carried.add(path)
        text = path.read_text(encoding="utf-8", errors="replace") if kind == "html" else None
        yield Event(kind, name, None, 0.0, Media(path, path.suffix) if text is None else text)


def flat(tree: Mapping[str, object], *, keeps_media: bool = False, prefix: str = "") -> dict[str, object]:
    """The leaves of a tree, each named by its path with dots; names that begin with `_` are wandb's own.

    Args:
        tree: the tree.
        keeps_media: whether what describes a file or a histogram is a leaf too; else it is left out.
        prefix: what all names begin with.

    >>> flat({"a": {"b": 1, "c": 2}, "_step": 3})
    {'a.b': 1, 'a.c': 2}
    """
    found: dict[str, object] = {}
    for name, value in tree.items():
        if name.startswith("_") and not prefix:
            continue
        if not isinstance(value, Mapping):
            found[prefix + name] = value
        elif "_type" not in value:
            found.update(flat(value, keeps_media=keeps_media, prefix=f"{prefix}{name}."))
        elif keeps_media:
            found[prefix + name] = value
    return found


def _bins(value: Mapping[str, Any]) -> Bins | None:
    """The bins of a histogram, given by their edges or as many of one width."""
    counts, edges, packed = value.get("values"), value.get("bins"), value.get("packedBins")
    if edges is None and isinstance(packed, Mapping) and isinstance(counts, list):
        low, width = float(packed["min"]), float(packed["size"])
        edges = [low + width * place for place in range(len(counts) + 1)]
    if not isinstance(edges, list) or not isinstance(counts, list) or len(edges) != len(counts) + 1:
        return None
    return Bins([float(each) for each in edges], [float(each) for each in counts])


def _whole(step: object) -> int | None:
    return step if isinstance(step, int) else None
