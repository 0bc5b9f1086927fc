"""What makes a process that a training started one of its own."""

from __future__ import annotations

import os

__all__ = ["be_beside"]

_FIRST = 3
_MOST_DESCRIPTORS = 1 << 16
_NICENESS = 5
"""The training goes first where both want a processor."""


def be_beside(*, keep: int = _FIRST - 1) -> None:
    """Close what a parent's libraries left open, leave its folder, and let it go first.

    Args:
        keep: the last descriptor that is needed; those behind it would keep the parent's files and sockets.
    """
    os.closerange(keep + 1, _MOST_DESCRIPTORS)
    os.chdir("/")
    os.nice(_NICENESS)
