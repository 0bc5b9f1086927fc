"""Audio, from arrays or files to an asset and its event (semantics 5.4)."""

from __future__ import annotations

import os
from io import BytesIO
from typing import TYPE_CHECKING, Any

from polyaxon_sdk.tracking.arrays import array_of
from polyaxon_sdk.tracking.assets import keep_bytes, keep_copy
from polyaxon_sdk.tracking.given import number_given, path_given, text_given
from polyaxon_sdk.tracking.interface import Place
from polyaxon_sdk.tracking.series import Series
from polyaxon_sdk.types import Json

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["log_sound"]

_MOST_CHANNELS = 32
_LOUDEST = 32767


def log_sound(place: Place, data: object, series: Series, sample_rate: int, content_type: str | None) -> None:
    """Keep a file as it is, or an array as a WAV file of 16 bits.

    Fractions are of full loudness, whole numbers are taken as samples of their width. An array has one axis, or
    one more for channels, which is the shorter one.

    Raises:
        ValueError, TypeError: `data` is no sound.
        OSError: the file can't be read, or the disk is full or broken.
    """
    if isinstance(data, str | os.PathLike):
        _log_path(place, path_given(data, "data"), series, content_type)
        return
    rate = number_given(sample_rate, "sample_rate", expected="samples a second, such as 44100")
    samples, channels = _samples_of(array_of(data))
    value: dict[str, Json] = {
        "sample_rate": rate,
        "num_channels": channels,
        "length_frames": len(samples) // (2 * channels),
        "path": None,
        "content_type": "audio/wav",
    }
    keep_bytes(place, series, ".wav", _encoded(samples, channels, int(rate)), value)


def _log_path(place: Place, path: str, series: Series, content_type: str | None) -> None:
    ending = os.path.splitext(path)[1]
    kind = f"audio/{ending.lstrip('.')}" if content_type is None else text_given(content_type, "content_type")
    value: dict[str, Json] = {"path": None, "content_type": kind}
    keep_copy(place, series, path, lambda: value)


def _samples_of(array: NDArray[Any]) -> tuple[bytes, int]:
    """The samples of all channels by turns, and how many channels there are."""
    array = array.squeeze()
    if array.ndim == 0:
        array = array.reshape(1)
    if array.ndim > 2 or 0 in array.shape:
        raise ValueError(f"its shape is {array.shape}; audio has one axis, or one more for channels")
    if array.ndim == 2 and array.shape[0] < array.shape[1]:
        array = array.T
    channels = 1 if array.ndim == 1 else array.shape[1]
    if channels > _MOST_CHANNELS:
        raise ValueError(f"its shape is {array.shape}: {channels} channels are too many")
    return _in_16_bits(array).astype("<i2").tobytes(), channels


def _in_16_bits(array: NDArray[Any]) -> NDArray[Any]:
    import numpy  # there is an array of it

    if array.dtype.kind == "f":
        return numpy.asarray(numpy.nan_to_num(array, posinf=1, neginf=-1).clip(-1, 1) * _LOUDEST)
    if array.dtype == numpy.uint8:
        return (array.astype(numpy.int32) - 128) << 8
    if array.dtype == numpy.int8:
        return array.astype(numpy.int32) << 8
    if array.dtype == numpy.int32:
        return array >> 16
    if array.dtype.kind in "iu":
        return array.clip(-_LOUDEST - 1, _LOUDEST)
    raise TypeError("it is no array of numbers" if array.dtype == object else f"{array.dtype} is no loudness")


def _encoded(samples: bytes, channels: int, sample_rate: int) -> bytes:
    import wave  # only who logs audio pays for it

    made = BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(sample_rate)
        file.writeframes(samples)
    return made.getvalue()
