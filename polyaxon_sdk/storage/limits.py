"""What transfers may take of the network."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Limits"]


class Limits(NamedTuple):
    """What the transfers of one store may take.

    Attributes:
        bandwidth: bytes a second that are sent or received, all together; None: all there is.
        requests: how many requests run at once.
        parts: how many parts of large files are in memory at once.

    >>> Limits(bandwidth=10e6).requests
    32
    """

    bandwidth: float | None = None
    requests: int = 32
    parts: int = 4
