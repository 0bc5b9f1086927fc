"""What the two processes of a console share: descriptors, memory, and what they are told."""

from __future__ import annotations

import os
from typing import NamedTuple

from polyaxon_sdk.console.ring import Ring
from polyaxon_sdk.secrets.masker import Masker

__all__ = ["ALIVE", "BROKEN", "CONTROL", "DRAINED", "MEMORY", "SOURCE", "TARGET", "WRITTEN", "Channel"]

SOURCE, TARGET, CONTROL, ALIVE, MEMORY = 3, 4, 5, 6, 7
"""The descriptors that a console is started with: where output comes from and goes to, what the script says,
what it is told, and where output waits; that the one but last closes tells the script that the console is gone."""

DRAINED, WRITTEN, BROKEN = b"d", b"w", b"x"


class Channel(NamedTuple):
    """One stream of output.

    Attributes:
        ring: where output waits.
        journal: the path of the file that gets it without secrets.
        trainer: the pid and the start of the process that the output is of.
        masker: what is masked.
        shows: whether the output goes to a terminal, file or pipe too, and not only to the run.
    """

    ring: Ring
    journal: str
    trainer: tuple[int, int]
    masker: Masker
    shows: bool

    def tell(self, what: bytes) -> None:
        """Tell the script `what`; it may be gone."""
        try:
            os.write(ALIVE, what)
        except OSError:
            return
