"""A piece of output that is being written down."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Piece"]


class Piece(NamedTuple):
    """What is being written down, told before it is, so that whoever comes next goes on where this was left.

    Attributes:
        start: where it begins in what was read.
        length: its bytes, before secrets are taken out.
        key_lines: how many lines of a private key may come first.
        told: bytes missing before it that the journal tells of.
        lost: bytes missing before it, of which it tells the rest.
        place: how long the journal was.
        written: bytes of its text that are known to be in the journal.
    """

    start: int
    length: int
    key_lines: int
    told: int
    lost: int
    place: int
    written: int = 0
