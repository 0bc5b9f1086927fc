"""How raw bytes are a picture: which axis is what, and how large the picture is that they make."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Box", "Picture"]

Box = tuple[int, int, int, int]
"""Left, top, right and bottom of a frame, in pixels."""

_COLUMNS = 8


class Picture(NamedTuple):
    """Pixels of a byte a channel, in the order of `layout`; several side by side where it has an `N`.

    Attributes:
        shape: the length of each axis.
        layout: what each axis is: `H`, `W`, channels `C`, pictures `N`, frames of a film `T`.
        rescale: how many times as high and wide the result is.
        boxes: frames to draw, in red, before it is rescaled.

    >>> Picture((3, 8, 16), "CHW").size
    (8, 16, 3)
    """

    shape: tuple[int, ...]
    layout: str
    rescale: float = 1.0
    boxes: tuple[Box, ...] = ()

    def length(self, axis: str) -> int:
        """The length of an axis; 1 where there is none."""
        return self.shape[self.layout.index(axis)] if axis in self.layout else 1

    @property
    def columns(self) -> int:
        """How many pictures stand side by side."""
        return min(self.length("N"), _COLUMNS)

    @property
    def rows(self) -> int:
        """How many rows of pictures there are."""
        return -(-self.length("N") // self.columns)

    @property
    def colours(self) -> int:
        """The channels of the result: red frames make a grey picture a coloured one."""
        channels = self.length("C")
        return channels + 2 if self.boxes and channels < 3 else channels

    @property
    def size(self) -> tuple[int, int, int]:
        """Height, width and channels of the result."""
        height, width = self.rows * self.length("H"), self.columns * self.length("W")
        return max(1, int(height * self.rescale)), max(1, int(width * self.rescale)), self.colours

    def fault(self) -> str | None:
        """Why this is no picture; None where it is one."""
        if len(self.shape) != len(self.layout) or len(set(self.layout)) != len(self.layout):
            return f"its shape is {self.shape}, which is not {self.layout}"
        if not {"H", "W"} <= set(self.layout) <= set("NTCHW"):
            return f"{self.layout} has other axes than N, T, C, H and W"
        if 0 in self.shape:
            return f"its shape is {self.shape}: there is nothing in it"
        if self.length("C") > 4:
            return f"it has {self.length('C')} channels, a picture has 1 to 4: is {self.layout} its layout?"
        return None if self.rescale > 0 else f"{self.rescale} is no scale"
