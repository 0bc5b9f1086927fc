"""Images, from what a person has in hand to an asset and its event (semantics 5.4)."""

from __future__ import annotations

import os
import sys
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.runs.pictures import Box, Picture
from polyaxon_sdk.runs.snapshots import Buffer
from polyaxon_sdk.tracking.arrays import array_of, listed, pixels_of
from polyaxon_sdk.tracking.assets import keep_bytes, keep_copy, keep_raw
from polyaxon_sdk.tracking.given import called, number_given, path_given, text_given
from polyaxon_sdk.tracking.interface import Place
from polyaxon_sdk.tracking.numbers import number_of
from polyaxon_sdk.tracking.numbers import shown as told
from polyaxon_sdk.tracking.series import Series
from polyaxon_sdk.types import Json

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Shown", "close_figures", "figure_of", "is_of", "log_figures", "log_image", "log_picture"]

_USUAL = "CHW"
_LAYOUTS = ("CHW", "HWC", "HW", "NCHW", "NHWC")
_BOX = "4 numbers for each: left, top, right and bottom, in pixels"
_MODES = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4}
_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_CHANNELS = {0: 1, 2: 3, 3: 3, 4: 2, 6: 4}


class Shown(NamedTuple):
    """How an image is to be shown.

    Attributes:
        rescale: how many times as high and wide.
        layout: what the axes of an array are, such as `CHW`.
        boxes: frames to draw in it, each as left, top, right, bottom.
        ending: the file's, for bytes that are encoded already.
    """

    rescale: float
    layout: str
    boxes: object = None
    ending: str | None = None


def log_image(place: Place, data: object, series: Series, shown: Shown) -> None:
    """Keep an array, an image of Pillow, encoded bytes or a file as an image.

    Raises:
        ValueError, TypeError: `data` is no image.
        OSError: the file can't be read, or the disk is full or broken.
    """
    if isinstance(data, str | os.PathLike):
        _log_path(place, path_given(data, "data"), series)
    elif isinstance(data, bytes | bytearray):
        ending = f".{text_given(shown.ending or 'png', 'ext').lstrip('.')}"
        keep_bytes(place, series, ending, data, {**_size_of(bytes(data[:26])), "path": None})
    elif is_of("PIL", data):
        data_, picture = _of_pillow(data)
        log_picture(place, data_, picture._replace(rescale=_scale(shown), boxes=_boxes(shown)), series)
    else:
        array = array_of(data)
        layout = _fitting(array.shape, _layout(shown))
        pixels = pixels_of(array, layout)
        if misfit := _misfit(array.shape, layout):
            raise ValueError(misfit)
        picture = Picture(pixels.shape, pixels.layout, _scale(shown), _boxes(shown))
        log_picture(place, pixels.data, picture, series)


def log_picture(place: Place, pixels: Buffer, picture: Picture, series: Series) -> None:
    """Keep raw pixels; the sidecar makes a PNG of them.

    Raises:
        ValueError: `picture` is none.
        OSError: the disk is full or broken.
    """
    if (fault := picture.fault()) is not None:
        raise ValueError(fault)
    height, width, colours = picture.size
    value: dict[str, Json] = {"height": height, "width": width, "colorspace": colours, "path": None}
    fields: dict[str, Json] = {"encoding": "png", **picture._asdict()}
    keep_raw(place, series, ".png", pixels, fields=fields, value=value)


def log_figures(place: Place, data: object, series: Series, *, close: bool) -> None:
    """Keep a figure of matplotlib, or several side by side, as they are drawn now.

    Raises:
        ValueError, TypeError: `data` is no figure, or the figures are of several sizes.
        OSError: the disk is full or broken.
    """
    figures = [figure_of(each) for each in (data if isinstance(data, list | tuple) else [data])]
    drawn = [_drawn(figure) for figure in figures]
    sizes = {size for _, size in drawn}
    if len(sizes) != 1:
        raise ValueError(
            f"the figures have the sizes {sorted(sizes)}: several can be logged where they have one"
        )
    ((height, width),) = sizes
    pixels = b"".join(each for each, _ in drawn)
    log_picture(place, pixels, Picture((len(drawn), height, width, 4), "NHWC"), series)
    if close:
        close_figures(figures)


def figure_of(data: object) -> Figure:
    """The figure that `data` is, or has: an axes has one, and `matplotlib.pyplot` the current one.

    Raises:
        TypeError: it has none.
    """
    found = cast(Any, data)
    if callable(getattr(found, "gcf", None)):
        found = found.gcf()
    elif not hasattr(found, "savefig"):
        found = getattr(found, "figure", None)
    if not hasattr(found, "savefig"):
        raise TypeError(f"{type(data).__name__} is no figure of matplotlib")
    return cast("Figure", found)


def close_figures(figures: list[Figure]) -> None:
    """Close figures, where pyplot keeps them."""
    if (pyplot := sys.modules.get("matplotlib.pyplot")) is not None:
        for figure in figures:
            pyplot.close(figure)


def _log_path(place: Place, path: str, series: Series) -> None:
    def value() -> dict[str, Json]:
        with open(path, "rb") as file:
            return {**_size_of(file.read(26)), "path": None}

    keep_copy(place, series, path, value)


def _size_of(start: bytes) -> dict[str, Json]:
    """Height, width and channels, from the first bytes of a PNG; nothing of other formats."""
    if not start.startswith(_PNG_START) or len(start) < 26:
        return {}
    width, height = int.from_bytes(start[16:20], "big"), int.from_bytes(start[20:24], "big")
    return {"height": height, "width": width, "colorspace": _PNG_CHANNELS.get(start[25], 3)}


def _of_pillow(image: object) -> tuple[bytes, Picture]:
    found = cast(Any, image)
    if found.mode not in _MODES:
        has_holes = found.mode in {"PA", "La", "RGBa"} or "transparency" in found.info
        found = found.convert("RGBA" if has_holes else "L" if found.mode == "1" else "RGB")
    return found.tobytes(), Picture((found.height, found.width, _MODES[found.mode]), "HWC")


def _drawn(figure: Figure) -> tuple[bytes, tuple[int, int]]:
    """The pixels of a figure, and their height and width; its canvas stays what it is."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # there is a figure, so there is matplotlib

    before = figure.canvas
    try:
        canvas: Any = FigureCanvasAgg(figure)  # matplotlib types little of it
        canvas.draw()
        width, height = canvas.get_width_height()
        return bytes(canvas.buffer_rgba()), (height, width)
    finally:
        figure.set_canvas(before)


def _layout(shown: Shown) -> str:
    expected = "the axes of the array, such as 'CHW', 'HWC', 'HW' or 'NCHW'"
    layout = text_given(shown.layout, "dataformats", expected=expected).upper()
    if not {"H", "W"} <= set(layout) <= set("NCHW") or len(set(layout)) < len(layout):
        hint = did_you_mean(layout, _LAYOUTS)
        raise InputError(
            f"{called(shown.layout)} is no layout", path="dataformats", expected=expected, hint=hint
        )
    return layout


def _fitting(shape: tuple[int, ...], layout: str) -> str:
    """What the axes of an array are: where they can't be `CHW`, as which they are taken if nothing else is said,
    the only other that they can be; channels stand as usual where four axes leave that open."""
    if layout != _USUAL or not _misfit(shape, layout):
        return layout
    return next((each for each in ("HW", "HWC", "NCHW", "NHWC") if not _misfit(shape, each)), layout)


def _misfit(shape: tuple[int, ...], layout: str) -> str:
    """Why the axes of an array can't be `layout`; nothing where they can."""
    fault = Picture(shape, layout).fault()
    hint = f"its shape is {shape}, tell what each axis is, such as dataformats='HWC'"
    return "" if fault is None else f"{fault} ({hint})" if 0 not in shape else fault


def _scale(shown: Shown) -> float:
    return number_given(shown.rescale, "rescale", expected="how many times as high and wide it is shown")


def _boxes(shown: Shown) -> tuple[Box, ...]:
    found = [] if shown.boxes is None else listed(shown.boxes)
    if isinstance(found, list) and found and not isinstance(found[0], list):
        found = [found]
    if not isinstance(found, list):
        raise InputError(f"{told(shown.boxes)} is no list of boxes", path="tensor_boxes", expected=_BOX)
    return tuple(_box(each) for each in found)


def _box(corners: object) -> Box:
    numbers = [number_of(each) for each in corners] if isinstance(corners, list) else []
    whole = [int(each) for each in numbers if each is not None and isfinite(each)]
    if len(whole) != 4 or len(numbers) != 4:
        raise InputError(f"{told(corners)} is no box", path="tensor_boxes", expected=_BOX)
    left, top, right, bottom = whole
    return left, top, right, bottom


def is_of(package: str, data: object) -> bool:
    """Whether a class of `data` comes from `package`, which nothing is imported for."""
    return any(each.__module__.partition(".")[0] == package for each in type(data).__mro__)
