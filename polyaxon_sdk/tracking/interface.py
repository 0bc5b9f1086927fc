"""What the verbs of a run need of the place that they put things into."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.secrets.masker import Masker
from polyaxon_sdk.tracking.metrics import Metrics
from polyaxon_sdk.tracking.numbers import Moment
from polyaxon_sdk.types import Json

__all__ = ["Place"]


class Place(Protocol):
    """What verbs need: no method of it raises for want of disk."""

    metrics: Metrics

    @property
    def folder(self) -> RunFolder:
        """The run's folder, for paths handed to the user."""

    @property
    def spool(self) -> RunFolder | None:
        """Where files wait on a disk of this host until they are copied into the run; None where they need not."""

    @property
    def writes(self) -> bool:
        """Whether anything is kept."""

    @property
    def masker(self) -> Masker | None:
        """What takes secrets out of what is written; None where nothing is."""

    def together(self) -> AbstractContextManager[None]:
        """Write the facts that are added meanwhile in one go."""

    def named(self, name: object) -> str:
        """What a series or a file is called that a person calls so: no name holds a secret."""

    def fact(self, kind: str, /, **fields: Json) -> None:
        """Add a fact to the record."""

    def event(
        self,
        kind: str,
        name: str,
        value: Json,
        /,
        *,
        step: int | None,
        timestamp: Moment | None,
        snapshot: str | None = None,
    ) -> None:
        """Add an event to the journal."""

    def keep(
        self,
        what: str,
        write: Callable[[], None],
        size: int = 0,
        *,
        patience: float | None = None,
        is_local: bool = False,
    ) -> bool:
        """Do file work, in the spool where `is_local`, and log what comes of it; whether it is done."""

    def progress(self) -> None:
        """Say, in such work, that the disk took something."""

    def trouble(self, what: str) -> None:
        """Tell once what could not be taken."""

    def restart(self) -> None:
        """Go on in a forked child."""

    def close(self) -> None:
        """Write what waits and close all files."""
