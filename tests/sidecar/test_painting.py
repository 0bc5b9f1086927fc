from itertools import permutations

import numpy as np
import pytest
from numpy.typing import NDArray

from polyaxon_sdk.runs.pictures import Picture
from polyaxon_sdk.sidecar.painting import paint
from polyaxon_sdk.sidecar.png import Pixels

RANDOM = np.random.default_rng(5)
LAYOUTS = ["".join(each) for axes in ("HW", "CHW", "NHW", "TCHW", "NTCHW") for each in permutations(axes)]


def array_of(pixels: Pixels) -> NDArray[np.uint8]:
    return np.frombuffer(pixels.data, np.uint8).reshape(pixels.height, pixels.width, pixels.channels)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_axes_may_lie_in_any_order(layout: str) -> None:
    lengths = {"N": 2, "T": 3, "C": 3, "H": 4, "W": 5}
    data = RANDOM.integers(0, 256, [lengths[axis] for axis in layout], np.uint8)
    frames = list(paint(Picture(data.shape, layout), data.tobytes()))
    whole = np.einsum(f"{layout}->{layout}", data)
    for axis in "NTCHW":
        whole = whole if axis in layout else whole[None]
    order = [axis for axis in reversed("NTCHW") if axis not in layout] + list(layout)
    expected = whole.transpose([order.index(axis) for axis in "THNWC"])
    expected = expected.reshape(expected.shape[0], expected.shape[1], -1, expected.shape[4])
    assert (np.stack([array_of(frame) for frame in frames]) == expected).all()


def test_a_picture_can_be_made_smaller() -> None:
    data = np.arange(16, dtype=np.uint8).reshape(4, 4)
    (small,) = paint(Picture((4, 4), "HW", rescale=0.5), data.tobytes())
    assert array_of(small)[:, :, 0].tolist() == [[5, 7], [13, 15]]


def test_a_picture_is_never_smaller_than_a_pixel() -> None:
    (small,) = paint(Picture((4, 4), "HW", rescale=0.01), bytes(16))
    assert small == Pixels(1, 1, 1, b"\0")


@pytest.mark.parametrize(
    ("channels", "expected"), [(1, [7, 7, 7]), (2, [7, 7, 7, 9]), (3, [7, 9, 7]), (4, [7, 9, 7, 9])]
)
def test_frames_make_grey_a_colour(channels: int, expected: list[int]) -> None:
    data = bytes([7, 9] * 32)[: 4 * 4 * channels]
    (framed,) = paint(Picture((4, 4, channels), "HWC", boxes=((9, 9, 9, 9),)), data)
    assert array_of(framed)[0, 0].tolist() == expected


def test_data_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match=r"there are 3 bytes for a shape of \(2, 2\)"):
        next(paint(Picture((2, 2), "HW"), b"abc"))
