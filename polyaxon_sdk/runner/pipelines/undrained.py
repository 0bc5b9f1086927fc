"""The runs of a pipeline whose last words may not be drained yet."""

from __future__ import annotations

from time import monotonic

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.sidecar.launch import Sidecar

__all__ = ["Undrained"]

_PATIENCE = 60.0
"""Seconds to wait for their sidecars, all together, where what they drain is wanted."""


class Undrained:
    """Runs that have ended, until their sidecars have too.

    >>> Undrained().settle()
    """

    def __init__(self) -> None:
        self._folders: list[RunFolder] = []

    def add(self, folder: RunFolder) -> None:
        """Take in a run that has ended."""
        self._folders.append(folder)

    def settle(self) -> None:
        """Wait until what the runs so far logged is drained, so that a join finds it."""
        deadline = monotonic() + _PATIENCE
        for folder in self._folders:
            Sidecar(folder).wait(max(0.0, deadline - monotonic()))
        self._folders.clear()
