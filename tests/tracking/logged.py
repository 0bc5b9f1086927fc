"""What a run in this process logged, once its sidecar's work is done: rows as they are in files, and assets."""

from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from polyaxon_sdk.runs.events import Event, read
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import file_name
from polyaxon_sdk.runs.state import read_run
from tests.sidecar.draining import drain

__all__ = [
    "asset_of",
    "events_in",
    "pixels_in",
    "pixels_of",
    "problem_of",
    "read_pixels",
    "row_in",
    "value_in",
    "values_in",
]


def events_in(folder: RunFolder, kind: str, name: str) -> list[Event]:
    """The events of a series, drained."""
    drain(folder)
    return read(folder.events / kind / f"{file_name(name)}.plx", kind)


def value_in(folder: RunFolder, kind: str, name: str) -> dict[str, object]:
    """The value of the only event of a series."""
    (value,) = values_in(folder, kind, name)
    return value


def values_in(folder: RunFolder, kind: str, name: str) -> list[dict[str, object]]:
    """The values of the events of a series."""
    return [cast(dict[str, object], event.value) for event in events_in(folder, kind, name)]


def row_in(folder: RunFolder, kind: str, name: str) -> str:
    """The bytes of the only row of a series, behind its time."""
    drain(folder)
    text = (folder.events / kind / f"{name}.plx").read_text(encoding="ascii")
    return text.split("|", 4)[4]


def asset_of(folder: RunFolder, value: dict[str, object]) -> Path:
    """The file that an event tells of."""
    return folder.path / str(value["path"])


def pixels_in(folder: RunFolder, name: str) -> NDArray[np.uint8]:
    """The pixels of the only image of a series, as Pillow reads them."""
    return pixels_of(folder, value_in(folder, "image", name))


def pixels_of(folder: RunFolder, value: dict[str, object]) -> NDArray[np.uint8]:
    """The pixels of the image that an event tells of."""
    return read_pixels(asset_of(folder, value))


def read_pixels(path: Path) -> NDArray[np.uint8]:
    """The pixels of a file, as Pillow reads them."""
    with Image.open(path) as image:
        return np.asarray(image)


def problem_of(folder: RunFolder) -> str:
    """The only thing that the run could not take."""
    (problem,) = read_run(folder).problems
    return problem
