"""Images, from what a person has in hand to an asset and its event (semantics 5.4)."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from polyaxon_sdk.runs.pictures import Box, Picture
from polyaxon_sdk.runs.snapshots import Buffer
from polyaxon_sdk.tracking.arrays import array_of, listed, pixels_of
from polyaxon_sdk.tracking.assets import keep_bytes, keep_copy, keep_raw
from polyaxon_sdk.tracking.place import Place
from polyaxon_sdk.tracking.series import Series
from polyaxon_sdk.types import Json

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Shown", "log_figures", "log_image", "log_picture"]

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
        _log_path(place, os.fspath(data), series)
    elif isinstance(data, bytes | bytearray):
        ending = f".{(shown.ending or 'png').lstrip('.')}"
        keep_bytes(place, series, ending, data, {**_size_of(bytes(data[:26])), "path": None})
    elif _is_of("PIL", data):
        data_, picture = _of_pillow(data)
        log_picture(place, data_, picture._replace(rescale=shown.rescale, boxes=_boxes(shown)), series)
    else:
        pixels = pixels_of(array_of(data), shown.layout.upper())
        picture = Picture(pixels.shape, pixels.layout, float(shown.rescale), _boxes(shown))
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


def _boxes(shown: Shown) -> tuple[Box, ...]:
    found = [] if shown.boxes is None else listed(shown.boxes)
    if found and not isinstance(found[0], list):
        found = [found]
    return tuple(_box(each) for each in found)


def _box(corners: list[float]) -> Box:
    if len(corners) != 4:
        raise ValueError(f"a box has 4 numbers (left, top, right, bottom), not {len(corners)}")
    left, top, right, bottom = (int(each) for each in corners)
    return left, top, right, bottom


def _is_of(package: str, data: object) -> bool:
    """Whether a class of `data` comes from `package`, which nothing is imported for."""
    return any(each.__module__.partition(".")[0] == package for each in type(data).__mro__)
