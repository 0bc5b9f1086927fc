from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageSequence

from polyaxon_sdk.sidecar.png import Pixels, apng, png


def opened(data: bytes) -> Image.Image:
    """What Pillow reads; each chunk's check value is looked at."""
    Image.open(BytesIO(data)).verify()
    return Image.open(BytesIO(data))


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 4), st.data())
def test_pixels_come_back(height: int, width: int, channels: int, data: st.DataObject) -> None:
    size = height * width * channels
    pixels = data.draw(st.binary(min_size=size, max_size=size))
    image = opened(png(Pixels(height, width, channels, pixels)))
    assert (image.size, image.tobytes()) == ((width, height), pixels)
    assert image.mode == ("L", "LA", "RGB", "RGBA")[channels - 1]


def test_a_large_picture_is_quickly_made() -> None:
    noise = np.random.default_rng(5).integers(0, 256, (1024, 1024, 3), np.uint8).tobytes()
    assert len(png(Pixels(1024, 1024, 3, noise))) < 1.01 * len(noise)


@pytest.mark.parametrize("fps", [0.0001, 0.1, 1, 24, 29.97, 1000, 100_000])
def test_a_film_has_any_speed(fps: float) -> None:
    frames = [Pixels(1, 2, 1, bytes([index, 0])) for index in range(3)]
    film = opened(apng(iter(frames), 3, fps))
    assert len(list(ImageSequence.Iterator(film))) == 3


def test_a_film_of_one_frame_is_a_picture() -> None:
    assert opened(apng(iter([Pixels(1, 1, 3, b"rgb")]), 1, 4)).convert("RGB").tobytes() == b"rgb"
