"""Videos, from arrays or files to an asset and its event (semantics 5.4)."""

from __future__ import annotations

import os

from polyaxon_sdk.runs.pictures import Picture
from polyaxon_sdk.tracking.arrays import array_of, pixels_of
from polyaxon_sdk.tracking.assets import keep_copy, keep_raw
from polyaxon_sdk.tracking.given import called, number_given, path_given, text_given
from polyaxon_sdk.tracking.interface import Place
from polyaxon_sdk.tracking.series import Series
from polyaxon_sdk.types import Json

__all__ = ["log_film"]

_OURS = "image/apng"
_CHANNELS = range(1, 5)
_ACCEPTED = {"apng", "png", _OURS, "image/png"}


def log_film(place: Place, data: object, series: Series, fps: float, content_type: str | None) -> None:
    """Keep a file as it is, or an array as an animated PNG, which every browser plays.

    Arrays have the axes N (several films side by side), T (frames), C, H, W in this order, or all but the first;
    C may also stand last.

    Raises:
        ValueError, TypeError: `data` is no film.
        OSError: the file can't be read, or the disk is full or broken.
    """
    if isinstance(data, str | os.PathLike):
        _log_path(place, path_given(data, "data"), series, content_type)
        return
    speed = number_given(fps, "fps", expected="frames a second, such as 4")
    if content_type is not None and text_given(content_type, "content_type") not in _ACCEPTED:
        place.trouble(f"videos are kept as animated PNG, not as {called(content_type)}")
    array = array_of(data)
    pixels = pixels_of(array, _layout_of(array.shape))
    picture = Picture(pixels.shape, pixels.layout)
    if (fault := picture.fault()) is not None:
        raise ValueError(fault)
    height, width, colours = picture.size
    value: dict[str, Json] = {
        "height": height,
        "width": width,
        "colorspace": colours,
        "path": None,
        "content_type": _OURS,
    }
    fields: dict[str, Json] = {"encoding": "apng", "fps": speed, **picture._asdict()}
    keep_raw(place, series, ".png", pixels.data, fields=fields, value=value)


def _layout_of(shape: tuple[int, ...]) -> str:
    """Which axis is what: channels are 1 to 4, and stand where Polyaxon has them if both places may hold them."""
    is_last = len(shape) > 3 and shape[-1] in _CHANNELS and shape[-3] not in _CHANNELS
    layout = "THWC" if is_last else "TCHW"
    return layout if len(shape) == 4 else f"N{layout}"


def _log_path(place: Place, path: str, series: Series, content_type: str | None) -> None:
    ending = os.path.splitext(path)[1].lstrip(".")
    kind = ending if content_type is None else text_given(content_type, "content_type")
    value: dict[str, Json] = {"path": None, "content_type": kind}
    keep_copy(place, series, path, lambda: value)
