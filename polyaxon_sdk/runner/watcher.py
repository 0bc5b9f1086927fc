"""Whoever shows a run to a person."""

from __future__ import annotations

from typing import Protocol

from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.progress import Progress

__all__ = ["Watcher"]


class Watcher(Protocol):
    """Whoever shows a run to a person; nothing of it may raise."""

    def started(self, plan: Plan) -> None:
        """The run begins."""

    def output(self, data: bytes) -> None:
        """The run's stdout and stderr, as they come."""

    def progress(self, progress: Progress) -> None:
        """How far it is, about once a second."""

    def tell(self, line: str) -> None:
        """Something a person should know."""
