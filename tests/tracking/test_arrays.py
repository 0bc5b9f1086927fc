import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from polyaxon_sdk.tracking.arrays import array_of, floats_of, listed, pixels_of


class Tensor:
    """Answers as a tensor of torch does that lies on an accelerator and has a gradient."""

    def __init__(self, data: NDArray[np.float32], *, known: bool = True, here: bool = False) -> None:
        self._data, self._known, self._here = data, known, here

    def detach(self) -> "Tensor":
        return self

    def cpu(self) -> "Tensor":
        return Tensor(self._data, known=self._known, here=True)

    def float(self) -> "Tensor":
        return Tensor(self._data, here=self._here)

    def numpy(self) -> NDArray[np.float32]:
        if not self._here or not self._known:
            raise TypeError("can't convert it")
        return self._data

    def tolist(self) -> object:
        return self._data.tolist()


DATA = np.array([[0.5, 1.0]], np.float32)


@pytest.mark.parametrize("known", [True, False], ids=["float32", "bfloat16"])
def test_a_tensor_is_an_array(known: bool) -> None:
    assert (array_of(Tensor(DATA, known=known)) == DATA).all()


@pytest.mark.parametrize("values", [DATA, Tensor(DATA), [[0.5, 1]], ((0.5, 1.0),), (iter([0.5, 1.0]),)])
def test_values_are_lists(values: object) -> None:
    assert listed(values) == [[0.5, 1.0]]


def test_numbers_are_numbers() -> None:
    assert floats_of((True, np.int8(3), "2.5"), "x") == [1.0, 3.0, 2.5]


@given(arrays(np.uint8, array_shapes(min_dims=2, max_dims=4)), st.permutations("NCHW"))
def test_bytes_lie_as_they_are_said_to(data: NDArray[np.uint8], order: list[str]) -> None:
    layout = "".join(order[: data.ndim])
    pixels = pixels_of(data.T, layout[::-1])
    found = np.frombuffer(pixels.data, np.uint8).reshape(pixels.shape)
    assert (np.transpose(found, [pixels.layout.index(axis) for axis in layout]) == data).all()


@given(arrays(np.float64, array_shapes(max_dims=3), elements=st.floats(width=64)))
def test_fractions_become_bytes_whatever_they_are(data: NDArray[np.float64]) -> None:
    found = np.frombuffer(pixels_of(data, "").data, np.uint8)
    whole = np.nan_to_num(data.reshape(-1), nan=0, posinf=1, neginf=0).clip(0, 1) * 255
    assert np.abs(found.astype(float) - whole).max() <= 1


def test_a_view_is_taken_without_turning_it() -> None:
    data = np.zeros((4, 5, 3), np.uint8)
    pixels = pixels_of(data.transpose(2, 0, 1), "CHW")
    assert (pixels.layout, np.shares_memory(np.asarray(pixels.data), data)) == ("HWC", True)
