"""Summaries of TensorBoard's plugins as points and events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import define, field

from polyaxon_sdk.importing.item import Bins, Event, Item, Media, Point, PrecisionRecall
from polyaxon_sdk.importing.left_out import LeftOut

__all__ = ["Session", "Summaries", "is_simple"]

_NO_KIND = "there is no such kind of event"
_STATUSES = {1: "succeeded", 2: "failed"}
_IMAGES = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"GIF8": ".gif", b"BM": ".bmp", b"RIFF": ".webp"}
_AUDIO_FIELDS = 2


@define
class Session:
    """What the hparams plugin tells of a run; times are seconds since the epoch."""

    inputs: dict[str, object] = field(factory=dict)
    description: str = ""
    status: str | None = None
    started_at: float | None = None
    finished_at: float | None = None


class Summaries:
    """Reads the values of one run's summaries; what a plugin says of a tag at its first value holds for all."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._plugins: dict[str, str] = {}

    def items(
        self, event: Any, value: Any, left_out: LeftOut
    ) -> Iterator[Item]:  # messages of protobuf have no types
        """What one value holds."""
        if value.WhichOneof("value") == "simple_value":
            yield Point(value.tag, event.step, event.wall_time, float(value.simple_value))
            return
        plugin = value.metadata.plugin_data.plugin_name or self._plugins.get(value.tag, "")
        self._plugins[value.tag] = plugin
        if plugin == "hparams":
            self._read_session(value.metadata.plugin_data.content)
            return
        read = {
            "scalars": _points,
            "histograms": _histograms,
            "images": _images,
            "audio": _sounds,
            "pr_curves": _curves,
            "text": _texts,
        }.get(plugin)
        if read is None:
            left_out.add(f"value of the plugin {plugin!r}" if plugin else "tensor of no plugin", _NO_KIND)
            return
        yield from read(event, value, left_out)

    def _read_session(self, content: bytes) -> None:
        from tensorboard.plugins.hparams import plugin_data_pb2  # only where the plugin was used

        data = plugin_data_pb2.HParamsPluginData.FromString(content)
        kind, session = data.WhichOneof("data"), self._session
        if kind == "session_start_info":
            start = data.session_start_info
            for name, each in start.hparams.items():
                session.inputs[name] = _value_of(each)
            session.description = start.group_name and f"group {start.group_name}"
            session.started_at = start.start_time_secs or None
        elif kind == "session_end_info":
            session.status = _STATUSES.get(data.session_end_info.status, session.status)
            session.finished_at = data.session_end_info.end_time_secs or None


def is_simple(event: Any) -> bool:  # messages of protobuf have no types
    """Whether an event holds nothing but numbers."""
    values = event.summary.value
    return bool(values) and all(value.WhichOneof("value") == "simple_value" for value in values)


def _points(event: Any, value: Any, left_out: LeftOut) -> Iterator[Item]:
    numbers = list(value.tensor.float_val) or _array(value).reshape(-1).tolist()
    if len(numbers) != 1:
        left_out.add(f"scalar {value.tag!r}", f"it holds {len(numbers)} numbers")
        return
    yield Point(value.tag, event.step, event.wall_time, float(numbers[0]))


def _histograms(event: Any, value: Any, left_out: LeftOut) -> Iterator[Item]:
    """Rows of left edge, right edge and count."""
    rows = _array(value).tolist()
    if not rows:
        left_out.add(f"histogram {value.tag!r}", "it has no bins")
        return
    edges = [float(rows[0][0]), *(float(row[1]) for row in rows)]
    yield Event(
        "histogram", value.tag, event.step, event.wall_time, Bins(edges, [float(row[2]) for row in rows])
    )


def _curves(event: Any, value: Any, left_out: LeftOut) -> Iterator[Item]:
    """Rows of true and false positives, true and false negatives, precision and recall at each threshold."""
    rows = _array(value).astype(float).tolist()
    curve = PrecisionRecall(rows[4], rows[5])
    left_out.add("counts of a PR curve", "a curve has its precision and recall alone")
    yield Event("curve", value.tag, event.step, event.wall_time, curve)


def _images(event: Any, value: Any, _left_out: LeftOut) -> Iterator[Item]:
    """Width, height, and the encoded images."""
    encoded = list(value.tensor.string_val)[2:]
    for place, data in enumerate(encoded):
        name = value.tag if len(encoded) == 1 else f"{value.tag}/{place}"
        ending = next((ending for start, ending in _IMAGES.items() if data.startswith(start)), ".png")
        yield Event("image", name, event.step, event.wall_time, Media(data, ending))


def _sounds(event: Any, value: Any, left_out: LeftOut) -> Iterator[Item]:
    """Pairs of encoded sound and label."""
    found = list(value.tensor.string_val)
    labelled = len(value.tensor.tensor_shape.dim) == _AUDIO_FIELDS
    encoded = found[::_AUDIO_FIELDS] if labelled else found
    if any(found[1::_AUDIO_FIELDS] if labelled else []):
        left_out.add("label of a sound", "an event of a sound has none")
    for place, data in enumerate(encoded):
        name = value.tag if len(encoded) == 1 else f"{value.tag}/{place}"
        yield Event("audio", name, event.step, event.wall_time, Media(data, ".wav"))


def _texts(event: Any, value: Any, _left_out: LeftOut) -> Iterator[Item]:
    """Texts, of several a line each."""
    text = "\n".join(each.decode("utf-8", "replace") for each in value.tensor.string_val)
    yield Event("text", value.tag, event.step, event.wall_time, text)


def _array(value: Any) -> Any:  # a numpy array
    from tensorboard.util import tensor_util  # only TensorBoard's own files need it

    return tensor_util.make_ndarray(value.tensor)


def _value_of(value: Any) -> object:
    kind = value.WhichOneof("kind")
    if kind == "list_value":
        return [_value_of(each) for each in value.list_value.values]
    found: object = None if kind in {None, "null_value"} else getattr(value, kind)
    return int(found) if isinstance(found, float) and found.is_integer() else found
