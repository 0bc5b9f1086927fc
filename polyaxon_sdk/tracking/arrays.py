"""Arrays that a person logs, of whichever library, as numpy's; numpy is there where an array is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.tracking.numbers import shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Pixels", "array_of", "floats_of", "listed", "pixels_of"]

_CHUNK = 1 << 17
"""Numbers that are turned to bytes at once: few enough to stay in the processor's cache."""


def array_of(value: object) -> NDArray[Any]:
    """`value` as an array of numpy: arrays of numpy, jax and the like, tensors of torch (also of an accelerator)
    and TensorFlow, nested lists.

    Raises:
        ModuleNotFoundError: there is no numpy. Whatever the value's own methods raise passes through.
    """
    import numpy  # a tenth of a second: paid by who logs an array, and has it by then

    tensor = cast(Any, value)
    if hasattr(tensor, "detach"):
        tensor = tensor.detach().cpu()
    if callable(getattr(tensor, "numpy", None)):
        try:
            return numpy.asarray(tensor.numpy())
        except TypeError:  # bfloat16, which numpy doesn't know
            return numpy.asarray(tensor.float().numpy())
    return numpy.asarray(tensor)


class Pixels(NamedTuple):
    """Bytes, the length of each of their axes as they lie in memory, and what each axis is."""

    data: memoryview
    shape: tuple[int, ...]
    layout: str


def pixels_of(array: NDArray[Any], layout: str) -> Pixels:
    """A byte a number.

    Bytes stay what they are, whole numbers are cut to 0 … 255, fractions are those of 255; NaN is 0. An array
    that is a view with its axes in another order is taken as it lies: turning it is left to the sidecar.
    """
    import numpy  # see above

    if array.ndim == len(layout):
        order = sorted(range(array.ndim), key=lambda axis: -array.strides[axis])
        array, layout = array.transpose(order), "".join(layout[axis] for axis in order)
    bytes_ = _bytes_of(numpy.ascontiguousarray(array))
    return Pixels(bytes_.data, bytes_.shape, layout)


def _bytes_of(array: NDArray[Any]) -> NDArray[Any]:
    import numpy  # see above

    if array.dtype == numpy.uint8:
        return array
    if array.dtype == bool:
        return array.view(numpy.uint8) * numpy.uint8(255)
    if array.dtype.kind in "iu":
        return array.clip(0, 255).astype(numpy.uint8)
    if array.dtype.kind != "f":
        raise TypeError(
            "it is no array of numbers" if array.dtype == object else f"{array.dtype} is no colour"
        )
    return _scaled(array)


def _scaled(array: NDArray[Any]) -> NDArray[Any]:
    import numpy  # see above

    numbers, found = array.reshape(-1), numpy.empty(array.size, numpy.uint8)
    room = numpy.empty(_CHUNK, numpy.float32)
    with numpy.errstate(all="ignore"):  # NaN becomes 0, and what is too large 255
        for start in range(0, array.size, _CHUNK):
            part = numbers[start : start + _CHUNK]
            scaled = room[: part.size]
            numpy.multiply(part, 255, out=scaled, casting="same_kind")
            found[start : start + part.size] = numpy.clip(scaled, 0, 255, out=scaled)
    return found.reshape(array.shape)


def listed(values: object) -> Any:  # whatever a list of a list of … holds
    """`values` as lists: those of arrays, tensors and series are taken from them."""
    tolist = getattr(values, "tolist", None) or getattr(values, "to_list", None)
    if callable(tolist):
        return tolist()
    if callable(numpy := getattr(values, "numpy", None)):
        return listed(numpy())
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        return values
    return [listed(each) for each in values]


def floats_of(values: object, what: str) -> list[float]:
    """`values`, one after another, as numbers.

    Raises:
        InputError: they are none.
    """
    found = listed(values)
    if not isinstance(found, list):
        raise InputError(f"{shown(values)} is no list", path=what, expected="a list of numbers")
    numbers = [_float(each) for each in found]
    if None in numbers:
        raise InputError(
            f"{shown(found[numbers.index(None)])} is no number", path=what, expected="a list of numbers"
        )
    return cast("list[float]", numbers)


def _float(value: object) -> float | None:
    try:
        return float(cast(float, value))
    except (TypeError, ValueError, OverflowError):
        return None
